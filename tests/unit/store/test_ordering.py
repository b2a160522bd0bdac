from __future__ import annotations

import threading

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from incipit.errors import BugError, Cancelled
from incipit.models import SortKey
from incipit.store.ordering import ORDERS, fold, sorted_by

ids_of = st.lists(st.integers(0, 30), unique=True, max_size=20)


def names(store, ids):
    return [document.name for document in store.documents(ids)]


def test_names_are_ordered_as_people_order_them(store, corpus):
    corpus.add_all("10", "b.txt", "A.txt", "a.txt", "Émile", "émile", "9", "z")

    order = store.ids_in_order(SortKey.NAME)

    assert names(store, order) == ["9", "10", "A.txt", "a.txt", "b.txt", "Émile", "émile", "z"]
    assert order.dtype == np.int64
    assert not order.flags.writeable
    assert store.ids_in_order(SortKey.NAME, descending=True).tolist() == order.tolist()[::-1]


def test_folders_are_ordered_by_their_names_then_by_file(store, corpus):
    corpus.add_all("zoo 10/1", "Ape/2", "ape/1", "zoo 9/10", "zoo 9/2", "bee/9")

    order = [document.path for document in store.documents(store.ids_in_order(SortKey.FOLDER))]

    names = ("Ape/2", "ape/1", "bee/9", "zoo 9/2", "zoo 9/10", "zoo 10/1")
    assert order == [corpus.path(name) for name in names]


def test_length_is_in_words_and_added_in_time(store, corpus):
    corpus.add("a", "one two three")
    corpus.add("b", "one")
    corpus.add("c", "one two")

    assert names(store, store.ids_in_order(SortKey.LENGTH)) == ["b", "c", "a"]
    assert names(store, store.ids_in_order(SortKey.ADDED)) == ["a", "b", "c"]


@pytest.mark.parametrize("sort", [SortKey.RELEVANCE, SortKey.HITS])
def test_orders_that_only_a_query_gives_are_refused(store, sort):
    with pytest.raises(BugError):
        store.ids_in_order(sort)


def test_order_follows_every_change_of_the_list(store, corpus):
    ids = corpus.add_all("b", "a")
    assert store.ids_in_order(SortKey.NAME).tolist() == ids[::-1]
    removal = store.remove(ids[:1])
    assert store.ids_in_order(SortKey.NAME).tolist() == ids[1:]
    store.undo_removal(removal.id)
    assert store.ids_in_order(SortKey.NAME).tolist() == ids[::-1]
    store.write_batch([corpus.record("a", "x " * 50, id=ids[1])])
    assert store.ids_in_order(SortKey.LENGTH).tolist() == ids


def test_unchanged_list_is_not_read_again(store, corpus):
    corpus.add_all("b", "a")

    first = store.ids_in_order(SortKey.NAME)
    store.queue_done(store.take_queue(9))

    assert store.ids_in_order(SortKey.NAME) is first


def test_results_are_sorted_and_lose_what_is_gone(store, corpus):
    ids = corpus.add_all("c", "b", "a", "d")
    store.remove([ids[3]])
    result = np.array([ids[0], ids[3], ids[2], 10_000, ids[1]], np.int64)

    assert names(store, store.sort(result, SortKey.NAME)) == ["a", "b", "c"]
    assert names(store, store.sort(result, SortKey.NAME, descending=True)) == ["c", "b", "a"]
    assert store.ranks(SortKey.NAME)[ids[2]] == 0
    assert store.ranks(SortKey.NAME)[ids[3] :].tolist() in ([], [-1])


def test_duplicates_fold_to_the_first_of_the_result(store, corpus):
    a, b, c, d = (corpus.add(name, text) for name, text in zip("abcd", "xyxx", strict=True))

    assert store.folded(np.array([c, b, a, d], np.int64)).tolist() == [c, b]
    store.remove([c])
    assert store.folded(np.array([c, d, b, a], np.int64)).tolist() == [d, b]


@pytest.mark.parametrize("sort", [SortKey.NAME, SortKey.FOLDER, SortKey.ADDED, SortKey.LENGTH])
def test_empty_library_has_empty_orders(store, sort):
    nothing = np.empty(0, np.int64)

    assert store.ids_in_order(sort).tolist() == []
    assert store.sort(nothing, sort).tolist() == []
    assert store.folded(nothing).tolist() == []


@given(ids_of, ids_of, st.booleans())
def test_sorting_by_ranks_is_what_sorting_by_place_is(order, asked, descending):
    ranks = np.full(31, -1, np.int64)
    ranks[order] = np.arange(len(order))

    found = sorted_by(np.array(asked, np.int64), ranks, descending=descending).tolist()

    expected = sorted((one for one in asked if one in order), key=order.index, reverse=descending)
    assert found == expected


@given(st.lists(st.integers(-1, 5), min_size=31, max_size=31), ids_of)
def test_folding_keeps_the_first_of_each_text(texts, asked):
    found = fold(np.array(asked, np.int64), np.array(texts, np.int64)).tolist()

    seen: dict[int, int] = {}
    for one in asked:
        seen.setdefault(texts[one], one)
    seen.pop(-1, None)
    assert found == list(seen.values())


def test_orders_are_read_ahead_unless_cancelled(store, corpus):
    corpus.add_all("a", "b")
    read = store._orders._arrays
    cancel = threading.Event()
    cancel.set()
    with pytest.raises(Cancelled):
        store.prepare_orders(cancel)
    assert not read
    store.prepare_orders(threading.Event())
    ahead = dict(read)
    assert len(ahead) == len(ORDERS)
    for sort in ORDERS:
        assert any(store.ids_in_order(sort) is array for array in ahead.values())
