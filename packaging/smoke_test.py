"""Try what is installed, not the checkout, as a person does: with mouse, keys and a window.

    .venv/bin/python packaging/smoke_test.py wheel     the wheel of dist/, in an empty environment
    .venv/bin/python packaging/smoke_test.py bundle    dist/incipit/
    .venv/bin/python packaging/smoke_test.py deb       what `apt install` put into /usr
    .venv/bin/python packaging/smoke_test.py deb --root FOLDER    the same in another root, such
                                                       as debootstrap makes; as root

On a virtual screen with a window manager: start, drop a folder from another program, search,
read, close, start again, find everything. What is found is read from the accessible tree, as a
screen reader does. Everything the program keeps goes to a temporary folder. Prints what was
seen and measured; pictures go to build/smoke. Exit codes: 0 all well, 1 not, 2 cannot be run.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import tempfile
import venv
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path

from dev_commands import TOP
from smoke_program import SYSTEM_PYTHON, unresolved
from smoke_screen import Screen, SmokeError, missing_packages
from smoke_visits import OPENED, SIZE_PX, Visits

QUERY = "ferry"
#: So many files that worker processes are worth their start.
_COPIES = 60
_INSIDE = "INCIPIT_SMOKE_INSIDE"


def main() -> int:
    """Run the test of one kind of installation; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("kind", choices=("wheel", "bundle", "deb"))
    parser.add_argument("--root", type=Path, help="another root, in which the package is installed")
    options = parser.parse_args()
    problem = _unfit()
    if problem:
        print(problem, file=sys.stderr)
        return 2
    if not os.environ.get(_INSIDE):
        # A D-Bus session of its own, where accessibility is on and nobody else is.
        inside = ["dbus-run-session", "--", sys.executable, *sys.argv]
        with tempfile.TemporaryDirectory(prefix="incipit-session-") as run:
            # Its sockets stand where another root sees them too.
            return subprocess.call(inside, env=os.environ | {_INSIDE: "1", "XDG_RUNTIME_DIR": run})
    try:
        with tempfile.TemporaryDirectory(prefix="incipit-smoke-") as folder:
            _try(options.kind, options.root, Path(folder))
    except SmokeError as error:
        print(f"FAILED: {error}", file=sys.stderr)
        return 1
    print("all well")
    return 0


def _unfit() -> str:
    packages = missing_packages()
    probe = "import gi; gi.require_version('Atspi', '2.0')"
    if subprocess.call([SYSTEM_PYTHON, "-c", probe], stderr=subprocess.DEVNULL) != 0:
        packages += ["gir1.2-atspi-2.0", "python3-gi"]
    return f"For this test install: {' '.join(packages)}" if packages else ""


def _try(kind: str, root: Path | None, folder: Path) -> None:
    command = _command(kind, root, folder)
    if kind != "wheel":
        place = (root or Path("/")) / "usr/lib/incipit" if kind == "deb" else TOP / "dist/incipit"
        _check_libraries(place, root)
    texts, matching, total = corpus(folder / "Letters")
    pictures = TOP / "build" / "smoke"
    pictures.mkdir(parents=True, exist_ok=True)
    with _mounted(root) if root else nullcontext(), Screen(folder, *SIZE_PX) as screen:
        visits = Visits(screen, command, _surroundings(folder, screen), pictures / kind)
        visits.first(texts, query=QUERY, matching=matching, total=total)
        visits.second(query=QUERY, matching=matching, total=total)
        visits.starts()


def _command(kind: str, root: Path | None, folder: Path) -> list[str]:
    """Return what starts the program; the wheel is installed for it."""
    if kind == "bundle":
        return [str(TOP / "dist/incipit/incipit")]
    if kind == "deb":
        return ["chroot", str(root), "/usr/bin/incipit"] if root else ["/usr/bin/incipit"]
    (wheel,) = (TOP / "dist").glob("incipit_browser-*.whl")
    environment = folder / "environment"
    venv.create(environment, with_pip=True)
    pip = [str(environment / "bin/python"), "-m", "pip", "--disable-pip-version-check"]
    pins = str(TOP / "packaging/constraints.txt")
    if subprocess.call([*pip, "install", "--quiet", "--constraint", pins, str(wheel)]) != 0:
        raise SmokeError("pip could not install the wheel")
    return [str(environment / "bin/incipit")]


def _check_libraries(place: Path, root: Path | None) -> None:
    count, lost = unresolved(place, root=root)
    if lost or not count:
        raise SmokeError(f"of {count} libraries in {place}, ldd does not find: {', '.join(lost)}")
    print(f"ldd: {count} programs and libraries, all that they need is found")


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


@contextmanager
def _mounted(root: Path) -> Iterator[None]:
    """Show the other root this one's /tmp and devices, under the same names."""
    places = [root / name for name in ("tmp", "dev", "proc")]
    for place in places:
        subprocess.run(["mount", "--bind", f"/{place.name}", place], check=True)
    try:
        yield
    finally:
        for place in places:
            subprocess.run(["umount", "--lazy", place], check=True)


if __name__ == "__main__":
    sys.exit(main())
