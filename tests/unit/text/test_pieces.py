"""Pieces of a text, however it is cut, are the text; and their terms its terms."""

from __future__ import annotations

import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incipit.text.pieces import (
    begins_by_itself,
    between_tokens,
    composed,
    with_one_line_end,
    without_mark,
)
from incipit.text.tokens import MAX_TERM_CP, terms

_SIGNS = (
    "aZ9 \n\r.-é\u0301\u0323q\u0307한\u1100\u1161\u11a8가漢\u3099が"
    "\u200d\u00ad\u0e01\u0e31я\u0301\U0001f600"
)

_pieces = st.lists(st.text(alphabet=st.sampled_from(_SIGNS), max_size=8), max_size=8)


@given(_pieces)
def test_composed_pieces_are_the_composed_text(pieces):
    assert "".join(composed(pieces)) == unicodedata.normalize("NFC", "".join(pieces))


@given(_pieces)
def test_line_ends_are_those_of_the_whole(pieces):
    whole = "".join(pieces).replace("\r\n", "\n").replace("\r", "\n")
    assert "".join(with_one_line_end(pieces)) == whole


@given(_pieces)
def test_only_the_first_mark_goes(pieces):
    marked = ["", "\ufeff", *pieces, "\ufeff"]
    assert "".join(without_mark(marked, "\ufeff")) == "".join(marked)[1:]


@given(_pieces)
def test_terms_of_pieces_are_the_terms_of_the_text(pieces):
    found = [term for piece in between_tokens(pieces) for term in terms(piece)]
    assert found == terms("".join(pieces))


@pytest.mark.parametrize("letter", ["g", "я", "e\u0301"])
def test_of_an_endless_word_little_is_kept(letter):
    pieces = ["one ", *[letter * 100_000] * 5, " two"]
    kept = list(between_tokens(pieces))
    assert max(map(len, kept)) < 110_000
    assert [term for piece in kept for term in terms(piece)] == terms("".join(pieces))
    assert max(map(len, terms("".join(kept)))) == MAX_TERM_CP


def test_a_piece_is_let_go_as_soon_as_it_can_be():
    taken = []

    def coming():
        for number in range(3):
            taken.append(number)
            yield f"some words {number} and more"

    next(between_tokens(coming()))
    next(composed(coming()))
    assert taken == [0, 0]


def test_what_begins_by_itself_composes_with_nothing_before():
    """Every composition of two characters, by the tables of the interpreter."""
    for code in range(sys.maxunicode + 1):
        parts = unicodedata.decomposition(chr(code)).split()
        if len(parts) == 2 and not parts[0].startswith("<"):
            assert not begins_by_itself(chr(int(parts[1], 16)))
        if begins_by_itself(chr(code)):
            assert unicodedata.combining(chr(code)) == 0
            whole = unicodedata.normalize("NFD", chr(code))
            assert not unicodedata.combining(whole[0])
    assert not any(map(begins_by_itself, "\u1161\u11a8\u3099"))
