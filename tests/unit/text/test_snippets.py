from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from text_strategies import texts

from incipit.text.snippets import opening, snippet
from incipit.text.tokens import tokenise

_NO_SPANS = np.empty((0, 2), np.int64)


def _spans(text, *words):
    found = tokenise(text)
    return np.array(
        [
            (a, b)
            for term, a, b in zip(found.terms, found.starts_cp, found.ends_cp, strict=True)
            if term in words
        ],
        np.int64,
    ).reshape(-1, 2)


def _marked(shown):
    return [shown.text[start:end] for start, end in shown.marks]


def test_snippet_shows_the_place_with_most_hits():
    text = "turkey " + "and so on " * 60 + "the sanctions on turkey are turkey s own " + "x " * 99
    shown = snippet(text, _spans(text, "turkey", "sanctions"), width_cp=60)

    assert _marked(shown) == ["sanctions", "turkey", "turkey"]
    assert shown.text.startswith("…")
    assert shown.text.endswith("…")
    assert len(shown.text) <= 62


def test_snippet_begins_and_ends_with_whole_words():
    text = "alpha beta gamma delta epsilon zeta eta theta iota kappa"
    shown = snippet(text, _spans(text, "zeta"), width_cp=30)

    assert set(shown.text.strip("…").split()) <= set(text.split())


def test_hit_stands_between_words_before_and_after():
    text = "one two three four five six seven eight nine ten eleven twelve thirteen"
    shown = snippet(text, _spans(text, "seven"), width_cp=40)
    before, _, after = shown.text.partition("seven")

    assert len(before.split()) >= 2
    assert len(after.split()) >= 2


def test_white_space_is_one_space():
    text = "one\n\n\ttwo \u00a0 three"
    shown = snippet(text, _spans(text, "two"), width_cp=100)

    assert shown.text == "one two three"
    assert _marked(shown) == ["two"]


def test_overlapping_hits_are_one_mark():
    shown = snippet("a b c d", np.array([[0, 3], [2, 5], [6, 7]]), width_cp=50)

    assert _marked(shown) == ["a b c", "d"]


def test_hit_longer_than_the_room_is_shown_from_its_start():
    text = "word " * 200
    shown = snippet(text, np.array([[50, 900]]), width_cp=40)

    assert shown.marks[0][0] <= 15
    assert len(shown.text) <= 42


def test_many_hits_cost_little():
    text = "hit " * 100_000
    spans = np.arange(0, 400_000, 4)[:, None] + np.array([0, 3])
    shown = snippet(text, spans, width_cp=40)

    assert len(shown.marks) >= 9


@given(texts, st.integers(5, 80), st.data())
def test_marks_are_the_hits_of_the_text(text, width_cp, data):
    found = tokenise(text)
    chosen = data.draw(st.sets(st.sampled_from(range(len(found.terms))))) if found.terms else set()
    spans = np.array(
        [(found.starts_cp[at], found.ends_cp[at]) for at in sorted(chosen)], np.int64
    ).reshape(-1, 2)
    shown = snippet(text, spans, width_cp=width_cp)

    assert "\n" not in shown.text
    assert bool(shown.marks) == bool(chosen)
    whole = {text[start:end] for start, end in spans.tolist()}
    for mark in _marked(shown):
        assert any(mark in piece or piece in mark for piece in whole)


def test_opening_leaves_out_the_torn_word_of_a_slab():
    text = "tration should be indicted for persecution " + "of the rest " * 100

    assert opening(text, width_cp=30, is_slab=True).text == "should be indicted for…"
    assert opening(text, width_cp=30).text == "tration should be indicted for…"
    assert snippet(text, _NO_SPANS, width_cp=30) == opening(text, width_cp=30)


def test_opening_of_nothing_is_empty():
    assert opening("").text == ""
    assert opening("", is_slab=True).text == ""
