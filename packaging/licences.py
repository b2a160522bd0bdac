"""Write the licences of everything that a bundle brings along: licences.py FOLDER.

    licences.py FOLDER BUNDLE MODULES    looks first whether all of a bundle has one; MODULES is
                                         PyInstaller's list of the modules in it

Runs in the environment that is bundled. Exit codes: 0 written, 1 something has no licence.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterable, Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

from incipit.services.licences import PROGRAM, distributions, licences

#: How the files of a library begin, and the part whose licence it is under.
LIBRARIES = {
    "libQt6": "Parts of others in Qt 6",
    "libbz2": "bzip2",
    "libffi": "libffi",
    "libicu": "ICU",
    "liblzma": "liblzma",
    "libpyside6": "PySide6_Essentials",
    "libpython": "Python",
    "libshiboken6": "shiboken6",
    "libsqlite3": "SQLite",
    "libuuid": "libuuid",
}

#: What PyInstaller and Python add for themselves.
_OWN = re.compile(r"incipit$|_?pyi|_sysconfigdata")


def gather(folder: Path) -> None:
    """Write a folder of texts for each part."""
    for licence in licences():
        target = folder / re.sub(r"[^\w.-]+", "-", licence.name.lower())
        target.mkdir(parents=True, exist_ok=True)
        for number, (name, text) in enumerate(licence.texts):
            (target / f"{number:02d}-{name}").write_text(text, encoding="utf-8")


def unlicensed(libraries: Iterable[Path], modules: Iterable[str]) -> list[str]:
    """Return which of the libraries (places in the bundle) and modules have no licence."""
    known = {licence.name.partition(" ")[0] for licence in licences()}
    known |= {licence.name for licence in licences()}
    packages = _packages()
    lost = [str(path) for path in libraries if not _has_licence(path, known, packages)]
    tops = {name.partition(".")[0] for name in modules}
    own = {name for name in tops if name in sys.stdlib_module_names or _OWN.match(name)}
    return lost + sorted(tops - own - packages)


def _has_licence(path: Path, known: set[str], packages: set[str]) -> bool:
    for beginning, part in LIBRARIES.items():
        if path.name.startswith(beginning):
            return part in known
    # Extensions of a package, what its wheel brings beside it, and those of Python itself.
    top = path.parts[0].removesuffix(".libs")
    return len(path.parts) > 1 and (top in packages or bool(re.fullmatch(r"python3\.\d+", top)))


def _packages() -> set[str]:
    """Return the names by which what the program needs is imported."""
    needed = distributions().keys() - {PROGRAM}
    return {
        name
        for name, owners in packages_distributions().items()
        if needed & {owner.lower().replace("_", "-") for owner in owners}
    }


def _libraries(bundle: Path) -> Iterator[Path]:
    for path in bundle.rglob("*.so*"):
        if path.is_file() and not path.is_symlink():
            yield path.relative_to(bundle)


def _modules(listed: Path) -> Iterator[str]:
    """Yield the names in a list of PyInstaller: a Python tuple of a path and of entries."""
    for entry in ast.literal_eval(listed.read_text("utf-8"))[1]:
        yield entry[0]


def main(arguments: list[str]) -> int:
    """Look, if there is a bundle, and write; return the exit code."""
    folder, *rest = map(Path, arguments)
    if rest:
        bundle, listed = rest
        lost = unlicensed(_libraries(bundle / "_internal"), _modules(listed))
        if lost:
            print(f"In the bundle without a licence: {', '.join(lost)}", file=sys.stderr)
            return 1
    gather(folder)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
