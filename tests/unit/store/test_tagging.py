from __future__ import annotations

import pytest

from incipit.errors import UserError


def test_tags_are_put_on_and_taken_off(store, corpus):
    ids = corpus.add_all("a", "b")
    store.change_tags(ids, ["Turkey"], [])
    store.change_tags(ids, ["TURKEY"], [])
    store.change_tags([*ids[:1], 99], ["Arms"], [])

    assert store.tags_of(ids[0]) == ("Arms", "Turkey")
    assert store.tag_counts() == {"Arms": 1, "Turkey": 2}
    store.change_tags(ids[:1], [], ["arms"])
    assert store.tag_counts() == {"Turkey": 2}


def test_removed_documents_do_not_count_and_come_back_tagged(store, corpus):
    ids = corpus.add_all("a", "b")
    store.change_tags(ids, ["Turkey"], [])
    removal = store.remove(ids[:1])
    assert store.tag_counts() == {"Turkey": 1}

    store.undo_removal(removal.id)

    assert store.tag_counts() == {"Turkey": 2}


def test_tag_needs_a_name(store, corpus):
    with pytest.raises(UserError):
        store.change_tags([corpus.add("a")], [" "], [])


def test_a_change_can_be_taken_back_as_it_was(store, corpus):
    ids = corpus.add_all("a", "b", "c")
    store.change_tags(ids[:2], ["Arms"], [])
    store.change_tags(ids[2:], ["Turkey"], [])

    made = store.change_tags(ids, ["Arms", "New"], ["turkey"])

    assert store.tag_counts() == {"Arms": 3, "New": 3}
    assert dict(made.added) == {"Arms": (ids[2],), "New": tuple(ids)}
    assert dict(made.removed) == {"turkey": (ids[2],)}
    store.repeat_tags(made.reversed())
    assert store.tag_counts() == {"Arms": 2, "turkey": 1}
    assert store.tags_of(ids[2]) == ("turkey",)


def test_a_change_without_a_name_changes_nothing(store, corpus):
    ids = corpus.add_all("a")
    store.change_tags(ids, ["Arms"], [])
    with pytest.raises(UserError):
        store.change_tags(ids, [" "], ["Arms"])

    assert store.tag_counts() == {"Arms": 1}


def test_tags_are_counted_among_some_documents(store, corpus):
    ids = corpus.add_all("a", "b", "c")
    store.change_tags(ids[:2], ["Arms"], [])
    store.change_tags(ids[2:], ["Turkey"], [])

    assert store.tag_counts_among(ids[1:]) == {"Arms": 1, "Turkey": 1}
    assert store.tag_counts_among(ids[:1]) == {"Arms": 1, "Turkey": 0}
