"""Gather the licences of everything that a bundle brings along: licences.py FOLDER.

Runs in the environment that is bundled. Where a distribution ships no text, its metadata is
quoted: Qt for Python names the LGPL there.
"""

from __future__ import annotations

import re
import sys
import sysconfig
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

_TEXT = re.compile(r"(licen[cs]e|copying|notice)", re.IGNORECASE)

#: Named as a requirement by sqlite-utils for a command that is not used, and not bundled.
_LEFT_OUT = {"pip"}


def bundled(root: str) -> dict[str, Distribution]:
    """Return the distributions that ``root`` needs to run, itself included, by name."""
    found: dict[str, Distribution] = {}
    waiting = [root]
    while waiting:
        name = waiting.pop()
        key = name.lower().replace("_", "-")
        if key in found or key in _LEFT_OUT:
            continue
        try:
            found[key] = distribution(name)
        except PackageNotFoundError:
            continue  # for another system or version of Python
        waiting += [
            match[0]
            for requirement in found[key].requires or []
            if "extra ==" not in requirement and (match := re.match(r"[\w.-]+", requirement))
        ]
    return found


def gather(folder: Path) -> None:
    """Write a folder of texts for each bundled distribution, and Python's own."""
    for name, found in bundled("incipit-browser").items():
        target = folder / name
        target.mkdir(parents=True, exist_ok=True)
        texts = [file for file in found.files or [] if _is_text(file.parts)]
        for number, file in enumerate(texts):
            data = Path(str(file.locate())).read_bytes()
            (target / f"{number:02d}-{file.name}").write_bytes(data)
        if not texts:
            said = [f"{found.metadata['Name']} {found.version}\n"]
            for field in ("License-Expression", "License", "Author", "Author-email"):
                said += [f"{field}: {value}\n" for value in found.metadata.get_all(field) or []]
            (target / "licence-as-declared.txt").write_text("".join(said), encoding="utf-8")
    python = folder / "python"
    python.mkdir(exist_ok=True)
    text = Path(sysconfig.get_paths()["stdlib"]) / "LICENSE.txt"
    (python / "LICENSE.txt").write_bytes(text.read_bytes())


def _is_text(parts: tuple[str, ...]) -> bool:
    return ".dist-info" in parts[0] and bool(_TEXT.search(parts[-1]))


if __name__ == "__main__":
    gather(Path(sys.argv[1]))
