from __future__ import annotations

import pytest

from incipit.errors import UserError
from incipit.store.library_store import Store


def test_reading_position_is_remembered(store, corpus, folder):
    first, second = corpus.add_all("a", "b")
    store.remember_position(first, 100)
    store.remember_position(first, 4321)

    with Store.open(folder, writable=False) as again:
        assert again.reading_position(first) == 4321
        assert again.reading_position(second) is None


def test_position_of_a_missing_document_is_passed_over(store):
    store.remember_position(99, 5)

    assert store.reading_position(99) is None


def test_recent_searches_come_latest_first_and_once(store):
    for query in ("a", "b", "a", "\ud800"):
        store.remember_search(query)

    assert store.recent_searches() == ("\\ud800", "a", "b")
    store.forget_searches()
    assert store.recent_searches() == ()


def test_fifty_recent_searches_stay(store):
    for number in range(60):
        store.remember_search(f"query {number}")

    recent = store.recent_searches()
    assert len(recent) == 50
    assert (recent[0], recent[-1]) == ("query 59", "query 10")


def test_saved_searches_are_kept_by_name(store):
    store.save_search(" War ", "war OR peace")
    kept = store.save_search("Art", "art")
    again = store.save_search("Art", "art*")

    assert again.id == kept.id
    assert [(search.name, search.query) for search in store.saved_searches()] == [
        ("Art", "art*"),
        ("War", "war OR peace"),
    ]
    store.delete_saved_search(kept.id)
    store.delete_saved_search(kept.id)
    assert [search.name for search in store.saved_searches()] == ["War"]


def test_saved_search_is_given_another_name(store):
    ships, rain = store.save_search("Ships", "ship*"), store.save_search("Rain", "rain")
    store.rename_saved_search(ships.id, " Boats ")
    store.rename_saved_search(99, "Nobody")
    store.rename_saved_search(rain.id, "Rain")
    assert [(one.id, one.name, one.query) for one in store.saved_searches()] == [
        (ships.id, "Boats", "ship*"),
        (rain.id, "Rain", "rain"),
    ]
    for name in ("Rain", "  "):
        with pytest.raises(UserError) as caught:
            store.rename_saved_search(ships.id, name)
        assert caught.value.code == "name"


def test_saved_search_needs_a_name(store):
    with pytest.raises(UserError):
        store.save_search("  ", "query")
