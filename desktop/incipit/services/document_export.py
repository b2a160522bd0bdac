"""Documents as files: the list of those that were found, and the texts of some of them."""

from __future__ import annotations

import csv
import json
import os
import secrets
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from incipit import __version__
from incipit.errors import Cancelled, UserError
from incipit.models import CancelToken, Document, SearchResult
from incipit.services.replacing import replacing

if TYPE_CHECKING:
    from incipit.store.library_store import Store

Progress = Callable[[int, int], None]

COLUMNS = ("id", "title", "path", "hits", "words", "size_bytes", "encoding", "copies")
_READ_AT_ONCE = 500
_LONGEST_NAME_BYTES = 200
_ABOUT_SUFFIX = ".about.json"


class ListFormat(StrEnum):
    """What a list is written as; the value is the usual ending of the file's name."""

    CSV = "csv"
    JSON_LINES = "jsonl"


def export_list(
    store: Store,
    result: SearchResult,
    path: Path,
    form: ListFormat,
    *,
    cancel: CancelToken,
    progress: Progress = lambda _done, _total: None,
) -> int:
    """Write the documents of ``result`` in its order to ``path``; return how many.

    The file appears when it is whole. Documents that are gone are left out. JSON Lines say at
    their beginning what was asked, CSV in a second file beside it.

    Raises: Cancelled; UserError where the file cannot be written.
    """
    about = _about(store, result)
    written = 0

    def records() -> Iterator[dict[str, object]]:
        nonlocal written
        for document, hits in _documents(store, result, cancel, progress):
            written += 1
            yield dict(zip(COLUMNS, _values(document, hits), strict=True))

    with ExitStack() as files:
        # Spreadsheets take a file for UTF-8 by its mark.
        encoding = "utf-8-sig" if form is ListFormat.CSV else "utf-8"
        if form is ListFormat.CSV:
            beside = files.enter_context(replacing(path.with_name(path.name + _ABOUT_SUFFIX)))
            json.dump(about, beside, indent=2, ensure_ascii=False)
        stream = files.enter_context(replacing(path, encoding=encoding))
        if form is ListFormat.CSV:
            writer = csv.DictWriter(stream, COLUMNS, lineterminator="\r\n")
            writer.writeheader()
            writer.writerows(records())
        else:
            stream.write(json.dumps({"about": about}, ensure_ascii=False) + "\n")
            stream.writelines(json.dumps(one, ensure_ascii=False) + "\n" for one in records())
    return written


def export_texts(
    store: Store,
    ids: Sequence[int],
    folder: Path,
    *,
    cancel: CancelToken,
    progress: Progress = lambda _done, _total: None,
) -> int:
    """Write the texts of documents, in UTF-8, into a new ``folder``; return how many.

    The folder appears when it is whole. Files are named as the originals, with a number where
    two have one name. Documents that are gone are left out.

    Raises: Cancelled; UserError where the folder is there already or cannot be written.
    """
    if folder.exists():
        raise _unwritable(folder, "there is something of this name already")
    making = folder.with_name(f".incipit-{secrets.token_hex(8)}.part")
    try:
        making.mkdir()
        count = _write_texts(store, ids, making, cancel, progress)
        making.replace(folder)
    except OSError as problem:
        raise _unwritable(folder, problem.strerror or str(problem)) from problem
    finally:
        shutil.rmtree(making, ignore_errors=True)
    return count


def _write_texts(
    store: Store, ids: Sequence[int], folder: Path, cancel: CancelToken, progress: Progress
) -> int:
    taken: set[str] = set()
    for done, document in enumerate(store.documents(ids), 1):
        if cancel.is_set():
            raise Cancelled
        name = _free_name(document.name, taken)
        with (folder / name).open("w", encoding="utf-8", newline="\n") as stream:
            stream.write(store.text(document.id))
        progress(done, len(ids))
    return len(taken)


def _documents(
    store: Store, result: SearchResult, cancel: CancelToken, progress: Progress
) -> Iterator[tuple[Document, int]]:
    total = len(result.document_ids)
    for start in range(0, total, _READ_AT_ONCE):
        if cancel.is_set():
            raise Cancelled
        part = slice(start, start + _READ_AT_ONCE)
        ids = result.document_ids[part].tolist()
        hits = dict(zip(ids, result.hits[part].tolist(), strict=True))
        for document in store.documents(ids):
            yield document, hits[document.id]
        progress(min(start + _READ_AT_ONCE, total), total)


def _values(document: Document, hits: int) -> tuple[object, ...]:
    return (
        document.id,
        document.title,
        document.path,
        hits,
        document.word_count,
        document.size_bytes,
        document.encoding,
        document.copies,
    )


def _about(store: Store, result: SearchResult) -> dict[str, object]:
    request = result.request
    return {
        "query": request.query,
        "sort": request.sort.value,
        "descending": request.descending,
        "copies_folded": request.fold_duplicates,
        "documents": len(result.document_ids),
        "hits": result.total_hits,
        "library": store.folder.name,
        "program": f"Incipit {__version__}",
        "date": datetime.now(UTC).astimezone().isoformat(timespec="seconds"),
    }


def _free_name(name: str, taken: set[str]) -> str:
    """Return a name for a file that none of ``taken`` has, whatever its case; note it there."""
    safe = "".join("_" if one in '<>:"/\\|?*' or one < " " else one for one in name)
    plain = Path(safe.strip(" .") or "document")
    stem, ending = plain.stem, plain.suffix
    while len(os.fsencode(stem)) > _LONGEST_NAME_BYTES:
        stem = stem[:-1]
    free, number = stem + ending, 1
    while free.casefold() in taken:
        number += 1
        free = f"{stem} ({number}){ending}"
    taken.add(free.casefold())
    return free


def _unwritable(folder: Path, reason: str) -> UserError:
    return UserError(
        f"The texts cannot be written: {reason}.",
        advice="Choose another place.",
        subject=str(folder),
        code="write",
    )
