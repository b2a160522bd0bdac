"""The values that cross the borders between rooms: frozen dataclasses and two protocols.

Nothing here does work, touches a file or knows SQL, Whoosh or Qt. Lengths and offsets say
their unit in their names: ``_cp`` is code points of the stored text, ``_bytes`` is bytes,
``_token`` is a token number inside a document.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

# Documents ---------------------------------------------------------------------------------


class TitleKind(StrEnum):
    """Where a document's title comes from."""

    HEADING = "heading"
    INCIPIT = "incipit"


class SourceKind(StrEnum):
    """What was dropped: a folder that can be refreshed, or a file by itself."""

    FOLDER = "folder"
    FILE = "file"


@dataclass(frozen=True, slots=True)
class Source:
    """A folder or file that the user gave to the library.

    ``path`` is absolute, in the form of ``os.fsdecode`` (undecodable bytes as surrogates).
    """

    id: int
    path: str
    kind: SourceKind
    added_at: datetime
    document_count: int = 0


@dataclass(frozen=True, slots=True)
class Document:
    """A place in the corpus: one file of one source, and what is known of its text.

    ``path`` is absolute; ``name`` its last part and ``folder`` the rest. ``copies`` counts the
    other documents of the library with an equal text. ``is_slab`` marks a one-line text cut
    from a longer one, whose first and last token may be torn.
    """

    id: int
    source_id: int
    text_id: int
    path: str
    name: str
    folder: str
    title: str
    title_kind: TitleKind
    encoding: str
    size_bytes: int
    char_count: int
    token_count: int
    is_slab: bool
    copies: int
    added_at: datetime
    modified_at: datetime


@dataclass(frozen=True, slots=True)
class LibraryStatus:
    """What the status bar says: all four are numbers of documents (or of files, for failed)."""

    documents: int
    searchable: int
    queued: int
    failed: int


@dataclass(frozen=True, slots=True)
class LibraryTotals:
    """How much a library holds.

    ``texts`` counts distinct texts; ``token_count`` and ``size_bytes`` sum over documents;
    ``encodings`` are (encoding, documents), most frequent first.
    """

    documents: int
    texts: int
    token_count: int
    size_bytes: int
    encodings: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Removal:
    """What a user removed and may take back.

    ``source_path`` is the folder or file where a whole source was removed.
    """

    id: int
    document_count: int
    removed_at: datetime
    source_path: str | None = None


# Importing ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class FailedFile:
    """A file that was not imported, why, and what the user can do."""

    path: str
    code: str
    reason: str
    advice: str = ""


@dataclass(frozen=True, slots=True)
class VanishedFile:
    """A document whose file is no longer where it was."""

    document_id: int
    path: str


@dataclass(frozen=True, slots=True)
class ImportReport:
    """The outcome of an import, in files.

    ``copies`` counts added or updated documents whose text the library already had; they are
    documents of their own, and counted in added or updated too. ``left_out`` holds the files
    of unusual kinds that the user has not agreed to; ``hidden`` counts the names beginning
    with a dot that were passed over. ``moved`` counts documents whose files were found at
    another place; ``vanished`` are documents whose files are nowhere: they stay until the
    user removes them.
    """

    added: int = 0
    unchanged: int = 0
    updated: int = 0
    copies: int = 0
    failed: tuple[FailedFile, ...] = ()
    left_out: tuple[FailedFile, ...] = ()
    hidden: int = 0
    moved: int = 0
    vanished: tuple[VanishedFile, ...] = ()
    cancelled: bool = False
    elapsed_s: float = 0.0


@dataclass(frozen=True, slots=True)
class ImportSurvey:
    """What an import of some paths would read, before anything is read.

    ``other_files`` counts files that are not of the usual kinds, for which the user is asked;
    ``free_bytes`` is the space left where the library is, ``needed_bytes`` an upper estimate
    of what library and index will grow by.
    """

    files: int
    size_bytes: int
    other_files: int
    other_examples: tuple[str, ...]
    free_bytes: int
    needed_bytes: int


class Scope(StrEnum):
    """How far a correction of an encoding reaches: one file, its folder, its source."""

    FILE = "file"
    FOLDER = "folder"
    SOURCE = "source"


class JobPhase(StrEnum):
    """What a job is doing now."""

    WAITING = "waiting"
    PAUSED = "paused"
    SCANNING = "scanning"
    IMPORTING = "importing"
    INDEXING = "indexing"
    NAMING = "naming"
    FINISHED = "finished"


@dataclass(frozen=True, slots=True)
class JobProgress:
    """How far a job has come. Totals are None while they are not known."""

    job_id: int
    phase: JobPhase
    files_done: int = 0
    files_total: int | None = None
    bytes_done: int = 0
    bytes_total: int | None = None
    elapsed_s: float = 0.0
    failed: int = 0


@dataclass(frozen=True, slots=True)
class JobFinished:
    """The last event of a job. Exactly one of ``report`` and ``error`` is set."""

    job_id: int
    report: ImportReport | None = None
    error: Exception | None = None


@dataclass(frozen=True, slots=True)
class DocumentsCommitted:
    """Documents have become readable, or searchable: views may want to refresh."""

    job_id: int
    status: LibraryStatus


JobEvent = JobProgress | JobFinished | DocumentsCommitted


# Searching ---------------------------------------------------------------------------------


class SortKey(StrEnum):
    """Orders of the document list; relevance and hits only with a query that has hits."""

    RELEVANCE = "relevance"
    HITS = "hits"
    NAME = "name"
    FOLDER = "folder"
    ADDED = "added"
    LENGTH = "length"


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """A question to the library. An empty query lists everything."""

    query: str = ""
    sort: SortKey = SortKey.RELEVANCE
    descending: bool = True
    fold_duplicates: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class SearchResult:
    """All documents that match, in order; arrays are parallel and read-only.

    ``document_ids`` int64, ``scores`` float64, ``hits`` int64 (hits per document; zeros for a
    query of filters alone). ``total_hits`` sums over the documents before folding.
    ``notes`` are plain sentences about what was not understood; ``understood`` says in words
    what was searched. ``incomplete`` is set while documents are queued for the index.
    """

    request: SearchRequest
    document_ids: NDArray[np.int64]
    scores: NDArray[np.float64]
    hits: NDArray[np.int64]
    total_hits: int
    elapsed_s: float
    understood: tuple[QueryPart, ...] = ()
    notes: tuple[str, ...] = ()
    incomplete: bool = False


@dataclass(frozen=True, slots=True)
class QueryPart:
    """One part of what was searched: ``text`` in words, ``without`` the query with it left out."""

    text: str
    without: str


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A way on from a query: the query to run, words that explain it, its documents."""

    query: str
    label: str
    documents: int


@dataclass(frozen=True, slots=True)
class Completion:
    """A word of the corpus that begins as typed, with the number of its documents."""

    word: str
    documents: int


@dataclass(frozen=True, slots=True)
class Filter:
    """A condition on documents rather than on their words, as parsed from a query.

    ``field`` is one of name, folder, tag, words, added. ``operator`` is ``:`` (contains or
    begins, as fits the field), or one of ``< <= > >= =`` or ``..`` with ``upper``.
    """

    field: str
    operator: str
    value: str
    upper: str = ""


@dataclass(frozen=True, slots=True)
class Snippet:
    """A piece of a text with its hits: ``marks`` are (start, end) in code points of ``text``."""

    text: str
    marks: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class ResultRow:
    """What one row of the document list shows."""

    document: Document
    hits: int = 0
    snippet: Snippet | None = None


@dataclass(frozen=True, slots=True, eq=False)
class DocumentHits:
    """The hits of a query in one text: ``spans_cp`` int64 of shape (n, 2), by start, then end."""

    document_id: int
    spans_cp: NDArray[np.int64] = field(default_factory=lambda: np.empty((0, 2), np.int64))


# Protocols ---------------------------------------------------------------------------------


class CancelToken(Protocol):
    """Anything that can be asked whether to stop: ``threading.Event`` will do."""

    def is_set(self) -> bool:
        """Return whether the work should stop."""


class TokenColumns(Protocol):
    """The token columns of one immutable index segment, as `analysis` and `index` read them.

    A *term* is a number below ``term_count``, alphabetical by the term's UTF-8 bytes; a
    *document* a number below ``doc_count``; a *position* a number below ``token_count`` that
    counts tokens over all documents of the segment in order. Arrays are read-only and may be
    memory-mapped; their dtypes are as given or narrower unsigned integers where it says so.
    """

    @property
    def doc_count(self) -> int:
        """Return the number of documents, deleted ones included."""

    @property
    def term_count(self) -> int:
        """Return the number of distinct terms."""

    @property
    def token_count(self) -> int:
        """Return the number of tokens of all documents."""

    @property
    def doc_keys(self) -> NDArray[np.int64]:
        """Return the store's document id of each document, shape (doc_count,)."""

    @property
    def doc_starts(self) -> NDArray[np.int64]:
        """Return the first position of each document and the end, shape (doc_count + 1,)."""

    @property
    def live(self) -> NDArray[np.bool_] | None:
        """Return which documents are not deleted, or None where none is."""

    def find_term(self, word: str) -> int:
        """Return the term of ``word``, or -1."""

    def word(self, term: int) -> str:
        """Return the text of a term."""

    def words(self, start: int, end: int) -> list[str]:
        """Return the texts of the terms from ``start`` up to ``end``, fast for many."""

    def words_from(self, prefix: str) -> tuple[int, int]:
        """Return the half-open range of the terms that begin with ``prefix``."""

    def doc_frequencies(self) -> NDArray[np.int64]:
        """Return the number of documents of every term (deleted included), (term_count,)."""

    def doc_frequency(self, term: int) -> int:
        """Return the number of documents of one term (deleted included)."""

    def frequencies(self) -> NDArray[np.int64]:
        """Return the number of tokens of every term (deleted included), (term_count,)."""

    def frequency(self, term: int) -> int:
        """Return the number of tokens of one term (deleted documents included)."""

    def postings(self, term: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return the documents of a term, ascending, and how often it stands in each."""

    def postings_between(
        self, first: int, end: int
    ) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
        """Return terms, documents and frequencies of the terms from ``first`` up to ``end``.

        Three arrays of equal length, one entry for each posting, by term, then document.
        """

    def positions(self, term: int) -> NDArray[np.int64]:
        """Return every position of a term, ascending."""

    def terms_at(self, positions: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return the term that stands at each of the given positions (all in range)."""

    def terms_between(self, start: int, end: int) -> NDArray[np.int64]:
        """Return the terms of the positions from ``start`` up to ``end``."""

    def match_at(self, positions: NDArray[np.int64], term: int) -> NDArray[np.bool_]:
        """Return at which of the given positions (all in range) ``term`` stands."""
