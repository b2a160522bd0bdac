"""Texts to columns: what a worker process runs to write a whole segment by itself.

Owns the batch in memory and its one sort; nothing here knows Whoosh, commits or other
segments. A worker adds texts until the builder is full or it has had enough, and flushes to a
file under a temporary name, which the writer only has to commit.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from incipit.errors import BugError, UserError
from incipit.index.column_file import write_columns
from incipit.index.columns import MemorySource, SegmentColumns
from incipit.index.layout import (
    MAX_ROW_TOKENS,
    MAX_ROWS,
    Columns,
    key_columns,
    lay_out,
    prefixed,
)
from incipit.index.pending import new_pending_path, segment_id_of
from incipit.index.word_numbers import CHUNK_BYTES, WordNumbers, count_tokens
from incipit.text.pieces import PIECE_CP, between_tokens
from incipit.text.tokens import folded_ascii
from incipit.text.tokens import terms as terms_of

#: The text field of every index.
CONTENT = "content"

#: Tokens, and different words, after which a builder calls itself full: of news about 16 MB of
#: text, which take 100 MB of memory. Numbers and names nobody uses twice take 200 bytes each.
FULL_TOKENS = 3_000_000
FULL_WORDS = 300_000


@dataclass(frozen=True, slots=True)
class PendingSegment:
    """A segment that is on disk, whole and safe, but not yet part of an index.

    ``name`` is its file in the index folder; it can be sent between processes.
    """

    name: str
    doc_count: int
    token_count: int
    size_bytes: int


class SegmentBuilder:
    """Collects texts and writes them as one segment; for one thread of one process.

    ``fields`` are the text fields; :meth:`add` takes the first one's text by itself. The folder
    is that of an index.
    """

    def __init__(self, folder: Path, fields: Sequence[str] = (CONTENT,)) -> None:
        self._folder = folder
        self._fields = tuple(fields)
        self._start()

    def add(
        self,
        key: int,
        text: str | Sequence[str] = "",
        others: Mapping[str, str | Sequence[str]] | None = None,
    ) -> int:
        """Add one document by its text, or by its terms; return its number of tokens.

        ``others`` maps fields to their texts; fields left out are empty.

        Raises:
            UserError: the text alone is more than a segment can hold.
            BugError: the builder was full, and not flushed.
        """
        texts: dict[str, str | Sequence[str]] = {self._fields[0]: text, **(others or {})}
        unknown = texts.keys() - set(self._fields)
        if unknown:
            raise BugError(f"no such text fields: {', '.join(sorted(unknown))}")
        added: list[_Batch] = []
        try:
            for field, batch in zip(self._fields, self._batches, strict=True):
                batch.add(texts.get(field, ()))
                added.append(batch)
        except BaseException:
            for batch in added:
                batch.withdraw()
            raise
        self._keys.append(key)
        return self._batches[0].last_length

    def extend(self, piece: str) -> None:
        """Lengthen the last document's first field by a piece of text, of whole tokens."""
        self._batches[0].extend(piece)

    def cut(self, tokens: int) -> list[str]:
        """Leave the last document so many tokens of its first field; return the terms behind."""
        return self._batches[0].cut(tokens)

    @property
    def is_full(self) -> bool:
        """Return whether it is time to flush: no document may be added to a full builder."""
        return any(batch.is_full for batch in self._batches)

    @property
    def token_count(self) -> int:
        """Return the number of tokens of the first field since the last flush."""
        return self._batches[0].token_count

    @property
    def doc_count(self) -> int:
        """Return the number of documents added since the last flush."""
        return len(self._keys)

    def flush(self) -> PendingSegment:
        """Write what was added, durably, under a temporary name; the builder is empty again.

        Raises:
            OSError: the disk is full, the folder is gone.
        """
        doc_count, token_count = len(self._keys), self._batches[0].token_count
        columns, facts = self._columns()
        self._start()
        path = new_pending_path(self._folder)
        facts["segment"] = segment_id_of(path.name)
        size = write_columns(path, columns, facts)
        return PendingSegment(path.name, doc_count, token_count, size)

    def discard(self) -> None:
        """Forget what was added since the last flush."""
        self._start()

    def _start(self) -> None:
        self._keys: list[int] = []
        self._batches = tuple(_Batch() for _ in self._fields)

    def _columns(self) -> tuple[Columns, dict[str, int | str]]:
        columns, facts = key_columns(np.array(self._keys, np.int64))
        facts["fields"] = " ".join(self._fields)
        for field, batch in zip(self._fields, self._batches, strict=True):
            columns |= prefixed(field, batch.columns())
        return columns, facts


def columns_of(documents: Sequence[Sequence[str]], keys: Sequence[int]) -> SegmentColumns:
    """Return the columns of some documents, given as lists of terms, in memory."""
    batch = _Batch()
    for words in documents:
        batch.add(words)
    columns, facts = key_columns(np.array(keys, np.int64))
    columns |= prefixed(CONTENT, batch.columns())
    facts["fields"] = CONTENT
    return SegmentColumns(MemorySource(columns, facts))


class _Batch:
    """The tokens of one field of the documents in hand.

    Short texts in ASCII wait until there are enough of them to be numbered at once.
    """

    def __init__(self) -> None:
        self._stream = array("I")
        self._words = WordNumbers()
        self._lengths: list[int] = []
        self._waiting: list[bytes] = []
        self._waiting_bytes = 0
        self._token_count = 0
        self._rows = 0
        self._has_unused = False

    @property
    def is_full(self) -> bool:
        return (
            self._rows >= MAX_ROWS
            or self._token_count >= FULL_TOKENS
            or len(self._words) >= FULL_WORDS
        )

    @property
    def token_count(self) -> int:
        return self._token_count

    @property
    def last_length(self) -> int:
        return self._lengths[-1]

    def add(self, text: str | Sequence[str]) -> None:
        """Add the tokens of a document, given as text or as terms.

        Raises:
            UserError: it would fit into no segment.
            BugError: it would fit into an empty one.
        """
        if isinstance(text, str) and text.isascii() and len(text) <= PIECE_CP:
            length = self._wait(folded_ascii(text))
        else:
            self._number()
            start = len(self._stream)
            if isinstance(text, str) and len(text) > PIECE_CP:
                for piece in between_tokens([text]):
                    self._take(piece)
            else:
                self._take(text)
            length = len(self._stream) - start
        self._lengths.append(length)
        self._token_count += length
        self._count_rows(0, length)

    def extend(self, piece: str) -> None:
        """Add the tokens of a piece of text to the last document.

        Raises: as :meth:`add`.
        """
        self._number()
        start = len(self._stream)
        self._take(piece)
        before = self._lengths[-1]
        self._lengths[-1] = before + len(self._stream) - start
        self._token_count += len(self._stream) - start
        self._count_rows(_row_count(before), self._lengths[-1])

    def cut(self, tokens: int) -> list[str]:
        """Take what is behind so many tokens off the last document and return its terms."""
        self._number()
        excess = self._lengths[-1] - tokens
        keep = len(self._stream) - excess
        words = list(self._words)
        terms = [words[number] for number in self._stream[keep:]]
        del self._stream[keep:]
        self._rows += _row_count(tokens) - _row_count(self._lengths[-1])
        self._lengths[-1] = tokens
        self._token_count -= excess
        self._has_unused = True
        return terms

    def withdraw(self) -> None:
        """Take back the last document."""
        self._number()
        length = self._lengths.pop()
        self._rows -= _row_count(length)
        self._token_count -= length
        del self._stream[len(self._stream) - length :]
        self._has_unused = True

    def _count_rows(self, before: int, length: int) -> None:
        """Count the rows of the last document, which had some ``before``."""
        rows = _row_count(length)
        self._rows += rows - before
        if self._rows > MAX_ROWS:
            self.withdraw()
            if rows > MAX_ROWS:
                raise UserError("The text has more than 4 billion words.", code="too-large")
            raise BugError(f"a segment holds at most {MAX_ROWS:,} rows")

    def columns(self) -> Columns:
        """Renumber the terms alphabetically and lay everything out; the batch is used up."""
        self._number()
        local: NDArray[Any] = np.frombuffer(self._stream, np.uint32)
        words = sorted(self._used(local))
        ranks = np.empty(len(self._words), np.uint32)
        ranks[np.array(self._words.of_words(words), np.int64)] = np.arange(len(words))
        self._words = WordNumbers()
        stream = ranks[local]
        del local
        self._stream = array("I")
        return lay_out(words, stream, np.array(self._lengths, np.int64))

    def _take(self, piece: str | Sequence[str]) -> None:
        """Take a piece of text, or some terms, into the stream."""
        if isinstance(piece, str) and piece.isascii():
            for numbers in self._words.of_text(folded_ascii(piece)):
                self._stream.frombytes(numbers.tobytes())
            return
        words = terms_of(piece) if isinstance(piece, str) else piece
        # A list first: an array grows by an iterator one item at a time.
        self._stream.fromlist(self._words.of_words(words))

    def _wait(self, folded: bytes) -> int:
        """Keep a text until it is numbered; return its number of tokens."""
        self._waiting.append(folded)
        self._waiting_bytes += len(folded)
        if self._waiting_bytes >= CHUNK_BYTES:
            self._number()
        return count_tokens(folded)

    def _number(self) -> None:
        """Take the texts that wait into the stream."""
        folded = b" ".join(self._waiting)
        self._waiting.clear()
        self._waiting_bytes = 0
        for numbers in self._words.of_text(folded):
            self._stream.frombytes(numbers.tobytes())

    def _used(self, local: NDArray[Any]) -> Iterable[str]:
        """Return the words that occur; documents that were withdrawn leave others behind."""
        if not self._has_unused:
            return self._words
        used = np.zeros(len(self._words), np.bool_)
        used[local] = True
        return [word for word, is_used in zip(self._words, used.tolist(), strict=True) if is_used]


def _row_count(tokens: int) -> int:
    return max(-(-tokens // MAX_ROW_TOKENS), 1)
