"""What can be done with documents of the list: open the original, show it, copy, cite, remove."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from urllib.parse import quote_from_bytes

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPoint, QProcess, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QGuiApplication, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from incipit.errors import UserError
from incipit.models import Document
from incipit.ui import wording
from incipit.ui.library_control import LibraryControl

#: More texts than this are not put on the clipboard at once.
_MOST_COPIED = 200


class DocumentActions(LibraryControl):
    """Acts on documents by their ids; fetches what it needs through the bridge.

    ``removal_wanted`` and ``tags_wanted`` carry the ids, ``told`` a sentence about what was
    done.
    """

    removal_wanted = Signal(object)
    tags_wanted = Signal(object)
    told = Signal(str)

    def menu(self, ids: NDArray[np.int64], parent: QWidget) -> QMenu:
        """Return the context menu of the documents ``ids``."""
        menu = QMenu(parent)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        one = len(ids) == 1
        several = len(ids) > 1
        opened = menu.addAction(self.tr("Open Original"), lambda: self.open_originals(ids))
        shown = menu.addAction(self.tr("Show in Folder"), lambda: self.show_in_folder(ids))
        opened.setEnabled(one)
        shown.setEnabled(one)
        menu.addSeparator()
        texts = self.tr("Copy Texts") if several else self.tr("Copy Text")
        cites = self.tr("Copy Citations") if several else self.tr("Copy Citation")
        menu.addAction(texts, lambda: self.copy_texts(ids)).setEnabled(len(ids) > 0)
        menu.addAction(cites, lambda: self.copy_citations(ids)).setEnabled(len(ids) > 0)
        menu.addSeparator()
        writable = self._library is not None and not self._library.read_only
        tags = menu.addAction(self.tr("Tags…"), lambda: self.tags_wanted.emit(ids))
        tags.setEnabled(writable and len(ids) > 0)
        words = (
            self.tr("Remove {n} from Library").format(n=wording.documents(len(ids)))
            if several
            else self.tr("Remove from Library")
        )
        remove = menu.addAction(words, lambda: self.removal_wanted.emit(ids))
        remove.setShortcut(QKeySequence(Qt.Key.Key_Delete))
        remove.setEnabled(writable and len(ids) > 0)
        return menu

    def pop_up(self, ids: NDArray[np.int64], place: QPoint, parent: QWidget) -> None:
        """Open the context menu at a place on the screen."""
        self.menu(ids, parent).popup(place)

    def open_originals(self, ids: NDArray[np.int64]) -> None:
        """Open the file of a document in the program that the system has for it."""
        self._with_documents(ids, lambda documents: self._open(Path(documents[0].path)))

    def show_in_folder(self, ids: NDArray[np.int64]) -> None:
        """Show the file of a document in the system's file manager."""
        self._with_documents(ids, lambda documents: self._reveal(Path(documents[0].path)))

    def copy_texts(self, ids: NDArray[np.int64]) -> None:
        """Put the texts of documents on the clipboard, as plain text."""
        wanted = [int(key) for key in ids[:_MOST_COPIED]]

        def done(text: str) -> None:
            QGuiApplication.clipboard().setText(text)
            self.told.emit(
                self.tr("Copied the text of {n}").format(n=wording.documents(len(wanted)))
            )

        self._ask(lambda library: "\n\n".join(map(library.text, wanted)), done)

    def copy_citations(self, ids: NDArray[np.int64]) -> None:
        """Put titles and files of documents on the clipboard, a line each."""

        def done(documents: Sequence[Document]) -> None:
            lines = [citation(document) for document in documents]
            QGuiApplication.clipboard().setText("\n".join(lines))
            self.told.emit(
                self.tr("Copied the citation of {n}").format(n=wording.documents(len(lines)))
            )

        self._with_documents(ids, done)

    def _with_documents(
        self, ids: NDArray[np.int64], use: Callable[[Sequence[Document]], None]
    ) -> None:
        wanted = [int(key) for key in ids[:_MOST_COPIED]]
        if wanted:
            self._ask(lambda library: [library.document(key) for key in wanted], use)

    def _open(self, path: Path) -> None:
        if not path.exists():
            self._bridge.failed.emit(self._gone(path))
        elif not QDesktopServices.openUrl(url_of(path)):
            self._bridge.failed.emit(
                UserError(self.tr("The system has no program for this file."), subject=str(path))
            )

    def _reveal(self, path: Path) -> None:
        if not path.parent.exists():
            self._bridge.failed.emit(self._gone(path))
        elif sys.platform == "win32":
            QProcess.startDetached("explorer", ["/select,", str(path)])
        elif sys.platform == "darwin":
            QProcess.startDetached("open", ["-R", str(path)])
        else:
            # There is no one way to point at a file on Linux; its folder opens everywhere.
            QDesktopServices.openUrl(url_of(path.parent))

    def _gone(self, path: Path) -> UserError:
        return UserError(
            self.tr("The original file is no longer there."),
            advice=self.tr("Its text is still in the library."),
            subject=str(path),
            code="gone",
        )


def url_of(path: Path) -> QUrl:
    """Return the URL of a file, also where its name is not UTF-8."""
    return (
        QUrl.fromEncoded(b"file://" + _quoted(path))
        if os.name == "posix"
        else QUrl.fromLocalFile(str(path))
    )


def _quoted(path: Path) -> bytes:
    return quote_from_bytes(os.fsencode(path)).encode("ascii")


def citation(document: Document) -> str:
    """Return a document's title and file in one line."""
    return f"{document.title} ({wording.path(document.path)})"
