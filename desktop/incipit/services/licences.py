"""The licences of the program and of everything that it brings along or runs on.

Read from what each distribution says of itself where it is installed; the bundle takes these
statements along. Where a distribution ships no text, its statement is quoted: Qt for Python
names the LGPL there, whose text the resources hold. They also hold the licences of libraries
that are inside of others, Qt's own parts above all, which ship without them.
"""

from __future__ import annotations

import re
import sysconfig
from dataclasses import dataclass
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from incipit import paths

PROGRAM = "incipit-browser"

_TEXT = re.compile(r"(licen[cs]e|copying|notice)", re.IGNORECASE)
_NAME = re.compile(r"[\w.-]+")
_SAID = ("License-Expression", "License", "Author", "Author-email")

#: Named as a requirement by sqlite-utils for a command that is not used, and not bundled.
_LEFT_OUT = {"pip"}


@dataclass(frozen=True, slots=True)
class Licence:
    """What a part is called, and the files or the statement that are its licence, by name."""

    name: str
    texts: tuple[tuple[str, str], ...]


def licences() -> tuple[Licence, ...]:
    """Return the licences of the program first, then of its parts in order of their names."""
    found = distributions()
    names = sorted(found, key=lambda name: (name != PROGRAM, name))
    return (
        *(_of(found[name]) for name in names),
        *_of_python(),
        *_of_parts(),
        *_of_the_resources(),
    )


def distributions() -> dict[str, Distribution]:
    """Return the distributions that the program needs to run, itself included, by name."""
    found: dict[str, Distribution] = {}
    waiting = [PROGRAM]
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
            if "extra ==" not in requirement and (match := _NAME.match(requirement))
        ]
    return found


def _of(found: Distribution) -> Licence:
    files = [file for file in found.files or [] if ".dist-info" in file.parts[0]]
    places = [Path(str(file.locate())) for file in files if _TEXT.search(file.name)]
    texts = [(place.name, _read(place)) for place in places if place.is_file()]
    name = f"{found.metadata['Name']} {found.version}"
    if not texts:
        said = [f"{name}\n"]
        for field in _SAID:
            said += [f"{field}: {value}\n" for value in found.metadata.get_all(field) or []]
        texts = [("licence-as-declared.txt", "".join(said))]
    return Licence(name, tuple(texts))


def _of_python() -> list[Licence]:
    bundled = paths.resources() / "licences" / "python" / "LICENSE.txt"
    own = Path(sysconfig.get_paths()["stdlib"]) / "LICENSE.txt"
    text = next((place for place in (bundled, own) if place.is_file()), None)
    return [Licence("Python", (("LICENSE.txt", _read(text)),))] if text else []


def _of_parts() -> list[Licence]:
    """Return those of libraries within others: a name in the first line, and the text."""
    found = []
    for path in (paths.resources() / "licences" / "parts").glob("*.txt"):
        name, _, text = _read(path).partition("\n")
        found.append(Licence(name, ((path.name, text.lstrip("\n")),)))
    return sorted(found, key=lambda licence: licence.name.casefold())


def _of_the_resources() -> list[Licence]:
    folder = paths.resources() / "licences"
    texts = [(path.name, _read(path)) for path in sorted(folder.glob("*.txt"), reverse=True)]
    return [Licence("The LGPL and the GPL, version 3", tuple(texts))]


def _read(path: Path) -> str:
    return path.read_text("utf-8", errors="replace")
