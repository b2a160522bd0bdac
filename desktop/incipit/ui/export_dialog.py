"""Where a concordance is written to, and how far that has come."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject, QStandardPaths, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QProgressDialog, QWidget

from incipit.services.concordance_export import ExportFormat

# By this name the tools of translators find the words.
translate = QCoreApplication.translate

#: An export that ends sooner shows no progress.
_PATIENCE_MS = 600


class ExportProgress(QObject):
    """Shows how far an export has come, where it takes long. ``cancelled`` stops it."""

    cancelled = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._window = parent
        self._dialog: QProgressDialog | None = None

    @property
    def dialog(self) -> QProgressDialog | None:
        """Return the dialog while an export runs."""
        return self._dialog

    def begin(self, path: Path) -> None:
        """Get ready to show progress."""
        self.end()
        dialog = QProgressDialog(
            self.tr("Writing {name}…").format(name=path.name),
            self.tr("Cancel"),
            0,
            0,
            self._window,
        )
        dialog.setWindowTitle(self.tr("Export"))
        dialog.setWindowModality(Qt.WindowModality.WindowModal)
        dialog.setMinimumDuration(_PATIENCE_MS)
        dialog.setAutoClose(False)
        dialog.setAutoReset(False)
        dialog.canceled.connect(self._on_cancelled)
        self._dialog = dialog

    def show_progress(self, done: int, total: int) -> None:
        """Say that ``done`` of ``total`` lines are written."""
        if self._dialog is not None:
            self._dialog.setMaximum(total)
            self._dialog.setValue(done)

    def end(self) -> None:
        """Show nothing any more."""
        dialog, self._dialog = self._dialog, None
        if dialog is not None:
            dialog.canceled.disconnect(self._on_cancelled)
            dialog.close()
            dialog.deleteLater()

    def _on_cancelled(self) -> None:
        self.cancelled.emit()
        self.end()


def ask_export(parent: QWidget, query: str, chosen: Callable[[Path, ExportFormat], None]) -> None:
    """Ask for a file to write; ``chosen`` is called with its path and format."""
    dialog = QFileDialog(parent, translate("ExportDialog", "Export the Lines"))
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setFileMode(QFileDialog.FileMode.AnyFile)
    filters = {_named(form): form for form in ExportFormat}
    dialog.setNameFilters(list(filters))
    folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    dialog.setDirectory(folder)
    dialog.selectFile(f"{file_name(query)}.{ExportFormat.CSV.value}")

    def on_filter(name: str) -> None:
        dialog.setDefaultSuffix(filters[name].value)
        (selected,) = dialog.selectedFiles()[:1] or [""]
        if selected:
            dialog.selectFile(Path(selected).with_suffix(f".{filters[name].value}").name)

    def on_accepted() -> None:
        (path,) = dialog.selectedFiles()[:1]
        form = filters[dialog.selectedNameFilter()]
        ending = Path(path).suffix.lower().removeprefix(".")
        # What somebody types says more than the list of formats that they may not have seen.
        chosen(Path(path), ExportFormat(ending) if ending in set(ExportFormat) else form)

    dialog.setDefaultSuffix(ExportFormat.CSV.value)
    dialog.filterSelected.connect(on_filter)
    dialog.accepted.connect(on_accepted)
    dialog.open()


def file_name(query: str) -> str:
    """Return a name for a file from a query: its words, joined by hyphens."""
    kept = "".join(one if one.isalnum() else " " for one in query)
    return "-".join(kept.split())[:60] or "concordance"


def _named(form: ExportFormat) -> str:
    names = {
        ExportFormat.CSV: translate("ExportDialog", "Table for spreadsheets"),
        ExportFormat.TSV: translate("ExportDialog", "Table separated by tabs"),
        ExportFormat.JSON_LINES: translate("ExportDialog", "JSON Lines for programs"),
        ExportFormat.HTML: translate("ExportDialog", "Page for browsers"),
        ExportFormat.TEXT: translate("ExportDialog", "Plain text for reading"),
    }
    return f"{names[form]} (*.{form.value})"
