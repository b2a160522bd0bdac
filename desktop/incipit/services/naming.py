"""Titles for texts without a heading, from the words that set each apart from the corpus.

Runs after the documents are indexed, since only then is it known how common a word is. Until
then, and for good where the run is cancelled, such a document bears its opening words.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np

from incipit.analysis.word_frequencies import WordFrequencies
from incipit.errors import Cancelled, IndexUnusable
from incipit.index.folder import IndexFolder
from incipit.index.pieces import pieces_by_weight
from incipit.models import JobPhase, TitleKind
from incipit.services.workers import Workers, stopped
from incipit.services.workshop import Workshop
from incipit.store.library_store import Store
from incipit.store.records import NewTitle
from incipit.text.titles import BODY_CP, incipit_title

_BATCH_DOCUMENTS = 500
_INLINE_DOCUMENTS = 100

#: Characters of short texts that are read together.
_CHARS_AT_ONCE = 1 << 21

#: What a title looks at of a longer text gives the title of the whole if so much of it is more than
#: white space around words.
_ENOUGH_CP = 4_000


@dataclass(frozen=True, slots=True)
class _NamingBatch:
    """Documents to name by the words of one generation of the index."""

    library: Path
    index_place: Path
    identity: str
    generation: int
    document_ids: tuple[int, ...]


def name_documents(shop: Workshop, document_ids: Sequence[int]) -> None:
    """Give each of the documents a title from its opening and its distinguishing words.

    Raises: Cancelled.
    """
    if not document_ids:
        return
    shop.progress.restart(JobPhase.NAMING, files_total=len(document_ids))
    batches = _batches(shop, document_ids)
    workers = Workers(_name, split=_halves, lost=lambda _: (), cancel=shop.control)
    with workers.results(batches, here=len(document_ids) <= _INLINE_DOCUMENTS) as results:
        for titles in results:
            shop.store.set_titles(titles)
            shop.progress.advance(len(titles))
            shop.step()


def _batches(shop: Workshop, document_ids: Sequence[int]) -> Iterator[_NamingBatch]:
    generation = shop.index.generation()
    for start in range(0, len(document_ids), _BATCH_DOCUMENTS):
        yield _NamingBatch(
            shop.library,
            shop.segment_folder,
            shop.store.identity,
            generation,
            tuple(document_ids[start : start + _BATCH_DOCUMENTS]),
        )


def _name(batch: _NamingBatch) -> tuple[NewTitle, ...]:
    """Return the titles of a batch, in a worker; none where the index cannot be read."""
    try:
        frequencies, count = _frequencies(batch.index_place, batch.identity, batch.generation)
    except IndexUnusable:
        return ()
    titles = []
    with Store.open(batch.library, writable=False) as store:
        documents = {document.id: document for document in store.documents(batch.document_ids)}
        for document_id, text in _texts(store, list(documents)):
            if stopped():
                raise Cancelled
            title = incipit_title(
                text,
                is_slab=documents[document_id].is_slab,
                document_frequency=frequencies.of,
                document_count=count,
            )
            if title:
                titles.append(NewTitle(document_id, title, TitleKind.INCIPIT))
    return tuple(titles)


def _texts(store: Store, ids: Sequence[int]) -> Iterator[tuple[int, str]]:
    """Yield of each text what its title depends on."""
    lengths = store.char_counts(ids)
    short = [one for one in ids if lengths.get(one, 0) <= BODY_CP]
    weights = np.array([lengths.get(one, 0) for one in short], np.int64)
    for start, end in pieces_by_weight(weights, _CHARS_AT_ONCE):
        yield from store.texts(short[start:end])
    for one in ids:
        if lengths.get(one, 0) > BODY_CP:
            opening = store.text_beginning(one, BODY_CP)
            yield one, opening if _is_enough(opening) else store.text(one)


def _is_enough(opening: str) -> bool:
    return len(opening.strip()) >= _ENOUGH_CP


@lru_cache(maxsize=1)
def _frequencies(index_place: Path, identity: str, _generation: int) -> tuple[WordFrequencies, int]:
    """Return how many documents hold each word, and their number; kept for the next batch."""
    with IndexFolder.open(index_place, identity=identity).snapshot() as snapshot:
        return WordFrequencies(snapshot.word_runs()), snapshot.doc_count


def _halves(batch: _NamingBatch) -> tuple[_NamingBatch, ...]:
    middle = len(batch.document_ids) // 2
    if middle == 0:
        return ()
    return tuple(
        _NamingBatch(batch.library, batch.index_place, batch.identity, batch.generation, part)
        for part in (batch.document_ids[:middle], batch.document_ids[middle:])
    )
