"""A window that gives a folder and takes files, as a file manager does: smoke_drag.py FOLDER.

Prints what became of a folder that was dragged out ("copy", "move" or "nothing"), and of files
that were dropped on it how they came and which they are. It stays until it is ended: who takes
a drop still asks the program that it came from for the data.
"""

from __future__ import annotations

import sys

from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QDrag, QDragEnterEvent, QDropEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QLabel

SIZE_PX = (160, 120)
TITLE = "Incipit drag source"
_NAMES = {Qt.DropAction.CopyAction: "copy", Qt.DropAction.MoveAction: "move"}


class DragSource(QLabel):
    """Begins a drag of one folder when it is dragged by the left button."""

    def __init__(self, folder: str) -> None:
        super().__init__("Drag me")
        self._folder = folder
        self.setWindowTitle(TITLE)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setFixedSize(*SIZE_PX)
        self.setAcceptDrops(True)

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
        print(_NAMES.get(action, "nothing"), flush=True)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802 - the same
        """Take files from others, in whatever way these prefer."""
        if event.mimeData().hasUrls() and event.source() is None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802 - the same
        """Say what came."""
        event.acceptProposedAction()
        paths = [url.toLocalFile() for url in event.mimeData().urls()]
        print(_NAMES.get(event.dropAction(), "nothing"), *paths, flush=True)


def main(folder: str) -> int:
    """Show the window until the end."""
    application = QApplication(["incipit-drag-source"])
    source = DragSource(folder)
    source.show()
    return application.exec()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
