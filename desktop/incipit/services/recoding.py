"""Reading documents again in another encoding, from the bytes that the library keeps.

The files themselves are not needed: where a text does not give its bytes back, the library
has the original. Titles and index follow; a document that the encoding does not fit stays as
it is and is named in the report.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from incipit.errors import UnreadableText, UserError
from incipit.models import Document, FailedFile, ImportReport, JobPhase, Scope, TitleKind
from incipit.services.ingestion import new_document
from incipit.services.naming import name_documents
from incipit.services.reading_files import FileContent, FileState
from incipit.services.workshop import Workshop
from incipit.store.library_store import Store
from incipit.store.records import FileTask, KnownFile, NewDocument
from incipit.text.decoding import as_written, decode
from incipit.text.guessing import plausible
from incipit.text.offsets import Place, place_as_written, place_of
from incipit.text.tokens import count_terms

_BATCH = 500
_BATCH_BYTES = 8 << 20
_LIKELY = 8


@dataclass(frozen=True, slots=True)
class EncodingChoices:
    """What a correction of ``document`` begins from.

    ``likely`` are encodings in which it reads somewhat like text, the most plausible first;
    ``automatic`` is the one that would be chosen, None where none would; ``files`` counts the
    documents in each scope.
    """

    document: Document
    likely: tuple[str, ...]
    automatic: str | None
    files: Mapping[Scope, int]


def choices(store: Store, document_id: int) -> EncodingChoices:
    """Return what could be chosen for a document. Raises: UserError (``gone``)."""
    document = store.document(document_id)
    data = bytes_of(store, document_id)
    try:
        automatic = decode(data).encoding
    except UnreadableText:
        automatic = None
    first = () if automatic is None else (automatic,)
    likely = tuple(dict.fromkeys((*first, document.encoding, *plausible(data))))
    reach: Counter[Scope] = Counter()
    for path, _ in store.files_of(document.source_id):
        reach[Scope.SOURCE] += 1
        reach[Scope.FOLDER] += str(Path(path).parent) == document.folder
    reach[Scope.FILE] = 1
    return EncodingChoices(document, likely[:_LIKELY], automatic, reach)


def preview(store: Store, document_id: int, encoding: str | None) -> str:
    """Return the text of a document as ``encoding`` reads it, without changing anything.

    None is the automatic choice.

    Raises: UnreadableText where it does not fit; UserError (``gone``).
    """
    return decode(bytes_of(store, document_id), encoding=encoding).text


def bytes_of(store: Store, document_id: int) -> bytes:
    """Return the bytes of a document's file as they were imported. Raises: UserError (``gone``)."""
    original = store.original(document_id)
    if original is not None:
        return original
    return store.text(document_id).encode(store.document(document_id).encoding)


def place_in_file(store: Store, document_id: int, text: str, offset_cp: int) -> Place:
    """Return the line and column of a code point of a document in its file as it was written.

    ``text`` is the document's, which whoever asks has read already.

    Raises: UserError (``gone``).
    """
    # What is in ASCII has as many characters as its file has.
    original = None if text.isascii() else store.original(document_id)
    if original is None:
        return place_of(text, offset_cp)
    written = as_written(original, store.document(document_id).encoding)
    return place_as_written(text, written, offset_cp)


def recode(shop: Workshop, document_id: int, scope: Scope, encoding: str | None) -> ImportReport:
    """Read the documents of ``scope`` again and return what changed.

    ``encoding`` None goes back to the automatic choice.

    Raises: Cancelled, UserError (``gone``).
    """
    files = list(_files(shop.store, document_id, scope))
    shop.progress.restart(JobPhase.IMPORTING, files_total=len(files))
    report = ImportReport()
    untitled: list[int] = []
    for part in _parts(files):
        documents, misfits = _read_again(shop.store, part, encoding)
        shop.store.write_batch(documents)
        untitled += [one.id for one in documents if one.title_kind is TitleKind.INCIPIT]
        report = replace(
            report,
            updated=report.updated + len(documents),
            misfits=(*report.misfits, *misfits),
        )
        shop.progress.advance(len(part))
        shop.step()
    shop.update_index()
    name_documents(shop, untitled)
    return replace(report, elapsed_s=shop.progress.elapsed_s)


def _files(store: Store, document_id: int, scope: Scope) -> Iterator[tuple[str, KnownFile]]:
    document = store.document(document_id)
    if scope is Scope.FILE:
        yield from store.known_files([document.path]).items()
        return
    for path, known in store.files_of(document.source_id):
        if scope is Scope.SOURCE or str(Path(path).parent) == document.folder:
            yield path, known


def _parts(files: Sequence[tuple[str, KnownFile]]) -> Iterator[list[tuple[str, KnownFile]]]:
    """Cut files into parts that may be held at once."""
    part: list[tuple[str, KnownFile]] = []
    size_bytes = 0
    for path, known in files:
        size_bytes += known.size_bytes
        if part and (len(part) == _BATCH or size_bytes > _BATCH_BYTES):
            yield part
            part, size_bytes = [], known.size_bytes
        part.append((path, known))
    if part:
        yield part


def _read_again(
    store: Store, files: list[tuple[str, KnownFile]], encoding: str | None
) -> tuple[list[NewDocument], list[FailedFile]]:
    documents: list[NewDocument] = []
    misfits: list[FailedFile] = []
    for path, known in files:
        try:
            data = bytes_of(store, known.id)
            decoded = decode(data, encoding=encoding)
        except UserError as problem:
            misfits.append(FailedFile(path, problem.code, problem.message, problem.advice))
            continue
        state = FileState(len(data), known.mtime_ns, known.device or 0, known.inode or 0)
        content = FileContent(data, state)
        task = FileTask(known.id, known.source_id, path, encoding=encoding)
        token_count = count_terms(decoded.text)
        documents.append(new_document(task, content, known.file_hash, decoded, token_count))
    return documents, misfits
