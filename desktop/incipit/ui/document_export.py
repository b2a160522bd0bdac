"""The list of documents as a file, and the texts of selected documents in a folder."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QCoreApplication, QStandardPaths, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from incipit.models import CancelToken, SearchResult
from incipit.services.document_export import ListFormat
from incipit.ui import wording
from incipit.ui.bridge import Bridge, Ticket
from incipit.ui.export_dialog import ExportProgress, file_name
from incipit.ui.library_control import DialogControl
from incipit.ui.list_pane import ListPane

if TYPE_CHECKING:
    from incipit.services.library import Library

_Work = Callable[["Library", CancelToken, Callable[[int, int], None]], int]


class DocumentExport(DialogControl):
    """Asks where to, writes off the UI thread, and shows how far that has come.

    ``told`` carries a sentence about what was written.
    """

    told = Signal(str)

    def __init__(self, bridge: Bridge, window: QWidget) -> None:
        super().__init__(bridge, window)
        self._ticket: Ticket | None = None
        self.progress = ExportProgress(window)
        self.progress.cancelled.connect(self.cancel)

    def attach(self, library: Library | None) -> None:
        """Export from ``library`` from now on, or from nowhere."""
        self.cancel()
        super().attach(library)

    def follow(self, pane: ListPane) -> None:
        """Export what is listed in ``pane`` when its menu asks for that."""

        def ask(what: Callable[[SearchResult], None]) -> None:
            if pane.model.result is not None:
                what(pane.model.result)

        pane.list_export_wanted.connect(lambda: ask(self.ask_list))
        pane.texts_export_wanted.connect(
            lambda: ask(lambda result: self.ask_texts(result, pane.list.selected_ids()))
        )

    def cancel(self) -> None:
        """Stop what is being written; nothing of it stays."""
        if self._ticket is not None:
            self._ticket.cancel()
            self._ticket = None
            self.progress.end()

    def ask_list(self, result: SearchResult) -> None:
        """Ask for a file, and write the list of ``result`` to it."""
        dialog = QFileDialog(self._window, self.tr("Export the List"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilters(
            [
                self.tr("Table for spreadsheets") + " (*.csv)",
                self.tr("JSON Lines for programs") + " (*.jsonl)",
            ]
        )
        dialog.setDefaultSuffix(ListFormat.CSV.value)
        dialog.setDirectory(_documents_folder())
        dialog.selectFile(f"{_name_of(result)}.{ListFormat.CSV.value}")
        dialog.filterSelected.connect(
            lambda name: dialog.setDefaultSuffix("jsonl" if "jsonl" in name else "csv")
        )
        dialog.accepted.connect(lambda: self.write_list(result, Path(dialog.selectedFiles()[0])))
        dialog.open()

    def ask_texts(self, result: SearchResult, ids: NDArray[np.int64]) -> None:
        """Ask for a folder, and write the texts of ``ids`` into a new one inside it."""
        dialog = QFileDialog(self._window, self.tr("Export Texts into a New Folder In"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.setDirectory(_documents_folder())
        dialog.accepted.connect(
            lambda: self.write_texts(ids, Path(dialog.selectedFiles()[0]), _name_of(result))
        )
        dialog.open()

    def write_list(self, result: SearchResult, path: Path) -> None:
        """Write the list of ``result`` to ``path``, as its ending says."""
        form = ListFormat.JSON_LINES if path.suffix.lower() == ".jsonl" else ListFormat.CSV
        self._write(
            path,
            lambda library, cancel, progress: library.exports.documents(
                result, path, form, cancel=cancel, progress=progress
            ),
        )

    def write_texts(self, ids: NDArray[np.int64], inside: Path, name: str) -> None:
        """Write texts into a new folder ``name`` in ``inside``, numbered where it is taken."""
        folder, number = inside / name, 1
        while folder.exists():
            number += 1
            folder = inside / f"{name} ({number})"
        self._write(
            folder,
            lambda library, cancel, progress: library.exports.texts(
                ids.tolist(), folder, cancel=cancel, progress=progress
            ),
        )

    def _write(self, path: Path, work: _Work) -> None:
        library = self._library
        if library is None:
            return
        self.cancel()
        self.progress.begin(path)
        told = self._bridge.listener(lambda parts: self.progress.show_progress(*parts))

        def done(count: int) -> None:
            self._ended()
            self.told.emit(
                self.tr("Wrote {n} to {path}.").format(
                    n=wording.documents(count), path=wording.path(str(path))
                )
            )

        def fail(problem: Exception) -> None:
            self._ended()
            self._bridge.failed.emit(problem)

        self._ticket = self._bridge.run(
            lambda cancel: work(library, cancel, lambda *parts: told(parts)), done, failed=fail
        )

    def _ended(self) -> None:
        self._ticket = None
        self.progress.end()


def _name_of(result: SearchResult) -> str:
    query = result.request.query.strip()
    return file_name(query) if query else QCoreApplication.translate("DocumentExport", "documents")


def _documents_folder() -> str:
    return QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
