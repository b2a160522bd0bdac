"""Render the icon in the sizes of the hicolor theme, with Qt: render_icons.py FOLDER."""

from __future__ import annotations

import sys
from pathlib import Path

from incipit.app.desktop_entry import ICON_SIZES_PX, render_icon

ICON = Path(__file__).resolve().parent.parent / "resources" / "icons" / "incipit.svg"


def render(folder: Path) -> None:
    """Write SIZE.png for every size into ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    for size_px in ICON_SIZES_PX:
        render_icon(ICON, size_px, folder / f"{size_px}.png")


if __name__ == "__main__":
    render(Path(sys.argv[1]))
