from __future__ import annotations

import pytest

from incipit.errors import BugError
from incipit.models import SortKey

ORDERS = [SortKey.NAME, SortKey.FOLDER, SortKey.ADDED, SortKey.LENGTH]


@pytest.fixture
def many(store, corpus):
    names = [
        f"{'AbC'[number % 3]}/{'same' if number % 4 else number}.{number}" for number in range(40)
    ]
    records = [
        corpus.record(name, "word " * (number % 5), id=100 - number)
        for number, name in enumerate(names)
    ]
    store.write_batch(records[:20])
    store.write_batch(records[20:])
    store.remove([records[5].id, records[30].id])
    return store


@pytest.mark.parametrize("descending", [False, True])
@pytest.mark.parametrize("sort", ORDERS)
@pytest.mark.parametrize("limit", [1, 7, 100])
def test_pages_put_together_are_the_whole_order(many, sort, descending, limit):
    found = []
    after_id = None
    while page := many.page(sort, descending=descending, after_id=after_id, limit=limit):
        found += [document.id for document in page]
        after_id = page[-1].id

    assert found == many.ids_in_order(sort, descending=descending).tolist()
    assert len(found) == 38


@pytest.mark.parametrize("sort", ORDERS)
def test_page_after_a_document_that_is_gone_is_empty(many, sort):
    assert many.page(sort, after_id=10_000) == ()
    assert many.page(sort, after_id=95) == ()


def test_orders_that_only_a_query_gives_are_refused(store):
    with pytest.raises(BugError):
        store.page(SortKey.HITS)
