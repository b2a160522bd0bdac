"""The library as the window and the command line see it: one facade, any thread.

Reading goes straight to store and index; work that takes long becomes a job in a process of
its own; small acts of the user (remove, undo, remember) are short transactions here.

A window is waited for until its library is open: what only some of its users ever ask for is
imported when it is.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from incipit import paths
from incipit.errors import LibraryUnusable
from incipit.index.language import literally
from incipit.models import (
    CancelToken,
    Completion,
    Damage,
    Document,
    DocumentHits,
    FailedFile,
    ImportSurvey,
    LibraryStatus,
    LibraryTotals,
    Removal,
    ResultRow,
    Scope,
    SearchRequest,
    SearchResult,
    Source,
    SourceKind,
    Suggestion,
)
from incipit.services import scanning
from incipit.services.concordance import Concordances
from incipit.services.concordance_counts import (
    GroupBy,
    GroupCount,
    Overview,
    group_counts,
    overview,
)
from incipit.services.concordance_values import Concordance, ConcordanceRequest, KwicLine
from incipit.services.edges import Edges
from incipit.services.exports import Exports
from incipit.services.jobs import Job, JobQueue, Listener
from incipit.services.remembering import Remembering
from incipit.services.searching import Searching, row_of
from incipit.services.tasks import DEFAULT_LIMIT_BYTES, ImportTask, IndexTask, RecodeTask
from incipit.services.upkeep import Upkeep
from incipit.store.library_store import Store
from incipit.text.offsets import Place

if TYPE_CHECKING:
    from incipit.services.recoding import EncodingChoices

_log = logging.getLogger(__name__)


class Library(Remembering):
    """An open library. Every method may be called from any thread and may take a while.

    Use :meth:`open`; close it when no thread uses it any more.
    """

    def __init__(self, folder: Path, store: Store, *, limit_bytes: int) -> None:
        self.folder = folder
        self.limit_bytes = limit_bytes
        super().__init__(store)
        self._index_place = paths.index_folder(folder, store.identity)
        self._searching = Searching(store, self._index_place)
        self._edges = Edges(store, self._searching)
        self._concordances = Concordances(store, self._searching)
        self.exports = Exports(store, self._concordances)
        self._jobs = JobQueue(folder)
        self._upkeep = Upkeep(store, self._searching, self._jobs, self._index_place)

    @classmethod
    def open(
        cls, folder: Path, *, create: bool = True, limit_bytes: int = DEFAULT_LIMIT_BYTES
    ) -> Library:
        """Open the library in ``folder``; with ``create`` make one where there is none.

        A library that cannot be written opens for reading. ``limit_bytes`` is the size beyond
        which files are refused by imports.

        Raises: LibraryUnusable.
        """
        if create and not (folder / paths.LIBRARY_FILE).exists():
            Store.create(folder).close()
        try:
            store = Store.open(folder, writable=True)
        except LibraryUnusable as problem:
            if problem.code != "read-only":
                raise
            store = Store.open(folder, writable=False)
        return cls(folder, store, limit_bytes=limit_bytes)

    def close(self) -> None:
        """Cancel all jobs, finish the commit in hand, and let go of all files."""
        self._jobs.close()
        self._upkeep.close()
        self._searching.close()
        self._store.close()

    # What there is -------------------------------------------------------------------------

    def status(self) -> LibraryStatus:
        """Return how many documents there are, are searchable and queued, and failures."""
        return self._store.status()

    def change_counter(self) -> int:
        """Return a number that rises when any process has changed the documents; cheap."""
        return self._store.revision()

    def document(self, document_id: int) -> Document:
        """Return a document. Raises: UserError with code ``gone``."""
        return self._store.document(document_id)

    def documents(self, ids: Sequence[int]) -> tuple[Document, ...]:
        """Return the documents of ``ids`` in that order; those that are gone are left out."""
        return self._store.documents(ids)

    def totals(self) -> LibraryTotals:
        """Return how much there is of texts and words; reads every document's row."""
        return self._store.totals()

    def text(self, document_id: int) -> str:
        """Return the text of a document. Raises: UserError with code ``gone``."""
        return self._store.text(document_id)

    def sources(self) -> tuple[Source, ...]:
        """Return the folders and files that were given to the library."""
        return tuple(self._store.sources())

    def failures(self) -> Sequence[FailedFile]:
        """Return the files whose last import failed, with reasons."""
        return self._store.failures()

    def forget_failures(self, failures: Sequence[FailedFile]) -> None:
        """Take files off the list of failures, until an import meets them again."""
        self._store.forget_failures(failures)

    def restore_failures(self, failures: Sequence[FailedFile]) -> None:
        """Put files that were forgotten back on the list of failures."""
        self._store.record_failures(failures)

    # Searching -----------------------------------------------------------------------------

    def search(self, request: SearchRequest, cancel: CancelToken) -> SearchResult:
        """Return all documents that match, in order; an empty query lists everything.

        Raises: Cancelled.
        """
        return self._searching.search(request, cancel)

    def rows(self, result: SearchResult, first: int, count: int) -> tuple[ResultRow, ...]:
        """Return what rows ``first`` to ``first + count`` of a result show."""
        return self._searching.rows(result, first, count)

    def row_of(self, result: SearchResult, document_id: int) -> int | None:
        """Return at which row of ``result`` a document stands."""
        return row_of(result, document_id)

    def row_titled(self, result: SearchResult, beginning: str, first: int) -> int | None:
        """Return the next row from ``first`` on, or else from the top, whose title begins so."""
        return self._searching.row_titled(result, beginning, first)

    def hits(self, query: str, document_id: int, text: str | None = None) -> DocumentHits:
        """Return where ``query`` hits in the text of a document, read unless it is given."""
        return self._searching.hits(query, document_id, text)

    def hits_near(
        self, query: str, document_id: int, place_cp: int, text: str | None = None
    ) -> DocumentHits:
        """Return where ``query`` hits around a place of a document; of a short one, all."""
        return self._searching.hits_near(query, document_id, place_cp, text)

    def torn_edges(self, document_id: int, text: str | None = None) -> tuple[float, float] | None:
        """Return how likely, 0 to 1, the first and the last word of a slab are torn.

        Its text is read unless it is given. None for what is no slab, and while the index
        cannot be read.

        Raises: UserError with code ``gone``.
        """
        return self._edges.torn(document_id, text)

    def query_for(self, words: str) -> str:
        """Return the query that finds ``words`` of a text as they stand; at once."""
        return literally(words)

    def completions(self, prefix: str, limit: int = 8) -> tuple[Completion, ...]:
        """Return the corpus's most frequent words that begin with ``prefix``."""
        return self._searching.completions(prefix, limit)

    def suggestions(
        self, query: str, *, has_results: bool = False, cancel: CancelToken | None = None
    ) -> tuple[Suggestion, ...]:
        """Return ways on from a query, the most useful first.

        With results that is at most the phrase for single letters and numbers; without, also
        other spellings, split and joined words, and each word alone.

        Raises: Cancelled.
        """
        return self._searching.suggestions(query, has_results=has_results, cancel=cancel)

    @property
    def index_damage(self) -> str | None:
        """Return why the index could not be opened when last tried, or None."""
        return self._searching.damage

    # Concordances --------------------------------------------------------------------------

    def concordance(self, request: ConcordanceRequest, cancel: CancelToken) -> Concordance:
        """Return every hit of a query as a line, in order; no text is read for it.

        Raises: Cancelled; UserError for a thinning that cannot be carried out.
        """
        return self._concordances.concordance(request, cancel)

    def prepare_orders(self, cancel: CancelToken) -> None:
        """Read the orders of all documents ahead of time. Raises: Cancelled."""
        self._store.prepare_orders(cancel)

    def prepare_sorting(self, cancel: CancelToken) -> None:
        """Make what sorting lines by words needs ahead of time. Raises: Cancelled."""
        self._concordances.prepare(cancel)

    def concordance_lines(
        self, concordance: Concordance, first: int, count: int, *, width_cp: int
    ) -> tuple[KwicLine | None, ...]:
        """Return rows ``first`` to ``first + count`` as they are read; None for one that went.

        ``width_cp`` is about how much context is wanted to each side.
        """
        return self._concordances.read(concordance, first, count, width_cp=width_cp)

    def concordance_overview(self, concordance: Concordance, bins: int) -> Overview:
        """Return the counts and the spread of a concordance, with strips of ``bins`` parts."""
        return overview(self._store, concordance, bins)

    def concordance_groups(self, concordance: Concordance, by: GroupBy) -> tuple[GroupCount, ...]:
        """Return the hits of a concordance in each source or folder."""
        return group_counts(self._store, concordance, by)

    # Importing and upkeep ------------------------------------------------------------------

    def survey(self, given: Sequence[Path | str], cancel: CancelToken) -> ImportSurvey:
        """Return what an import of the given paths would read. Raises: Cancelled."""
        return scanning.survey(
            [str(path) for path in given],
            self.folder,
            excluded=(self.folder, self._index_place),
            cancel=cancel,
        )

    def start_import(
        self, given: Sequence[Path | str], listener: Listener, *, other_files: bool = False
    ) -> Job:
        """Start to import files and folders and return the job at once."""
        return self._jobs.start(self.import_task(given, other_files=other_files), listener)

    def import_task(self, given: Sequence[Path | str], *, other_files: bool = False) -> ImportTask:
        """Return the task of importing the given paths, for a process that runs it itself."""
        return ImportTask(
            tuple(str(path) for path in given),
            other_files=other_files,
            limit_bytes=self.limit_bytes,
        )

    def start_retry(self, failed: Sequence[FailedFile], listener: Listener) -> Job:
        """Start to import files again that had failed."""
        return self.start_import([failure.path for failure in failed], listener)

    def start_refresh(self, source: Source, listener: Listener) -> Job:
        """Start to look for added, changed, moved and vanished files of a source."""
        given: Sequence[str] = [source.path]
        if source.kind is SourceKind.FILE:
            given = [path for path, _ in self._store.files_of(source.id)]
        return self.start_import(given, listener)

    def start_recode(
        self, document_id: int, scope: Scope, encoding: str | None, listener: Listener
    ) -> Job:
        """Start to read documents again in another encoding; None chooses automatically."""
        return self._jobs.start(RecodeTask(document_id, scope, encoding), listener)

    def encoding_choices(self, document_id: int) -> EncodingChoices:
        """Return what a correction of a document's encoding begins from.

        Raises: UserError with code ``gone``.
        """
        from incipit.services import recoding

        return recoding.choices(self._store, document_id)

    def place_in_file(self, document_id: int, text: str, offset_cp: int) -> Place:
        """Return at which line and character of its file a code point of a document stands.

        ``text`` is the document's. Raises: UserError with code ``gone``.
        """
        from incipit.services import recoding

        return recoding.place_in_file(self._store, document_id, text, offset_cp)

    def preview_encoding(self, document_id: int, encoding: str | None) -> str:
        """Return a document's text as ``encoding`` reads it; None chooses automatically.

        Raises: UnreadableText where it does not fit; UserError with code ``gone``.
        """
        from incipit.services import recoding

        return recoding.preview(self._store, document_id, encoding)

    def back_up(self, target: Path, cancel: CancelToken) -> None:
        """Write a verified copy of the library to the file ``target``, which must not exist.

        Raises: UserError, LibraryUnusable, Cancelled.
        """
        self._store.back_up(target, cancel)

    def start_rebuild(self, listener: Listener) -> Job:
        """Start to make the whole index anew from the store."""
        return self._jobs.start(IndexTask(rebuild=True), listener)

    def start_upkeep(self, listener: Listener) -> Job | None:
        """Start what a crash, a removal or a damaged index left to do; None for nothing."""
        return self._upkeep.start(listener)

    def needs_upkeep(self) -> bool:
        """Return whether an import was cut short, documents wait, or the index is unusable."""
        return self._upkeep.is_due()

    def watch_index(self, on_damage: Callable[[str], None]) -> None:
        """Call ``on_damage`` from any thread when the index turns out to be damaged or gone.

        Begins to read the whole index in the background, which finds what opening cannot.
        """
        self._upkeep.watch(on_damage)

    def index_verified(self, timeout_s: float) -> bool:
        """Wait for the reading of the index in the background; return whether it has ended."""
        return self._upkeep.verified(timeout_s)

    def check(
        self,
        cancel: CancelToken,
        *,
        deep: bool = False,
        tell: Callable[[int, int], None] | None = None,
    ) -> tuple[Damage, ...]:
        """Return every damage found in store and index; empty where all is sound.

        With ``deep`` also every text is compared with its words in the index; ``tell`` is
        called from this thread with how many of how many documents are done.

        Raises: Cancelled.
        """
        from incipit.services import checking

        return checking.check(self._store, self._index_place, cancel, deep=deep, tell=tell)

    # What the user does --------------------------------------------------------------------

    def remove(self, document_ids: Sequence[int]) -> Removal:
        """Remove documents from the library, never the files; can be undone."""
        return self._store.remove(document_ids)

    def remove_source(self, source_id: int) -> Removal:
        """Remove a source with all its documents; can be undone."""
        return self._store.remove_source(source_id)

    def undo(self, removal_id: int) -> int:
        """Take a removal back and return how many documents came back."""
        return self._store.undo_removal(removal_id)

    def undoable(self) -> tuple[Removal, ...]:
        """Return the removals that can be taken back, the latest first."""
        return self._store.undoable()

    def purge(self, cancel: CancelToken) -> int:
        """Delete for good all that was removed; return how many documents. Raises: Cancelled."""
        return self._store.purge(cancel=cancel)
