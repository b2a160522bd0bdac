"""How values are written into columns: hashes, originals, paths, keys and times.

Pure functions without SQL. Import workers use `text_hash`, `file_hash` and `pack_original`.
"""

from __future__ import annotations

import hashlib
import os
import re
import unicodedata
import zlib
from datetime import UTC, datetime, timedelta

from incipit.text.folding import folded

#: The length of both hashes.
HASH_BYTES = 16
#: How hard originals are compressed.
ORIGINAL_LEVEL = 6
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_INT64 = 1 << 64
_DIGITS = re.compile("[0-9]+")


def text_hash(text: str) -> bytes:
    """Return the 16 bytes that stand for a decoded text: equal texts are stored once."""
    return hashlib.blake2b(text.encode(), digest_size=HASH_BYTES).digest()


def file_hash(data: bytes) -> bytes:
    """Return the 16 bytes that stand for the bytes of a file."""
    return hashlib.blake2b(data, digest_size=HASH_BYTES).digest()


def pack_original(data: bytes) -> bytes:
    """Compress the bytes of a file whose decoding cannot be undone."""
    return zlib.compress(data, ORIGINAL_LEVEL)


def unpack_original(packed: bytes) -> bytes:
    """Return the bytes that went into `pack_original`.

    Raises:
        zlib.error: the bytes are damaged.
    """
    return zlib.decompress(packed)


def as_file(content: bytes, encoding: str) -> bytes | None:
    """Return the bytes of a file whose text is UTF-8 in ``content``, or None where it is not."""
    if encoding == "utf-8" or (encoding == "ascii" and content.isascii()):
        return content
    try:
        return content.decode().encode(encoding)
    except (LookupError, ValueError):
        return None


def split_path(path: str) -> tuple[bytes, bytes]:
    """Return a path as (folder with its closing separator, name), in the bytes of the system.

    The two joined are the path again, byte for byte, whatever its encoding.
    """
    at = path.rfind(os.sep) + 1
    return os.fsencode(path[:at]), os.fsencode(path[at:])


def join_path(folder: bytes, name: bytes) -> str:
    """Return the path that `split_path` took apart."""
    return os.fsdecode(folder + name)


def paths_inside(folder: bytes) -> tuple[bytes, bytes]:
    """Return the bounds of all paths in ``folder``, however deep: the first, and one behind."""
    separator = os.fsencode(os.sep)
    inside = folder.rstrip(separator) + separator
    return inside, inside[:-1] + bytes([inside[-1] + 1])


def folder_of(folder: bytes) -> str:
    """Return a stored folder without its closing separator; the root stays as it is."""
    text = os.fsdecode(folder)
    return text[:-1] if len(text) > 1 else text


def storable(text: str) -> str:
    """Return a text that SQLite can hold: lone surrogates become visible escapes."""
    return text.encode("utf-8", "backslashreplace").decode()


def search_key(name: str) -> str:
    """Return the form in which names and folders are looked for: folded as words are.

    Bytes that are not text become U+FFFD.
    """
    if name.isascii():
        return name.lower()
    shown = name.encode("utf-8", "surrogateescape" if os.name != "nt" else "replace")
    return folded(shown.decode("utf-8", "replace"))


def order_key(name: str) -> str:
    """Return the form in which names and folders are sorted: as text, numbers by their value.

    ``9.txt`` comes before ``10.txt``: before a number stands how many digits it has.
    """
    return _DIGITS.sub(_with_length, search_key(name))


def _with_length(number: re.Match[str]) -> str:
    digits = number[0].lstrip("0") or "0"
    # In this way of counting (1 to 8, 90 to 98, 990 and on) text order is the order of lengths.
    nines, rest = divmod(len(digits), 9)
    return f"{'9' * nines}{rest}{digits}"


def tag_key(name: str) -> str:
    """Return the form in which tags are told apart: case and how accents are composed aside."""
    composed = unicodedata.normalize("NFC", storable(name))
    return unicodedata.normalize("NFC", composed.casefold())


def timestamp(moment: datetime) -> str:
    """Return a moment as ISO 8601 in UTC, always as wide, so that text order is time order."""
    utc = moment.astimezone(UTC).replace(tzinfo=None)
    return utc.isoformat(timespec="microseconds") + "Z"


def moment_of(stamp: str) -> datetime:
    """Return the moment that `timestamp` wrote."""
    return datetime.fromisoformat(stamp)


def moment_of_ns(time_ns: int) -> datetime:
    """Return the moment of a stored file time, to the microsecond."""
    return _EPOCH + timedelta(microseconds=time_ns // 1000)


def storable_ns(time_ns: int) -> int:
    """Return a file time as SQLite holds it: those after 2262 (or before 1677) become the last."""
    return max(-_INT64 // 2, min(time_ns, _INT64 // 2 - 1))


def unsigned(number: object) -> int | None:
    """Return the number that `signed` wrote."""
    return number % _INT64 if isinstance(number, int) else None


def signed(number: int | None) -> int | None:
    """Return an unsigned 64-bit number (an inode) as the signed one that SQLite holds."""
    if number is None:
        return None
    low = number % _INT64
    return low - _INT64 if low >= _INT64 // 2 else low
