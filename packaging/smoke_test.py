"""Try what is installed, not the checkout, as a person does: with mouse, keys and a window.

    .venv/bin/python packaging/smoke_test.py wheel     the wheel of dist/, in an empty environment
    .venv/bin/python packaging/smoke_test.py pipx      the same, installed by pipx
    .venv/bin/python packaging/smoke_test.py uv        the same, as a tool of uv
    .venv/bin/python packaging/smoke_test.py bundle    dist/incipit/
    .venv/bin/python packaging/smoke_test.py deb       what `apt install` put into /usr
    .venv/bin/python packaging/smoke_test.py clean     the package of dist/, in a new root that
                                                       debootstrap makes; as root. With
                                                       --suite NAME of another release

The first three take the sdist with --sdist, and another Python with --python FILE; they try the
entry in the menu too. But for the bundle and the package in /usr, the program is removed in the
end, and nothing of it may be left but the library.

On a virtual screen with a window manager: start, drop a folder from another program, search,
read, close, start again, find everything. What is found is read from the accessible tree, as a
screen reader does. Everything the program keeps goes to a temporary folder. Prints what was
seen and measured; pictures go to build/smoke. Exit codes: 0 all well, 1 not, 2 cannot be run.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

import smoke_install
from dev_commands import TOP
from smoke_install import Installed, Source
from smoke_program import SYSTEM_PYTHON, unresolved
from smoke_screen import Screen, SmokeError, missing_packages
from smoke_visits import OPENED, SIZE_PX, Visits

QUERY = "ferry"
#: So many files that worker processes are worth their start.
_COPIES = 60
#: Set in the process that does it, and the root that was made for it.
_INSIDE = "INCIPIT_SMOKE_INSIDE"
_ROOT = "INCIPIT_SMOKE_ROOT"


def main() -> int:
    """Run the test of one kind of installation; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("kind", choices=smoke_install.WAYS)
    parser.add_argument("--sdist", action="store_true", help="install the sdist, not the wheel")
    parser.add_argument("--python", type=Path, default=Path(sys.executable), metavar="FILE")
    parser.add_argument("--suite", default="", help="the release of the new root")
    options = parser.parse_args()
    problem = _unfit(options.kind)
    if problem:
        print(problem, file=sys.stderr)
        return 2
    try:
        if not os.environ.get(_INSIDE):
            return _begin(options.kind, options.suite)
        with tempfile.TemporaryDirectory(prefix="incipit-smoke-") as folder:
            _try(options.kind, _source(options.python, sdist=options.sdist), Path(folder))
    except SmokeError as error:
        print(f"FAILED: {error}", file=sys.stderr)
        return 1
    print("all well")
    return 0


def _begin(kind: str, suite: str) -> int:
    """Run this script in surroundings of its own; return its exit code."""
    # A D-Bus session, where accessibility is on and nobody else is.
    inside = ["dbus-run-session", "--", sys.executable, *sys.argv]
    with (
        tempfile.TemporaryDirectory(prefix="incipit-session-") as run,
        tempfile.TemporaryDirectory(prefix="incipit-root-") as root,
    ):
        environment = os.environ | {_INSIDE: "1", "XDG_RUNTIME_DIR": run}
        if kind == "clean":
            smoke_install.new_root(Path(root), suite)
            environment[_ROOT] = root
            # What is mounted in there is seen there only, and goes with its last process.
            inside[:0] = ["unshare", "--mount", "--"]
        return subprocess.call(inside, env=environment)


def _unfit(kind: str) -> str:
    packages = missing_packages()
    probe = "import gi; gi.require_version('Atspi', '2.0')"
    if subprocess.call([SYSTEM_PYTHON, "-c", probe], stderr=subprocess.DEVNULL) != 0:
        packages += ["gir1.2-atspi-2.0", "python3-gi"]
    if kind == "clean" and shutil.which("debootstrap") is None:
        packages.append("debootstrap")
    if packages:
        return f"For this test install: {' '.join(packages)}"
    return "A new root is made by root only." if kind == "clean" and os.geteuid() else ""


def _source(python: Path, *, sdist: bool) -> Source:
    ending = ".tar.gz" if sdist else "-py3-none-any.whl"
    built = list((TOP / "dist").glob(f"incipit_browser-*{ending}"))
    root = os.environ.get(_ROOT)
    return Source(python, built[0] if len(built) == 1 else None, Path(root) if root else None)


def _try(kind: str, source: Source, folder: Path) -> None:
    texts, matching, total = corpus(folder / "Letters")
    pictures = TOP / "build" / "smoke"
    pictures.mkdir(parents=True, exist_ok=True)
    with Screen(folder, *SIZE_PX) as screen:
        surroundings = _surroundings(folder, screen)
        with smoke_install.WAYS[kind](source, folder) as installed:
            if installed.libraries is not None:
                _check_libraries(installed.libraries, installed.root)
            visits = Visits(screen, installed.command, surroundings, pictures / kind)
            visits.first(texts, query=QUERY, matching=matching, total=total)
            visits.second(query=QUERY, matching=matching, total=total)
            visits.starts()
            if installed.has_menu:
                _check_menu(installed, surroundings)
        library = Path(surroundings["HOME"]) / ".local/share/incipit/library/library.db"
        if not library.is_file():
            raise SmokeError("the library is gone")


def _check_libraries(place: Path, root: Path | None) -> None:
    count, lost = unresolved(place, root=root)
    if lost or not count:
        raise SmokeError(f"of {count} libraries in {place}, ldd does not find: {', '.join(lost)}")
    print(f"ldd: {count} programs and libraries, all that they need is found")


def _check_menu(installed: Installed, surroundings: Mapping[str, str]) -> None:
    """Put the program into the user's menu and out again; nothing may be left of that."""
    home = Path(surroundings["HOME"])
    before = set(home.rglob("*"))
    entry = home / ".local/share/applications/incipit.desktop"
    for option in ("--install-desktop", "--remove-desktop"):
        done = subprocess.run([*installed.command, option], env=surroundings, check=False)
        if done.returncode != 0:
            raise SmokeError(f"{option} ended with {done.returncode}")
        if option == "--install-desktop":
            line = f"Exec={installed.command[0]} %F"
            if line not in entry.read_text("utf-8").splitlines():
                raise SmokeError(f"{entry} has no line {line}")
            new = len(set(home.rglob("*")) - before)
    left = set(home.rglob("*")) - before
    if left:
        raise SmokeError(f"of the entry in the menu there is still: {left}")
    print(f"the entry in the menu: {new} files and folders came, and went without a trace")


def corpus(folder: Path) -> tuple[Path, int, int]:
    """Write copies of the sample that differ; return them, how many match, and how many are."""
    texts = [path.read_bytes() for path in sorted((TOP / "resources/sample").rglob("*.txt"))]
    word = re.compile(rb"\b%s\b" % QUERY.encode("ascii"), re.IGNORECASE)
    folder.mkdir()
    for copy in range(_COPIES):
        for number, text in enumerate(texts):
            (folder / f"{copy:03d}-{number:02d}.txt").write_bytes(text + b"\ncopy %d\n" % copy)
    matching = sum(bool(word.search(text)) for text in texts)
    return folder, matching * _COPIES, len(texts) * _COPIES


def _surroundings(folder: Path, screen: Screen) -> dict[str, str]:
    """Return the environment of a user who has nothing yet, on the virtual screen."""
    home = folder / "home"
    (home / "run").mkdir(parents=True, mode=0o700)
    programs = home / "bin"
    programs.mkdir()
    opener = programs / "xdg-open"
    opener.write_text(
        f'#!/bin/sh\n{{ echo "$1"; env; }} > "$HOME/part" && mv "$HOME/part" "$HOME/{OPENED}"\n'
    )
    opener.chmod(0o755)
    return {
        "HOME": str(home),
        "PATH": f"{programs}:/usr/local/bin:/usr/bin:/bin:/usr/local/sbin:/usr/sbin:/sbin",
        "DBUS_SESSION_BUS_ADDRESS": os.environ["DBUS_SESSION_BUS_ADDRESS"],
        "XDG_RUNTIME_DIR": str(home / "run"),
        "DISPLAY": screen.name,
        "LANG": "C.UTF-8",
        "QT_QPA_PLATFORM": "xcb",
        "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
        # Qt says of each question of AT-SPI that it does not know that it does not.
        "QT_LOGGING_RULES": "qt.accessibility.atspi=false",
    }


if __name__ == "__main__":
    sys.exit(main())
