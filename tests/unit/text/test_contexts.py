"""Contexts keep the text's own spelling, and tell where its words and ends are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from text_strategies import texts

from incipit.text.contexts import REACH, Context, Edge, context
from incipit.text.tokens import tokenise

TEXT = "“Well,” said Mr. O'Neil, “the S-400\n\n isn't here.”"


def of(text, first, end=None, width=80, *, is_slab=False):
    tokens = tokenise(text)
    return context(
        text, tokens, first, first + 1 if end is None else end, width_cp=width, is_slab=is_slab
    )


def words(found):
    return (
        [found.left[a:b] for a, b in found.left_words],
        [found.right[a:b] for a, b in found.right_words],
    )


def test_spelling_and_punctuation_are_the_texts():
    found = of(TEXT, 6, 8)
    assert found == Context(
        "“Well,” said Mr. O'Neil, “the ",
        "S-400",
        " isn't here.”",
        found.left_words,
        found.right_words,
        Edge.DOCUMENT,
        Edge.DOCUMENT,
    )
    assert words(found) == (["the", "Neil", "O", "Mr", "said"], ["isn", "t", "here"])


def test_cut_between_words_has_no_edge():
    found = of("one two three four five six", 3, width=7)
    assert (found.left, found.right) == (" three ", " five ")
    assert (found.left_edge, found.right_edge) == (Edge.NONE, Edge.NONE)
    assert words(found) == (["three"], ["five"])


def test_edges_of_slabs_may_be_torn():
    text = "tration should be indic"
    assert of(text, 0, is_slab=True).left_edge is Edge.TORN
    assert of(text, 1, is_slab=True).right_edge is Edge.TORN
    assert of(text, 1).left_edge is Edge.DOCUMENT
    assert of(text, 3, width=3, is_slab=True).left_edge is Edge.NONE


def test_a_word_longer_than_the_context_is_cut():
    found = of("a" * 50 + " b " + "c" * 50, 1, width=10)
    assert (found.left, found.right) == ("a" * 9 + " ", " " + "c" * 9)
    assert words(found) == ([], [])


@pytest.mark.parametrize("gap", ["\n\n", "\t", "  ", " \r\n ", "\x0b", "\u2028", "\xa0"])
def test_gaps_are_single_spaces(gap):
    found = of(f"one{gap}two{gap}three{gap}four", 2)
    assert (found.left, found.hit, found.right) == ("one two ", "three", " four")
    assert words(found) == (["two", "one"], ["four"])


@given(texts, st.integers(1, 60), st.data())
def test_words_told_are_those_of_the_text(text, width, data):
    tokens = tokenise(text)
    count = len(tokens.terms)
    if not count:
        return
    first = data.draw(st.integers(0, count - 1))
    end = data.draw(st.integers(first + 1, min(count, first + 3)))

    found = context(text, tokens, first, end, width_cp=width)

    spelled = [
        text[a:b] for a, b in zip(tokens.starts_cp.tolist(), tokens.ends_cp.tolist(), strict=True)
    ]
    left, right = words(found)
    assert left == spelled[max(first - len(left), 0) : first][::-1]
    assert right == spelled[end : end + len(right)]
    assert len(left) <= REACH
    assert len(right) <= REACH
    whole = " ".join(text.split())
    shown = found.left + found.hit + found.right
    assert " ".join(shown.split()) in whole or any(code < " " for code in text)
    if found.left_edge and found.left_edge is not Edge.NONE and first <= REACH:
        assert len(left) == first
