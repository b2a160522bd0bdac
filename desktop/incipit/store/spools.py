"""Texts and originals that are too long to be sent or bound whole, in files until they are stored.

A worker writes them into the folder of the library, where there is room for them and nobody
tidies up; whoever writes the library reads them from there in parts. What a crash leaves behind
goes with the next writer. No SQL.
"""

from __future__ import annotations

import hashlib
import secrets
import shutil
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from incipit.store.contents import HASH_BYTES, ORIGINAL_LEVEL

#: The length in code points of the parts in which a text is read and stored.
PART_CP = 1 << 20

_FOLDER = "incoming"
_CHUNK_BYTES = 1 << 20


@dataclass(frozen=True, slots=True)
class SpooledText:
    """A text in a file, as UTF-8; ``text_hash`` is that of `contents.text_hash`."""

    path: Path
    char_count: int
    text_hash: bytes

    def remove(self) -> None:
        """Remove the file; it may have gone."""
        self.path.unlink(missing_ok=True)

    def parts(self, length_cp: int = PART_CP) -> Iterator[str]:
        """Yield the text in parts of so many code points. Raises: OSError."""
        with self.path.open(encoding="utf-8", newline="") as file:
            while part := file.read(length_cp):
                yield part


@dataclass(frozen=True, slots=True)
class SpooledOriginal:
    """The bytes of a file in a file, packed as `contents.pack_original` does."""

    path: Path
    size_bytes: int

    def remove(self) -> None:
        """Remove the file; it may have gone."""
        self.path.unlink(missing_ok=True)

    def chunks(self) -> Iterator[bytes]:
        """Yield the packed bytes. Raises: OSError."""
        with self.path.open("rb") as file:
            while chunk := file.read(_CHUNK_BYTES):
                yield chunk


def spool_folder(library: Path) -> Path:
    """Return where the spools of a library are written; it need not exist."""
    return library / _FOLDER


def clear_spools(library: Path) -> None:
    """Remove what is left of spools; for the one writer of the library."""
    shutil.rmtree(spool_folder(library), ignore_errors=True)


class _Spool:
    """A new file, as a context manager; it is removed where the block ends with an error.

    Raises: OSError where there is no room.
    """

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._path = folder / secrets.token_hex(8)
        self._file = self._path.open("xb")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        try:
            self._file.close()
        finally:
            if kind is not None:
                self._path.unlink(missing_ok=True)


class TextSpool(_Spool):
    """Writes a text that comes in pieces."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self._hash = hashlib.blake2b(digest_size=HASH_BYTES)
        self._char_count = 0

    def add(self, piece: str) -> None:
        """Write the next piece. Raises: OSError."""
        data = piece.encode()
        self._file.write(data)
        self._hash.update(data)
        self._char_count += len(piece)

    def finished(self) -> SpooledText:
        """Return the text, of which nothing more will come. Raises: OSError."""
        self._file.flush()
        return SpooledText(self._path, self._char_count, self._hash.digest())


class OriginalSpool(_Spool):
    """Packs the bytes of a file that come in chunks."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self._packer = zlib.compressobj(ORIGINAL_LEVEL)

    def add(self, chunk: bytes) -> None:
        """Pack the next chunk. Raises: OSError."""
        self._file.write(self._packer.compress(chunk))

    def finished(self) -> SpooledOriginal:
        """Return the original, of which nothing more will come. Raises: OSError."""
        self._file.write(self._packer.flush())
        self._file.flush()
        return SpooledOriginal(self._path, self._file.tell())
