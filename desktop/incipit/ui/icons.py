"""Icons of the window's own controls: small SVG outlines in the colour of the theme."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from incipit import paths

_SIZES_PX = (16, 20, 24)
_PLACEHOLDER = b"currentColor"


def icon(name: str, colour: QColor) -> QIcon:
    """Return the icon ``name`` of resources/icons/ui, drawn in ``colour``."""
    drawn = QIcon()
    for size in _SIZES_PX:
        for ratio in (1, 2):
            drawn.addPixmap(pixmap(name, colour, size, ratio))
    return drawn


def pixmap(name: str, colour: QColor, size_px: int, ratio: float = 1.0) -> QPixmap:
    """Return the icon ``name`` as a square of ``size_px`` logical pixels."""
    source = _source(name).replace(_PLACEHOLDER, colour.name().encode())
    side = round(size_px * ratio)
    image = QPixmap(QSize(side, side))
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    QSvgRenderer(QByteArray(source)).render(painter, QRectF(0, 0, side, side))
    painter.end()
    image.setDevicePixelRatio(ratio)
    return image


@lru_cache(maxsize=64)
def _source(name: str) -> bytes:
    return (icon_folder() / f"{name}.svg").read_bytes()


def icon_folder() -> Path:
    """Return the folder of the icons of the window's controls."""
    return paths.resources() / "icons" / "ui"
