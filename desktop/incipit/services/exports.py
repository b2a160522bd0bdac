"""What leaves a library as files: lines of concordances, lists of documents, texts.

Files and folders appear when they are whole; cancelled or failed, nothing of them stays.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from incipit.models import CancelToken, SearchResult
from incipit.services.concordance import Concordances
from incipit.services.concordance_export import ExportFormat, export
from incipit.services.concordance_values import Concordance
from incipit.services.document_export import ListFormat, export_list, export_texts
from incipit.store.library_store import Store

#: Told how many lines or documents are written, and of how many.
Progress = Callable[[int, int], None]


def _unheard(_done: int, _total: int) -> None:
    """Tell nobody."""


class Exports:
    """Writes files for one library; any thread may call it.

    Every method returns how many lines or documents were written, and raises Cancelled, or
    UserError where the place cannot be written.
    """

    def __init__(self, store: Store, concordances: Concordances) -> None:
        self._store = store
        self._concordances = concordances

    def concordance(
        self,
        concordance: Concordance,
        path: Path,
        form: ExportFormat,
        *,
        width_cp: int,
        cancel: CancelToken,
        progress: Progress = _unheard,
    ) -> int:
        """Write all lines of a concordance, with about ``width_cp`` to each side of the hit."""
        return export(
            self._concordances,
            concordance,
            path,
            form,
            library=self._store.folder.name,
            width_cp=width_cp,
            cancel=cancel,
            progress=progress,
        )

    def documents(
        self,
        result: SearchResult,
        path: Path,
        form: ListFormat,
        *,
        cancel: CancelToken,
        progress: Progress = _unheard,
    ) -> int:
        """Write the list of the documents of a result, in its order."""
        return export_list(self._store, result, path, form, cancel=cancel, progress=progress)

    def texts(
        self,
        document_ids: Sequence[int],
        folder: Path,
        *,
        cancel: CancelToken,
        progress: Progress = _unheard,
    ) -> int:
        """Write the texts of documents as files into a new folder."""
        return export_texts(self._store, document_ids, folder, cancel=cancel, progress=progress)
