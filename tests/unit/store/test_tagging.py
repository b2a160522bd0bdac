from __future__ import annotations

import pytest

from incipit.errors import UserError


def test_tags_are_put_on_and_taken_off(store, corpus):
    ids = corpus.add_all("a", "b")
    store.tag(ids, "Turkey")
    store.tag(ids, "TURKEY")
    store.tag([*ids[:1], 99], "Arms")

    assert store.tags_of(ids[0]) == ("Arms", "Turkey")
    assert store.tag_counts() == {"Arms": 1, "Turkey": 2}
    store.untag(ids[:1], "arms")
    assert store.tag_counts() == {"Turkey": 2}


def test_removed_documents_do_not_count_and_come_back_tagged(store, corpus):
    ids = corpus.add_all("a", "b")
    store.tag(ids, "Turkey")
    removal = store.remove(ids[:1])
    assert store.tag_counts() == {"Turkey": 1}

    store.undo_removal(removal.id)

    assert store.tag_counts() == {"Turkey": 2}


def test_tag_needs_a_name(store, corpus):
    with pytest.raises(UserError):
        store.tag([corpus.add("a")], " ")
