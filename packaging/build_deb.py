"""The Debian package: the bundle, its places on the desktop, and what it depends on."""

from __future__ import annotations

import gzip
import hashlib
import os
import re
import shutil
import time
from collections.abc import Iterable
from email.utils import formatdate
from pathlib import Path

import build_appstream
import dev_system
from quiet_process import run_quietly

PACKAGE = "incipit"
MAINTAINER = "The Incipit developers <incipit@example.org>"

#: Of the package, not of the program: rises when only the packaging changes.
REVISION = 1

#: Where the bundle stands, and in it the pictures of the user guide.
BUNDLE = "usr/lib/incipit"
PICTURES = f"{BUNDLE}/_internal/incipit/resources/screenshots"

#: Other names of the packages of system libraries, on releases that renamed them.
RENAMED = {"libglib2.0-0": "libglib2.0-0t64"}


class PackageError(Exception):
    """The package could not be built, or does not pass its check."""


def build(
    top: Path,
    *,
    bundle: Path,
    icons: Path,
    licences: Path,
    work: Path,
    dist: Path,
    home: str | None = None,
) -> Path:
    """Build the package from the bundle, the rendered icons and the licences; return its file.

    ``home`` is the program's address on the web, where it has one.
    """
    version = version_of(top)
    shutil.rmtree(work, ignore_errors=True)
    root = work / "root"
    shutil.copytree(bundle, root / BUNDLE, symlinks=True)
    (root / "usr/bin").mkdir(parents=True)
    (root / "usr/bin/incipit").symlink_to("../lib/incipit/incipit")
    _add_desktop_files(top, root, icons, home)
    _add_documents(top, root, version)
    shutil.copytree(licences, root / "usr/share/doc" / PACKAGE / "licences")
    _set_modes(root)
    _add_control(root, version)
    dist.mkdir(exist_ok=True)
    path = dist / f"{PACKAGE}_{version}-{REVISION}_{_architecture()}.deb"
    _run(["dpkg-deb", "--root-owner-group", "-Zxz", "--build", str(root), str(path)])
    return path


def version_of(top: Path) -> str:
    """Return the version of the package, read from its one place."""
    text = (top / "desktop/incipit/__init__.py").read_text("utf-8")
    found = re.search(r'^__version__ = "([^"]+)"$', text, re.MULTILINE)
    if found is None:
        raise PackageError("desktop/incipit/__init__.py names no version.")
    return found[1]


def depends(root: Path) -> str:
    """Return the packages that the bundle needs, for the control file."""
    packages = {need.package for need in dev_system.QT + dev_system.XCB}
    named = [
        f"{package} | {RENAMED[package]}" if package in RENAMED else package
        for package in sorted(packages)
    ]
    version = ".".join(map(str, glibc_of(root.rglob("*"))))
    return ", ".join([f"libc6 (>= {version})", "libstdc++6", "zlib1g", *named])


def glibc_of(paths: Iterable[Path]) -> tuple[int, ...]:
    """Return the newest version of glibc that any of the programs and libraries asks for."""
    found = {(2, 28)}
    for path in paths:
        if path.is_file() and not path.is_symlink():
            with path.open("rb") as stream:
                data = stream.read() if stream.read(4) == b"\x7fELF" else b""
            found |= {
                (int(major), int(minor))
                for major, minor in re.findall(rb"\0GLIBC_(\d+)\.(\d+)", data)
            }
    return max(found)


def _add_desktop_files(top: Path, root: Path, icons: Path, home: str | None) -> None:
    linux = top / "packaging" / "linux"
    share = root / "usr/share"
    entry = top / "resources/desktop/incipit.desktop"
    _copy(entry, share / "applications/incipit.desktop")
    metainfo = share / "metainfo/org.incipit.incipit.metainfo.xml"
    build_appstream.write_metainfo(
        linux / "incipit.metainfo.xml", root / PICTURES, metainfo, home=home
    )
    build_appstream.write_catalogue(
        metainfo,
        root / PICTURES,
        share / "swcatalog/xml/incipit.xml",
        package=PACKAGE,
        place=f"/{PICTURES}",
    )
    hicolor = share / "icons/hicolor"
    _copy(top / "resources/icons/incipit.svg", hicolor / "scalable/apps/incipit.svg")
    for path in icons.glob("*.png"):
        _copy(path, hicolor / f"{path.stem}x{path.stem}/apps/incipit.png")


def _add_documents(top: Path, root: Path, version: str) -> None:
    share = root / "usr/share"
    doc = share / "doc" / PACKAGE
    _compress((top / "packaging/linux/incipit.1").read_bytes(), share / "man/man1/incipit.1.gz")
    _copy(top / "packaging/linux/copyright", doc / "copyright")
    _compress((top / "CHANGELOG.md").read_bytes(), doc / "NEWS.gz")
    moment_s = float(os.environ.get("SOURCE_DATE_EPOCH", time.time()))
    entry = (
        f"{PACKAGE} ({version}-{REVISION}) stable; urgency=medium\n\n"
        f"  * What changed in the program stands in NEWS.gz.\n\n"
        f" -- {MAINTAINER}  {formatdate(moment_s, localtime=True)}\n"
    )
    _compress(entry.encode(), doc / "changelog.Debian.gz")
    _copy(top / "packaging/linux/lintian-overrides", share / "lintian/overrides" / PACKAGE)


def _add_control(root: Path, version: str) -> None:
    files = [path for path in sorted(root.rglob("*")) if path.is_file() and not path.is_symlink()]
    size_kib = sum(path.stat().st_size for path in files) // 1024
    sums = "".join(
        f"{hashlib.md5(path.read_bytes(), usedforsecurity=False).hexdigest()}  "
        f"{path.relative_to(root)}\n"
        for path in files
    )
    control = root / "DEBIAN"
    control.mkdir(mode=0o755)
    (control / "md5sums").write_text(sums)
    (control / "control").write_text(
        f"Package: {PACKAGE}\n"
        f"Version: {version}-{REVISION}\n"
        f"Architecture: {_architecture()}\n"
        f"Maintainer: {MAINTAINER}\n"
        f"Installed-Size: {size_kib}\n"
        f"Depends: {depends(root / BUNDLE)}\n"
        "Recommends: fonts-dejavu-core | fonts-noto-core, libcups2 | libcups2t64,"
        " libwayland-client0, libwayland-cursor0, libwayland-egl1\n"
        "Suggests: libgtk-3-0 | libgtk-3-0t64\n"
        "Section: text\n"
        "Priority: optional\n"
        "Description: search and read collections of text files\n"
        " Incipit is a corpus browser for people who have many plain texts and read\n"
        " them closely. Drop a folder in, search it, and read with every hit lit. Texts\n"
        " without titles are named by their opening words.\n"
        " .\n"
        " The files themselves are never changed, and nothing is sent anywhere.\n"
    )
    for path in control.iterdir():
        path.chmod(0o644)


def _set_modes(root: Path) -> None:
    """Give every file the mode that Debian's policy asks for."""
    for path in [root, *root.rglob("*")]:
        if path.is_symlink():
            continue
        program = path.is_dir() or path == root / BUNDLE / "incipit"
        path.chmod(0o755 if program else 0o644)


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)


def _compress(data: bytes, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(gzip.compress(data, compresslevel=9, mtime=0))


def _architecture() -> str:
    return _run(["dpkg", "--print-architecture"]).strip()


def _run(command: list[str]) -> str:
    result = run_quietly(command, {"LC_ALL": "C"})
    if result.returncode != 0:
        raise PackageError(f"{command[0]} failed:\n{result.stdout.strip()}")
    return result.stdout
