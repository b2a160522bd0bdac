"""A window from which a folder can be dragged, as from a file manager: smoke_drag.py FOLDER.

Prints, when something was dropped, what became of it ("copy", "move" or "nothing"). It stays
then until it is ended, as a file manager does: who takes the drop still asks it for the data.
"""

from __future__ import annotations

import sys

from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QDrag, QMouseEvent
from PySide6.QtWidgets import QApplication, QLabel

SIZE_PX = (160, 120)
TITLE = "Incipit drag source"


class DragSource(QLabel):
    """Begins a drag of one folder when it is dragged by the left button."""

    def __init__(self, folder: str) -> None:
        super().__init__("Drag me")
        self._folder = folder
        self.setWindowTitle(TITLE)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setFixedSize(*SIZE_PX)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt names it
        """Drag the folder, offering all that a file manager offers."""
        if not event.buttons() & Qt.MouseButton.LeftButton:
            return
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(self._folder)])
        drag = QDrag(self)
        drag.setMimeData(data)
        action = drag.exec(
            Qt.DropAction.CopyAction | Qt.DropAction.MoveAction, Qt.DropAction.CopyAction
        )
        names = {Qt.DropAction.CopyAction: "copy", Qt.DropAction.MoveAction: "move"}
        print(names.get(action, "nothing"), flush=True)


def main(folder: str) -> int:
    """Show the window until the end."""
    application = QApplication(["incipit-drag-source"])
    source = DragSource(folder)
    source.show()
    return application.exec()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
