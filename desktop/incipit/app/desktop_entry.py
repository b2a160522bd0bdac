"""Into the user's application menu and out of it again, where no package did it.

A wheel cannot put anything outside of its environment: ``incipit --install-desktop`` writes the
entry and the icons where the desktop looks for the user's own (the freedesktop.org
specifications of desktop entries, base directories and icon themes).
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

from incipit import paths

INSTALL = "--install-desktop"
REMOVE = "--remove-desktop"

#: The sizes of the icon as pictures; the drawing itself stands beside them.
ICON_SIZES_PX = (16, 22, 24, 32, 48, 64, 128, 256, 512)

_ENTRY = Path("applications/incipit.desktop")
_DRAWING = Path("icons/hicolor/scalable/apps/incipit.svg")
#: What update-desktop-database makes beside the entries.
_CACHE = "mimeinfo.cache"
_PLAIN = re.compile(r"[\w@%+=:,./-]+")


def run(option: str) -> int:
    """Carry out ``--install-desktop`` or ``--remove-desktop``; return the exit code."""
    if sys.platform in ("win32", "darwin"):
        return _end("This system keeps its menu in another way: nothing was done.", code=1)
    folder = paths.shared_data()
    try:
        if option == INSTALL:
            count = len(install(folder, own_command()))
            return _end(f"Incipit is in the application menu: {count} files in {folder}")
        count = len(remove(folder))
    except OSError as problem:
        return _end(f"{problem.filename or folder}: {problem.strerror}", code=1)
    if count:
        return _end(f"Incipit is out of the application menu: {count} files removed")
    return _end(f"Incipit is not in the application menu of {folder}")


def own_command() -> list[str]:
    """Return how this program is started from anywhere."""
    if getattr(sys, "frozen", False):
        return [sys.executable]
    script = Path(sys.argv[0]).absolute()
    if script.name == "incipit" and os.access(script, os.X_OK):
        return [str(script)]
    return [sys.executable, "-m", "incipit"]


def install(folder: Path, command: Sequence[str]) -> list[Path]:
    """Write the entry, which starts ``command``, and the icons; return the files.

    ``folder`` is the user's data folder, ``~/.local/share`` as a rule. Raises: OSError.
    """
    written = _files(folder)
    for path in written:
        path.parent.mkdir(parents=True, exist_ok=True)
    drawing = paths.resources() / "icons" / "incipit.svg"
    shutil.copyfile(drawing, folder / _DRAWING)
    for size_px in ICON_SIZES_PX:
        render_icon(drawing, size_px, _icon(folder, size_px))
    text = (paths.resources() / "desktop" / "incipit.desktop").read_text("utf-8")
    (folder / _ENTRY).write_text(entry(text, command), encoding="utf-8")
    _tell_desktop(folder)
    return written


def remove(folder: Path) -> list[Path]:
    """Remove what :func:`install` wrote, and folders that are empty then; return the files.

    Raises: OSError.
    """
    removed = [path for path in _files(folder) if path.is_file()]
    for path in removed:
        path.unlink()
    if removed:
        _tell_desktop(folder)
    entries = folder / _ENTRY.parent
    if entries.is_dir() and [path.name for path in entries.iterdir()] == [_CACHE]:
        (entries / _CACHE).unlink()
    for path in _files(folder):
        for parent in path.relative_to(folder).parents[:-1]:
            if (folder / parent).is_dir() and not any((folder / parent).iterdir()):
                (folder / parent).rmdir()
    return removed


def entry(text: str, command: Sequence[str]) -> str:
    """Return the text of a desktop entry with another command in it."""
    words = " ".join(map(_quoted, command))
    # A backslash is an escape once more in every value of an entry.
    values = {"Exec": f"{words} %F".replace("\\", "\\\\"), "TryExec": command[0]}
    lines = []
    for line in text.splitlines(keepends=True):
        key = line.partition("=")[0]
        lines.append(f"{key}={values[key]}\n" if key in values else line)
    return "".join(lines)


def render_icon(drawing: Path, size_px: int, target: Path) -> None:
    """Write the drawing as a picture of ``size_px`` by ``size_px``. Raises: OSError."""
    renderer = QSvgRenderer(str(drawing))
    image = QImage(size_px, size_px, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    renderer.render(painter, QRectF(0, 0, size_px, size_px))
    painter.end()
    saved = image.save(str(target), "PNG")  # type: ignore[call-overload] # bytes in the stubs only
    if not (renderer.isValid() and saved):
        raise OSError(0, "the icon could not be written", str(target))


def _files(folder: Path) -> list[Path]:
    icons = [_icon(folder, size_px) for size_px in ICON_SIZES_PX]
    return [folder / _ENTRY, folder / _DRAWING, *icons]


def _icon(folder: Path, size_px: int) -> Path:
    return folder / f"icons/hicolor/{size_px}x{size_px}/apps/incipit.png"


def _quoted(word: str) -> str:
    word = word.replace("%", "%%")
    if _PLAIN.fullmatch(word):
        return word
    return '"' + re.sub(r'(["`$\\])', r"\\\1", word) + '"'


def _tell_desktop(folder: Path) -> None:
    """Have the desktop notice: types of files through its tool, icons by the folder's date."""
    tool = shutil.which("update-desktop-database")
    if tool is not None and (folder / _ENTRY.parent).is_dir():
        command = [tool, str(folder / _ENTRY.parent)]
        subprocess.run(command, capture_output=True, check=False)  # noqa: S603 - the system's own
    if (folder / "icons/hicolor").is_dir():
        os.utime(folder / "icons/hicolor")


def _end(sentence: str, *, code: int = 0) -> int:
    print(sentence, file=sys.stderr if code else sys.stdout)
    return code
