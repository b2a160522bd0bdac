"""The system libraries and fonts that Qt needs on Linux: what is missing, and getting it.

Qt's own libraries come with PySide6; these do not. A library counts as there when the dynamic
loader finds it, whoever installed it. As root on Debian or Ubuntu the missing ones are
installed; anywhere else they are named.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from quiet_process import run_quietly


class SetupError(Exception):
    """The machine lacks something; the text says what, and what to do."""


@dataclass(frozen=True, slots=True)
class Need:
    """A shared library by its soname, and the Debian package that holds it."""

    soname: str
    package: str


#: What Qt's libraries are linked with, windows or none.
QT = (
    Need("libglib-2.0.so.0", "libglib2.0-0"),
    Need("libEGL.so.1", "libegl1"),
    Need("libGL.so.1", "libgl1"),
    Need("libxkbcommon.so.0", "libxkbcommon0"),
    Need("libfontconfig.so.1", "libfontconfig1"),
    Need("libdbus-1.so.3", "libdbus-1-3"),
    # QtNetwork, whose local sockets let a second start find the first.
    Need("libgssapi_krb5.so.2", "libgssapi-krb5-2"),
)

#: What its xcb platform plugin is linked with besides.
XCB = (
    Need("libX11-xcb.so.1", "libx11-xcb1"),
    Need("libxcb-cursor.so.0", "libxcb-cursor0"),
    Need("libxcb-icccm.so.4", "libxcb-icccm4"),
    Need("libxcb-image.so.0", "libxcb-image0"),
    Need("libxcb-keysyms.so.1", "libxcb-keysyms1"),
    Need("libxcb-randr.so.0", "libxcb-randr0"),
    Need("libxcb-render-util.so.0", "libxcb-render-util0"),
    Need("libxcb-shape.so.0", "libxcb-shape0"),
    Need("libxcb-sync.so.1", "libxcb-sync1"),
    Need("libxcb-xfixes.so.0", "libxcb-xfixes0"),
    Need("libxcb-xkb.so.1", "libxcb-xkb1"),
    Need("libxkbcommon-x11.so.0", "libxkbcommon-x11-0"),
)

FONT_PACKAGE = "fonts-dejavu-core"

_FONT_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.local/share/fonts", "~/.fonts")


def prepare(*, window: bool) -> None:
    """Make sure that Qt can start, with a window on X11 where ``window`` is set.

    Raises:
        SetupError: something is missing that this process may not install.
    """
    if not sys.platform.startswith("linux"):
        return
    needs = QT + XCB if window and _shows_on_x11(os.environ) else QT
    missing = [need for need in needs if not loads(need.soname)]
    packages = [need.package for need in missing]
    if not _has_font():
        packages.append(FONT_PACKAGE)
    if not packages:
        return
    if _may_install():
        install(packages)
        missing = [need for need in missing if not loads(need.soname)]
    if missing:
        raise SetupError(advice(missing))
    if not _has_font():
        print(f"No font is installed (Debian's {FONT_PACKAGE} holds one): text may stay invisible.")


def install(packages: Iterable[str]) -> None:
    """Install Debian packages, asking nothing.

    Raises:
        SetupError: apt-get failed; its last words are in the message.
    """
    wanted = sorted(set(packages))
    print("Installing system packages:", *wanted, flush=True)
    _apt_get("update")  # on a new machine nothing can be found before it; old lists will do
    result = _apt_get("install", "--yes", "--no-install-recommends", *wanted)
    if result.returncode != 0:
        tail = "\n".join(result.stdout.strip().splitlines()[-5:])
        raise SetupError(
            f"apt-get could not install {' '.join(wanted)}:\n{tail}\n"
            "Install them by hand and start again."
        )


def advice(missing: Iterable[Need]) -> str:
    """Return which libraries are missing and how they are installed, in a sentence or two."""
    needs = list(missing)
    names = ", ".join(need.soname for need in needs)
    packages = " ".join(sorted({need.package for need in needs}))
    if shutil.which("apt-get"):
        return f"Qt needs system libraries: {names}. Run: sudo apt-get install {packages}"
    return (
        f"Qt needs system libraries: {names}. Install the packages of this system that hold "
        f"them (on Debian: {packages}) and start again."
    )


def loads(soname: str) -> bool:
    """Return whether the dynamic loader finds a library."""
    try:
        ctypes.CDLL(soname)
    except OSError:
        return False
    return True


def python_package() -> str:
    """Return the Debian package with the part of this Python that makes environments."""
    return f"python{sys.version_info.major}.{sys.version_info.minor}-venv"


def may_install_for_python() -> bool:
    """Return whether this is the system's own Python, and packages can be installed for it."""
    return _may_install() and Path(sys.base_prefix) == Path("/usr")


def _shows_on_x11(environment: Mapping[str, str]) -> bool:
    platform = environment.get("QT_QPA_PLATFORM", "")
    if platform:
        return platform.startswith("xcb")
    return not environment.get("WAYLAND_DISPLAY")


def _may_install() -> bool:
    return os.geteuid() == 0 and shutil.which("apt-get") is not None


def _apt_get(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = ["apt-get", "-o", "DPkg::Lock::Timeout=120", *arguments]
    return run_quietly(command, {"DEBIAN_FRONTEND": "noninteractive"})


def _has_font() -> bool:
    return any(
        path.suffix.lower() in {".ttf", ".otf", ".ttc", ".pfb"}
        for folder in _FONT_FOLDERS
        for path in Path(folder).expanduser().rglob("*.*")
    )
