"""The table of contents: which segments an index has, written so that it can be trusted.

Whoosh keeps a pickle in a file called after the generation. This module writes the same file
with an appendix: the same facts in JSON, the stamp of the index, and a digest of everything
before it. Reading checks the digest and takes the appendix; the pickle is there for Whoosh and
is never loaded, so that an index that came from somewhere else runs nothing.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
import re
import struct
import sys
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh import __version__ as whoosh_version
from whoosh.fields import Schema
from whoosh.filedb.filestore import RamStorage
from whoosh.index import TOC

from incipit.errors import IndexUnusable
from incipit.index.column_file import FORMAT_VERSION
from incipit.index.schema import index_schema, text_fields
from incipit.index.segment import INDEX_NAME, ColumnarSegment
from incipit.text.tokens import TOKENISER

_MAGIC = b"incipit\r"
_FOOTER = struct.Struct("<Q16s8s")  # length of the appendix, digest, magic
_NAME = re.compile(rf"^_{INDEX_NAME}_([0-9]+)\.toc$")
_SEGMENT_ID = re.compile(r"^[0-9a-z]{1,32}$")
_DIGEST_BYTES = 16

#: A listing can miss a file that is replaced by its successor meanwhile, but not time and again.
_LISTINGS = 3


@dataclass(slots=True)
class Contents:
    """What an index consists of at one moment; the names are those that Whoosh reads."""

    identity: str
    generation: int
    segments: list[ColumnarSegment]
    schema: Schema = field(default_factory=index_schema)
    release: tuple[int, ...] = whoosh_version
    version: int = FORMAT_VERSION


def latest_generation(folder: Path) -> int:
    """Return the number of the newest table of contents, or -1 where there is none."""
    for _ in range(_LISTINGS):
        try:
            names = [path.name for path in folder.iterdir()]
        except OSError:
            return -1
        found = [int(match[1]) for name in names if (match := _NAME.match(name))]
        if found:
            return max(found)
    return -1


def read_contents(folder: Path, generation: int | None = None) -> Contents:
    """Read and check a table of contents, the newest unless another is named.

    Raises:
        IndexUnusable: there is none, or it is damaged, foreign or of another version.
        OSError: it vanished or cannot be read.
    """
    if generation is None:
        generation = latest_generation(folder)
    if generation < 0:
        raise IndexUnusable("there is no index")
    data = (folder / toc_name(generation)).read_bytes()
    payload = _checked_appendix(data)
    try:
        return _parse(payload, generation)
    except (ValueError, TypeError, KeyError, zlib.error) as error:
        raise IndexUnusable("the table of contents cannot be read") from error


def write_contents(folder: Path, contents: Contents) -> None:
    """Write a table of contents durably, under its generation; then it is the newest.

    Raises:
        FileExistsError: that generation exists.
        OSError: the disk is full, the folder is gone.
    """
    data = _whoosh_bytes(contents)
    appendix = json.dumps(_payload(contents), separators=(",", ":")).encode()
    digest = _digest(data + appendix)
    data += appendix + _FOOTER.pack(len(appendix), digest, _MAGIC)
    path = folder / toc_name(contents.generation)
    if path.exists():
        raise FileExistsError(path)
    temporary = path.with_name(f".{path.name}.tmp")
    with temporary.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)
    sync_folder(folder)


def toc_name(generation: int) -> str:
    """Return the file name of a table of contents."""
    return f"_{INDEX_NAME}_{generation}.toc"


def sync_folder(folder: Path) -> None:
    """Wait until the disk knows the names in a folder."""
    if sys.platform == "win32":
        return  # A folder cannot be synced there; the file system journals names by itself.
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _whoosh_bytes(contents: Contents) -> bytes:
    storage = RamStorage()
    TOC(contents.schema, contents.segments, contents.generation).write(storage, INDEX_NAME)
    data: bytes = storage.files[toc_name(contents.generation)]
    return data


def _digest(data: bytes) -> bytes:
    return hashlib.blake2b(data, digest_size=_DIGEST_BYTES).digest()


def _payload(contents: Contents) -> dict[str, Any]:
    return {
        "format": FORMAT_VERSION,
        "tokeniser": TOKENISER,
        "identity": contents.identity,
        "generation": contents.generation,
        "fields": list(text_fields(contents.schema)),
        "segments": [
            {"id": s.segid, "docs": s.doc_count_all(), "live": _encode_live(s.live)}
            for s in contents.segments
        ],
    }


def _checked_appendix(data: bytes) -> dict[str, Any]:
    if len(data) < _FOOTER.size:
        raise IndexUnusable("the table of contents is too short")
    length, digest, magic = _FOOTER.unpack(data[-_FOOTER.size :])
    if magic != _MAGIC:
        raise IndexUnusable("the table of contents is not of this program, or truncated")
    body = data[: -_FOOTER.size]
    if digest != _digest(body) or length > len(body):
        raise IndexUnusable("the table of contents has changed")
    try:
        payload = json.loads(body[len(body) - length :])
    except ValueError as error:
        raise IndexUnusable("the table of contents cannot be read") from error
    if not isinstance(payload, dict):
        raise IndexUnusable("the table of contents cannot be read")
    if payload.get("format") != FORMAT_VERSION:
        raise IndexUnusable(f"the index has format {payload.get('format')}, not {FORMAT_VERSION}")
    if payload.get("tokeniser") != TOKENISER:
        raise IndexUnusable("the index was made with another tokeniser")
    return payload


def _parse(payload: dict[str, Any], generation: int) -> Contents:
    if payload["generation"] != generation:
        raise ValueError("generation")
    fields: Sequence[str] = [str(name) for name in payload["fields"]]
    segments = [_parse_segment(item) for item in payload["segments"]]
    return Contents(str(payload["identity"]), generation, segments, index_schema(fields))


def _parse_segment(item: dict[str, Any]) -> ColumnarSegment:
    segid, docs = item["id"], item["docs"]
    if not _SEGMENT_ID.match(segid) or not isinstance(docs, int) or docs < 0:
        raise ValueError("segment")
    return ColumnarSegment(segid, docs, _decode_live(item["live"], docs))


def _encode_live(live: NDArray[np.bool_] | None) -> str:
    if live is None:
        return ""
    return base64.b64encode(zlib.compress(np.packbits(live).tobytes(), 1)).decode()


def _decode_live(text: str, docs: int) -> NDArray[np.bool_] | None:
    if not text:
        return None
    size = -(-docs // 8)
    packed = zlib.decompressobj().decompress(base64.b64decode(text, validate=True), size)
    if len(packed) != size:
        raise ValueError("deletions")
    live: NDArray[np.bool_] = np.unpackbits(np.frombuffer(packed, np.uint8), count=docs) == 1
    return live
