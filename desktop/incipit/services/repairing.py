"""Mending what a check found: from the files, from the library itself, or not at all.

What has changed on the disk is read again from the file, or from the original that the library
keeps, and taken only where it is what was there (by its hash). What cannot be mended is left as
it is, for a backup to restore; a second check tells.
"""

from __future__ import annotations

import logging
import zlib
from collections.abc import Iterator, Sequence

from incipit.errors import LibraryUnusable, UserError
from incipit.models import Damage, Document, ImportReport, Repair, TitleKind
from incipit.services.ingestion import first_title
from incipit.services.naming import name_documents
from incipit.services.reading_files import read_file
from incipit.services.workshop import Workshop
from incipit.store.library_store import Store
from incipit.store.records import NewTitle
from incipit.text.decoding import decode

_log = logging.getLogger(__name__)


def repair(shop: Workshop, damages: Sequence[Damage], *, limit_bytes: int) -> ImportReport:
    """Mend what can be mended of ``damages``; files of more than ``limit_bytes`` are not read.

    Raises: Cancelled.
    """
    kinds = {damage.repair for damage in damages}
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
    report = shop.update_index(rebuild=Repair.INDEX in kinds)
    titles = [damage for damage in damages if damage.repair is Repair.TITLES]
    _name_again(shop, [number for damage in titles for number in damage.document_ids])
    return report


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
        _log.info("document %d cannot be read again: %s", document.id, problem)
