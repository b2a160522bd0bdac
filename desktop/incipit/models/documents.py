"""Documents, the sources they come from, and counts of a library."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


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

    @property
    def word_count(self) -> int:
        """Return how many words the text has; what may be torn at the ends of a slab is none."""
        return max(self.token_count - 2, 0) if self.is_slab else self.token_count


@dataclass(frozen=True, slots=True)
class TagChange:
    """What a change of tags did: each tag with the ids of the documents that got or lost it."""

    added: tuple[tuple[str, tuple[int, ...]], ...] = ()
    removed: tuple[tuple[str, tuple[int, ...]], ...] = ()

    def reversed(self) -> TagChange:
        """Return the change that takes this one back."""
        return TagChange(added=self.removed, removed=self.added)


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

    ``texts`` counts distinct texts; ``word_count`` and ``size_bytes`` sum over documents;
    ``encodings`` are (encoding, documents), most frequent first.
    """

    documents: int
    texts: int
    word_count: int
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
