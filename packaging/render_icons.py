"""Render the icon in the sizes of the hicolor theme, with Qt: render_icons.py FOLDER."""

from __future__ import annotations

import os
import sys
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

ICON = Path(__file__).resolve().parent.parent / "resources" / "icons" / "incipit.svg"
SIZES_PX = (16, 22, 24, 32, 48, 64, 128, 256, 512)


def render(folder: Path) -> None:
    """Write SIZE.png for every size into ``folder``."""
    application = QGuiApplication([])
    renderer = QSvgRenderer(str(ICON))
    if not renderer.isValid():
        raise SystemExit(f"{ICON} is no drawing that Qt can read.")
    folder.mkdir(parents=True, exist_ok=True)
    for size_px in SIZES_PX:
        image = QImage(size_px, size_px, QImage.Format.Format_ARGB32_Premultiplied)
        image.fill(0)
        painter = QPainter(image)
        renderer.render(painter)
        painter.end()
        if not image.save(str(folder / f"{size_px}.png")):
            raise SystemExit(f"{folder} could not be written.")
    del application


if __name__ == "__main__":
    render(Path(sys.argv[1]))
