"""Mending what a check found: from the files, from the library itself, or not at all.

A row in which one bit has changed is set right by its checksum. What else has changed on the disk
is read again from the file, or from the original that the library keeps, and taken only where it
is what was there (by its hash). What cannot be mended is left as it is, for a backup to restore; a
second check tells.
"""

from __future__ import annotations

import logging
import zlib
from collections.abc import Iterator, Sequence, Set
from dataclasses import replace
from pathlib import Path

from incipit.errors import LibraryUnusable, UserError
from incipit.models import Damage, Document, ImportReport, Repair, TitleKind
from incipit.services.ingestion import first_title, new_document
from incipit.services.naming import name_documents
from incipit.services.reading_files import read_file
from incipit.services.workshop import Workshop
from incipit.store.checksums import ChangedRow
from incipit.store.contents import file_hash
from incipit.store.library_store import Store
from incipit.store.records import FileTask, NewDocument, NewTitle
from incipit.text.decoding import decode
from incipit.text.tokens import count_terms

_log = logging.getLogger(__name__)

#: What may come of a changed bit in a row.
_OF_ROWS = {Repair.ROWS, Repair.FACTS, Repair.TITLES}


def repair(shop: Workshop, damages: Sequence[Damage], *, limit_bytes: int) -> ImportReport:
    """Mend what can be mended of ``damages``; files of more than ``limit_bytes`` are not read.

    Raises: Cancelled.
    """
    kinds = {damage.repair for damage in damages}
    # A check that finds the file itself broken looks at no rows, and they cannot be read.
    rows_can_be_read = not kinds.isdisjoint(_OF_ROWS)
    if rows_can_be_read:
        mended = _mend_rows(shop)
        damages = [_without(damage, mended) for damage in damages]
    # After the rows from which they are made.
    if Repair.KEYS in kinds:
        _renew_keys(shop.store)
    if Repair.QUEUE in kinds:
        shop.store.mend_queue()
    for damage in damages:
        shop.step()
        if damage.repair is Repair.WORDS:
            shop.store.queue_again(damage.document_ids)
        if damage.repair is Repair.CONTENTS:
            _read_again(shop.store, damage, limit_bytes)
        if damage.repair is Repair.FACTS:
            for document_id in damage.document_ids:
                shop.store.mend_facts(document_id)
    anew = _take_anew(shop, limit_bytes) if rows_can_be_read else []
    report = shop.update_index(rebuild=Repair.INDEX in kinds)
    titles = [damage for damage in damages if damage.repair is Repair.TITLES]
    _name_again(shop, [*anew, *(number for damage in titles for number in damage.document_ids)])
    return report


def _mend_rows(shop: Workshop) -> set[ChangedRow]:
    """Set the rows right of which one bit has changed, and return them."""
    mended = set()
    for row in shop.store.changed_rows(shop.control):
        shop.step()
        if shop.store.mend_row(row):
            mended.add(row)
    return mended


def _without(damage: Damage, mended: Set[ChangedRow]) -> Damage:
    """Return a damage without the documents that have their titles and facts again."""
    if damage.repair not in (Repair.TITLES, Repair.FACTS):
        return damage
    left = [one for one in damage.document_ids if ChangedRow("documents", one) not in mended]
    return replace(damage, document_ids=tuple(left))


def _take_anew(shop: Workshop, limit_bytes: int) -> list[int]:
    """Take documents whose rows are still wrong from their files, as an import does.

    That a file is what it was tells that its place is right, and its text; the rest follows from
    these. Only the moment when it was added cannot be told, and stays. Returns the documents.
    """
    changed = shop.store.changed_rows(shop.control)
    wrong = [row.number for row in changed if row.table == "documents"]
    anew = []
    for document in shop.store.documents(wrong):
        shop.step()
        record = _from_file(shop.store, document, limit_bytes)
        if record is not None:
            shop.store.write_batch([record])
            shop.store.vouch_for(document.id)
            anew.append(document.id)
    return anew


def _from_file(store: Store, document: Document, limit_bytes: int) -> NewDocument | None:
    """Return what the file of a document makes it, or None where it is another file."""
    known = store.known_files([document.path]).get(document.path)
    sources = {source.id: Path(source.path) for source in store.sources()}
    source = sources.get(document.source_id)
    if known is None or known.id != document.id or source is None:
        return None
    try:
        content = read_file(document.path, limit_bytes=limit_bytes)
        decoded = decode(content.data, encoding=known.encoding)
    except (OSError, ValueError, UserError) as problem:
        _not_read(document, problem)
        return None
    if (
        file_hash(content.data) != known.file_hash
        or decoded.text != store.text(document.id)
        or not Path(document.path).is_relative_to(source)
    ):
        return None
    chosen = known.encoding if known.encoding_chosen else None
    task = FileTask(document.id, document.source_id, document.path, encoding=chosen)
    return new_document(task, content, known.file_hash, decoded, count_terms(decoded.text))


def _name_again(shop: Workshop, document_ids: Sequence[int]) -> None:
    titles = []
    for document in shop.store.documents(document_ids):
        text = shop.store.text(document.id)
        title, kind = first_title(text, document.path, is_slab=document.is_slab)
        titles.append(NewTitle(document.id, title, kind))
    shop.store.set_titles(titles)
    opening = [one.document_id for one in titles if one.title_kind is TitleKind.INCIPIT]
    name_documents(shop, opening)


def _renew_keys(store: Store) -> None:
    try:
        store.mend_keys()
    except LibraryUnusable as problem:
        _log.warning("the indexes of the library file cannot be made anew: %s", problem)


def _read_again(store: Store, damage: Damage, limit_bytes: int) -> None:
    for document in store.documents(damage.document_ids):
        for data in _sources(store, document, limit_bytes):
            try:
                text = decode(data, encoding=document.encoding).text
            except UserError:
                continue
            store.mend_contents(text, data)


def _sources(store: Store, document: Document, limit_bytes: int) -> Iterator[bytes]:
    """Yield the bytes of a document's file from wherever they may be had."""
    try:
        original = store.original(document.id)
    except zlib.error:
        original = None
    if original is not None:
        yield original
    try:
        yield read_file(document.path, limit_bytes=limit_bytes).data
    except (OSError, ValueError, UserError) as problem:
        _not_read(document, problem)


def _not_read(document: Document, problem: Exception) -> None:
    _log.info("document %d cannot be read again: %s", document.id, problem)
