"""Files that are too long to be held: read in chunks, their texts written as they are decoded.

A file is read once for its hash and what its bytes have in common, once or more to find its
encoding, and once for its text, which goes to a spool in the library's folder. What is held is
a few chunks, whatever the size of the file.
"""

from __future__ import annotations

import codecs
import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from incipit.errors import Cancelled
from incipit.services.disk import told_in_words
from incipit.services.reading_files import FileState, OpenFile
from incipit.store.contents import HASH_BYTES
from incipit.store.spools import OriginalSpool, SpooledOriginal, SpooledText, TextSpool
from incipit.text.abridged import Abridged
from incipit.text.decoding import decide, text_pieces
from incipit.text.material import ChunkedMaterial, facts_of

#: Longer files, and longer texts, are not held.
LONG_BYTES = LONG_CP = 4 << 20


@dataclass(frozen=True, slots=True)
class LongText:
    """The text of a long file, in its spool, and how it came about.

    ``abridged`` has its title and its shape; ``original`` is there where the text does not give
    the bytes back.
    """

    spooled: SpooledText
    original: SpooledOriginal | None
    encoding: str
    abridged: str
    content_hash: bytes
    state: FileState

    def remove(self) -> None:
        """Remove the spools."""
        self.spooled.remove()
        if self.original is not None:
            self.original.remove()


class LongFile:
    """A file that is read in chunks; looking at it reads it once.

    ``stopped`` is asked at every chunk whether to give up.

    Raises: OSError; UserError (``changing``); Cancelled.
    """

    def __init__(self, file: OpenFile, stopped: Callable[[], bool]) -> None:
        self._file = file
        self._stopped = stopped
        self.content_hash = b""
        self._facts = facts_of(self._chunks())

    def read(self, folder: Path, *, prior: Sequence[str], encoding: str | None) -> LongText:
        """Decode the file as `decoding.decode` would, into spools in ``folder``.

        Raises: OSError; UserError (``changing``, ``disk-full``, ``read-only``, ``disk`` and those
        of `decoding.decide`); Cancelled. No spool is left then.
        """
        try:
            return self._read(folder, prior, encoding)
        except UnicodeDecodeError:
            # What it was found to be a look ago it is no longer.
            raise self._file.changed() from None

    def _read(self, folder: Path, prior: Sequence[str], encoding: str | None) -> LongText:
        decision = decide(
            ChunkedMaterial(self._chunks, self._facts), prior=prior, encoding=encoding
        )
        abridged = Abridged()
        encoded = _Encoded(decision.encoding)
        with told_in_words(folder):
            text = TextSpool(folder)
        with text:
            for piece in text_pieces(decision):
                with told_in_words(folder):
                    text.add(piece)
                abridged.add(piece)
                encoded.add(piece)
            with told_in_words(folder):
                spooled = text.finished()
            exact = encoded.digest() == self.content_hash
            original = None if exact else self._original(folder)
        return LongText(
            spooled,
            original,
            decision.encoding,
            abridged.text,
            self.content_hash,
            self._file.state,
        )

    def _original(self, folder: Path) -> SpooledOriginal:
        with told_in_words(folder):
            original = OriginalSpool(folder)
        with original:
            for chunk in self._chunks():
                with told_in_words(folder):
                    original.add(chunk)
            with told_in_words(folder):
                return original.finished()

    def _chunks(self) -> Iterator[bytes]:
        """Yield the file, which has to be the same every time: its time and size may say so."""
        digest = hashlib.blake2b(digest_size=HASH_BYTES)
        for chunk in self._file.chunks():
            if self._stopped():
                raise Cancelled
            digest.update(chunk)
            yield chunk
        if not self.content_hash:
            self.content_hash = digest.digest()
        elif digest.digest() != self.content_hash:
            raise self._file.changed()


class _Encoded:
    """The hash of the bytes that a text is in an encoding."""

    def __init__(self, encoding: str) -> None:
        self._encoder = codecs.getincrementalencoder(encoding)()
        self._hash = hashlib.blake2b(digest_size=HASH_BYTES)
        self._fits = True

    def add(self, piece: str, *, final: bool = False) -> None:
        """Take the next piece."""
        if self._fits:
            try:
                self._hash.update(self._encoder.encode(piece, final))
            except UnicodeEncodeError:
                self._fits = False

    def digest(self) -> bytes | None:
        """Return the hash, or None where the text does not fit in the encoding."""
        self.add("", final=True)
        return self._hash.digest() if self._fits else None
