"""The bytes of a file as decoding looks at them: all in memory, or read in chunks every time.

Both answer the same questions, so that one order of decisions serves a short file and one that
is too long to be held. Knows nothing of files: chunks come from whoever has opened one.
"""

from __future__ import annotations

import codecs
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

#: Controls that texts contain: tab, line ends, page feed, backspace, escape, the end-of-file
#: sign of DOS.
_TEXT_CONTROLS = frozenset(b"\b\t\n\v\f\r\x1a\x1b")
_CONTROLS = bytes(code for code in (*range(32), 127) if code not in _TEXT_CONTROLS)

_REPLACEMENT = "\ufffd"


@dataclass(frozen=True, slots=True)
class ByteFacts:
    """What is known of a file without decoding it.

    ``controls`` counts the bytes that are controls which texts do not contain.
    """

    size_bytes: int
    nuls: int
    controls: int
    is_ascii: bool
    has_escape: bool

    @property
    def control_share(self) -> float:
        """Return the share of bytes that are controls which texts do not contain."""
        return self.controls / self.size_bytes if self.size_bytes else 0.0


def facts_of(chunks: Iterable[bytes]) -> ByteFacts:
    """Return what is known of the bytes of some chunks together."""
    size_bytes = nuls = controls = 0
    is_ascii, has_escape = True, False
    for chunk in chunks:
        size_bytes += len(chunk)
        nuls += chunk.count(0)
        controls += len(chunk) - len(chunk.translate(None, _CONTROLS))
        is_ascii = is_ascii and chunk.isascii()
        has_escape = has_escape or b"\x1b" in chunk
    return ByteFacts(size_bytes, nuls, controls, is_ascii, has_escape)


class Reading:
    """All bytes read in one encoding: what there is to know of the text, and its pieces."""

    __slots__ = ("has_nul", "is_ascii", "length_cp", "pieces", "replaced")

    def __init__(self, pieces: Callable[[], Iterator[str]]) -> None:
        """Look through the text once. Raises: UnicodeDecodeError."""
        self.pieces = pieces
        self.length_cp = self.replaced = 0
        self.has_nul, self.is_ascii = False, True
        for piece in pieces():
            self.length_cp += len(piece)
            self.replaced += piece.count(_REPLACEMENT)
            self.has_nul = self.has_nul or "\0" in piece
            self.is_ascii = self.is_ascii and piece.isascii()


class Material(ABC):
    """The bytes of a file, whatever keeps them."""

    @property
    @abstractmethod
    def facts(self) -> ByteFacts:
        """Return what is known of all bytes."""

    @abstractmethod
    def beginning(self, size_bytes: int) -> bytes:
        """Return the first bytes, fewer where there are fewer."""

    @abstractmethod
    def chunks(self) -> Iterator[bytes]:
        """Yield all bytes in order, cut anywhere."""

    @abstractmethod
    def without(self, mark: bytes) -> Material:
        """Return the same bytes without ``mark``, if that is what they begin with."""

    @abstractmethod
    def read(self, encoding: str, errors: str = "strict") -> Reading:
        """Return the reading in an encoding. Raises: UnicodeDecodeError."""


class WholeMaterial(Material):
    """Bytes that are in memory."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._facts: ByteFacts | None = None

    @property
    def facts(self) -> ByteFacts:
        """Return what is known of all bytes."""
        if self._facts is None:
            self._facts = facts_of((self._data,))
        return self._facts

    def beginning(self, size_bytes: int) -> bytes:
        """Return the first bytes."""
        return self._data[:size_bytes]

    def chunks(self) -> Iterator[bytes]:
        """Yield all bytes at once."""
        yield self._data

    def without(self, mark: bytes) -> WholeMaterial:
        """Return the bytes without a mark."""
        return WholeMaterial(self._data.removeprefix(mark))

    def read(self, encoding: str, errors: str = "strict") -> Reading:
        """Return the reading in an encoding, in one piece. Raises: UnicodeDecodeError."""
        text = self._data.decode(encoding, errors)
        return Reading(lambda: iter((text,)))


class ChunkedMaterial(Material):
    """Bytes that are read in chunks each time they are looked at.

    ``facts`` are those of the chunks: whoever opened the file has read it once.
    """

    def __init__(
        self, chunks: Callable[[], Iterator[bytes]], facts: ByteFacts, mark: bytes = b""
    ) -> None:
        self._chunks = chunks
        self._facts = facts
        self._mark = mark

    @property
    def facts(self) -> ByteFacts:
        """Return what is known of all bytes, a mark that was left out among them."""
        return self._facts

    def beginning(self, size_bytes: int) -> bytes:
        """Return the first bytes."""
        found = b""
        for chunk in self.chunks():
            found += chunk[: size_bytes - len(found)]
            if len(found) == size_bytes:
                break
        return found

    def chunks(self) -> Iterator[bytes]:
        """Yield all bytes as they are read."""
        chunks = self._chunks()
        first = b""
        while len(first) < len(self._mark) and (chunk := next(chunks, b"")):
            first += chunk
        yield first.removeprefix(self._mark)
        yield from chunks

    def without(self, mark: bytes) -> ChunkedMaterial:
        """Return the same bytes without a mark."""
        return ChunkedMaterial(self._chunks, self._facts, mark)

    def read(self, encoding: str, errors: str = "strict") -> Reading:
        """Return the reading in an encoding, a piece a chunk. Raises: UnicodeDecodeError."""

        def pieces() -> Iterator[str]:
            decoder = codecs.getincrementaldecoder(encoding)(errors)
            read_bytes = 0
            for chunk in self.chunks():
                read_bytes += len(chunk)
                yield _decoded(decoder, chunk, read_bytes)
            yield _decoded(decoder, b"", read_bytes, final=True)

        return Reading(pieces)


def _decoded(
    decoder: codecs.IncrementalDecoder, chunk: bytes, read_bytes: int, *, final: bool = False
) -> str:
    try:
        return decoder.decode(chunk, final)
    except UnicodeDecodeError as misfit:
        # It counts from what the decoder had in hand, which ends where the chunk ends.
        before = read_bytes - len(misfit.object)
        misfit.start, misfit.end = misfit.start + before, misfit.end + before
        raise
