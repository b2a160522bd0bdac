"""Completions, spellings, split and joined words, from the words of the corpus."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from index_made import SnapshotOf
from index_queries import corpora

from incipit.index.inversion import columns_of
from incipit.index.language import parse
from incipit.index.suggest import completions, document_frequency, phrase_offer, ways_on
from incipit.text.tokens import terms


def snapshot_of(corpus):
    return SnapshotOf(columns_of(texts, range(len(texts))) for texts in corpus)


CORPUS = [
    [
        "turkey said the s 400 missiles are here",
        "erdogan said turkey bought anti aircraft missiles",
        "turkey and erdogan",
    ],
    ["a newspaper of turkey", "the erdogan family said", "isn t it the s 400", "turky"],
]


@pytest.fixture(scope="module")
def snapshot():
    return snapshot_of([[terms(text) for text in texts] for texts in CORPUS])


def count(snapshot):
    from incipit.index.search import search

    return lambda query: len(search(snapshot, parse(query), keys_for=None).keys)


def ways(snapshot, text):
    return {
        way.query: (way.label, way.documents)
        for way in ways_on(snapshot, parse(text), count(snapshot))
    }


@given(corpora, st.sampled_from(["", "a", "ab", "B", "é", "z"]), st.integers(0, 5))
def test_completions_are_the_most_frequent_over_all_segments(corpus, prefix, limit):
    counts = Counter(word for texts in corpus for words in texts for word in set(words))
    folded = prefix.lower().replace("é", "e")
    wanted = sorted((-n, word) for word, n in counts.items() if folded and word.startswith(folded))[
        :limit
    ]

    found = completions(snapshot_of(corpus), prefix, limit)

    assert [(-one.documents, one.word) for one in found] == wanted


def test_completions_look_deeper_where_segments_disagree():
    # In each segment other words come first; only together is "ax" the most frequent.
    ahead = [
        [[f"a{letter}"] for letter in "bcdefghijk" for _ in range(3)] + [["ax"], ["ax"]],
        [[f"a{letter}"] for letter in "lmnopqrstu" for _ in range(3)] + [["ax"], ["ax"]],
    ]

    found = completions(snapshot_of(ahead), "a", limit=1)

    assert [(one.word, one.documents) for one in found] == [("ax", 4)]


@given(corpora, st.sampled_from(["a", "ab", "b"]), st.integers(1, 3), st.sets(st.integers(0, 12)))
def test_documents_that_are_gone_complete_nothing(corpus, prefix, limit, gone):
    made = snapshot_of(corpus)
    counts = Counter()
    for columns, texts in zip(made.collection.segments, corpus, strict=True):
        columns.live = np.array([key % 3 > 0 for key in range(len(texts))])
        for key, words in enumerate(texts):
            if columns.live[key] and key not in gone:
                counts.update(word for word in set(words) if word.startswith(prefix))
    wanted = sorted((-n, word) for word, n in counts.items())[:limit]

    found = completions(made, prefix, limit, gone=np.array(sorted(gone), np.int64))

    assert [(-one.documents, one.word) for one in found] == wanted


def test_document_frequency_counts_all_segments(snapshot):
    assert document_frequency(snapshot, "turkey") == 4
    assert document_frequency(snapshot, "never") == 0


def test_a_phrase_is_offered_with_its_count(snapshot):
    offer = phrase_offer(parse("s 400"), count(snapshot))

    assert (offer.query, offer.documents) == ('"s 400"', 2)
    assert phrase_offer(parse("t 400"), count(snapshot)) is None
    assert phrase_offer(parse("turkey"), count(snapshot)) is None


@pytest.mark.parametrize(
    ("typed", "query", "documents"),
    [
        ("s400", '"s 400"', 2),
        ("antiaircraft", '"anti aircraft"', 1),
        ("news paper", "newspaper", 1),
        ("erdogn", "erdogan", 3),
        ("erdogn turkiy", "erdogan turkey", 2),
        ('"s400 missiles"', '"s 400 missiles"', 1),
        ("turky said", "turkey said", 2),
        ("turkey erdo", "turkey erdo*", 2),
        ('"turk said"', '"turk* said"', 1),
        ("newspaper erdogan", "newspaper", 1),
        ("newspaper erdogan", "erdogan", 3),
    ],
)
def test_ways_on_lead_to_documents(snapshot, typed, query, documents):
    assert ways(snapshot, typed)[query][1] == documents


def test_each_way_says_what_it_is(snapshot):
    assert ways(snapshot, "s400")['"s 400"'][0] == 'split: "s 400"'
    assert ways(snapshot, "news paper")["newspaper"][0] == "joined: newspaper"
    assert ways(snapshot, "erdogn")["erdogan"][0] == "spelled: erdogan"
    assert ways(snapshot, "newspaper erdogan")["erdogan"][0] == "only: erdogan"


def test_words_are_offered_as_beginnings_only_where_others_begin_so(snapshot):
    assert ways(snapshot, "Missil")["Missil*"] == ("beginning: Missil*", 2)
    assert "erdogn*" not in ways(snapshot, "erdogn")
    assert "m*" not in ways(snapshot, "m")


def test_splits_that_never_stand_together_are_not_offered(snapshot):
    assert not any(label.startswith("split") for label, _ in ways(snapshot, "turkeythe").values())


def test_unknown_words_are_respelled_before_known_ones():
    texts = ["turkey sanctions", "turned sanctions", "turned", "turned", "turned", "turned"]
    snapshot = snapshot_of([[terms(text) for text in texts]])
    assert [*ways(snapshot, "turkey sanctionss")] == [
        "turkey sanctions",
        "turned sanctions",
        "turkey",
        "sanctions",
    ]


def test_all_unknown_words_are_respelled_beside_known_ones_that_could_be():
    texts = ["turkey sanctions erdogan", *["turned"] * 9]
    snapshot = snapshot_of([[terms(text) for text in texts]])
    assert next(iter(ways(snapshot, "turkey sanctionss erdogn"))) == "turkey sanctions erdogan"


def test_unknown_words_without_a_spelling_leave_the_way_to_the_others(snapshot):
    assert ways(snapshot, "erdogn zzzzzzzz") == {"erdogan": ("only: erdogan", 3)}


def test_known_words_are_respelled_only_to_much_more_frequent_ones():
    rare = snapshot_of([[["turkey"]] * 40 + [["turky"]], []])
    common = snapshot_of([[["turkey"]] * 40, [["turky"]] * 20])

    assert ways(rare, "turky")["turkey"][1] == 40
    assert "turky" not in ways(rare, "turkey")
    assert ways(common, "turky") == {}


def test_letters_that_changed_places_are_one_slip():
    texts = ["the received", "the received", "tech", "relieved"]
    slips = snapshot_of([[terms(text) for text in texts]])

    assert next(iter(ways(slips, "teh"))) == "the"
    assert next(iter(ways(slips, "recieved"))) == "received"


def test_single_letters_are_not_respelled():
    letters = snapshot_of([[terms(text) for text in ["s t", "s s", "s 1 turkey"]]])

    assert set(ways(letters, "u x")) == set()
    assert set(ways(letters, "u turky")) == {"turkey"}


def test_words_that_must_not_be_are_left_alone(snapshot):
    found = ways(snapshot, "erdogn -turky")

    assert "erdogan -turky" in found
    assert not any("-turkey" in query for query in found)


def test_an_empty_query_and_an_empty_corpus_have_no_ways_on(snapshot):
    assert ways(snapshot, "") == {}
    assert ways(snapshot_of([]), "turkey erdogan") == {}
