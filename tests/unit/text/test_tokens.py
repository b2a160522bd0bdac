from __future__ import annotations

import re
import sys
import unicodedata
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from real_corpora import corpus_folder
from text_strategies import NUISANCES, ascii_texts, texts

from incipit.text import tokens as tokens_module
from incipit.text.characters import IGNORED, MARK, SINGLE, WORD, class_of
from incipit.text.tokens import MAX_TERM_CP, count_terms, fold, terms, tokenise, tokenise_in_parts


@pytest.mark.parametrize(
    ("texts_of_equal_tokens", "expected"),
    [
        (("S-400", "s-400", "s 400", "S_400", "s/400", "S–400"), ["s", "400"]),
        (("isn't", "isn’t", "isn t", "isnʼt", "ISN'T"), ["isn", "t"]),
        (("U.S.", "u s", "U.S", "u.s.,"), ["u", "s"]),
        (("24/7", "24 7"), ["24", "7"]),
        (("Mr. Trump's", "mr trump s"), ["mr", "trump", "s"]),
        (("東京", "東 京"), ["東", "京"]),
        (("か\u3099き", "がき"), ["が", "き"]),
        (("", " \n", "–£²", "\u0301", "\u200d", "👩‍👧", "❤️"), []),
    ],
)
def test_written_forms_give_the_same_tokens(texts_of_equal_tokens, expected):
    assert {text: terms(text) for text in texts_of_equal_tokens} == dict.fromkeys(
        texts_of_equal_tokens, expected
    )


def test_spans_are_in_code_points_of_the_text():
    text = "👍 Łódź, S-400 ไทยนี้ co\u00adop\u00ad."
    found = tokenise(text)
    pieces = [text[a:b] for a, b in zip(found.starts_cp, found.ends_cp, strict=True)]

    assert pieces == ["Łódź", "S", "400", "ไ", "ท", "ย", "นี้", "co\u00adop"]
    assert found.starts_cp.dtype == found.ends_cp.dtype == np.int64


@given(texts)
def test_tokens_are_what_the_definition_says(text):
    assert list(zip(*_spans_by_definition(text), strict=True)) == list(
        zip(tokenise(text).starts_cp.tolist(), tokenise(text).ends_cp.tolist(), strict=True)
    )


@given(texts)
def test_folding_the_span_gives_the_term(text):
    found = tokenise(text)

    assert found.terms == [
        fold(text[start:end]) for start, end in zip(found.starts_cp, found.ends_cp, strict=True)
    ]
    assert all(0 < len(term) <= MAX_TERM_CP for term in found.terms)
    assert (found.starts_cp < found.ends_cp).all()
    assert (found.ends_cp[:-1] <= found.starts_cp[1:]).all()


@given(texts)
def test_terms_alone_are_the_same(text):
    assert terms(text) == tokenise(text).terms


@given(texts)
def test_a_term_is_a_token_of_itself(text):
    for term in terms(text):
        assert terms(term) == [term]


@given(texts)
def test_the_normal_form_of_the_text_does_not_matter(text):
    assert terms(unicodedata.normalize("NFD", text)) == terms(unicodedata.normalize("NFC", text))


@given(ascii_texts)
def test_the_fast_path_agrees_with_the_slow_one(text):
    fast, slow = tokenise(text), tokenise(text + " é")

    assert fast.terms == slow.terms[:-1]
    assert terms(text) == terms(text + " é")[:-1] == terms(text + " е\u0301")[:-1]
    assert fast.starts_cp.tolist() == slow.starts_cp.tolist()[:-1]
    assert fast.ends_cp.tolist() == slow.ends_cp.tolist()[:-1]


def test_ascii_tokens_are_runs_of_letters_and_digits():
    text = "".join(map(chr, range(128)))

    assert terms(text) == re.findall("[a-z0-9]+", text.lower())


def test_no_character_makes_an_empty_or_unstable_term():
    wrong = []
    # Every character of the planes that have any; of the others, where all are alike, a few.
    for start in (*range(0, 0x40000, 0x100), *range(0x40000, sys.maxunicode + 1, 0x1000)):
        codes = (code for code in range(start, start + 0x100) if not 0xD800 <= code < 0xE000)
        found = terms(" ".join(f"a{chr(code)}b" for code in codes))
        if "" in found or terms(" ".join(found)) != found:
            wrong.append(hex(start))

    assert wrong == []


def test_a_lone_surrogate_separates():
    assert terms("a\ud800b é") == ["a", "b", "e"]


def test_forgetting_folded_words_changes_nothing(monkeypatch):
    monkeypatch.setattr(tokens_module, "_MAX_FOLDED", 3)
    text = " ".join(NUISANCES)

    assert terms(text) == terms(text) == tokenise(text).terms
    terms("é")
    assert len(tokens_module._FOLDED) <= 3


def test_the_window_of_the_news_has_its_tokens():
    text = (corpus_folder("news-windows") / "000_4db5420f71583dae.txt").read_text("utf-8")
    found = terms(text)

    assert len(found) == 1371
    assert sum(pair == ("s", "400") for pair in pairwise(found)) == 17


def _spans_by_definition(text):
    """Return starts and ends by reading the text one character at a time."""
    starts, ends = [], []
    kind = None
    for at, char in enumerate(text):
        this = class_of(char)
        if this == IGNORED:
            continue
        if this == MARK:
            if kind is not None:
                ends[-1] = at + 1
        elif this == SINGLE or (this == WORD and kind != WORD):
            starts.append(at)
            ends.append(at + 1)
            kind = this
        elif this == WORD:
            ends[-1] = at + 1
        else:
            kind = None
    return starts, ends


@pytest.mark.parametrize("piece", ["the Harbour's s-400 ", "zoë о́стров e\u0301 ", "港口", "x" * 70])
def test_tokens_in_parts_are_those_of_the_whole(piece: str) -> None:
    text = piece * (200_000 // len(piece))
    parts = list(tokenise_in_parts(text))
    whole = tokenise(text)
    assert len(parts) == (1 if piece == "x" * 70 else 4)
    assert count_terms(text) == len(whole.terms)
    assert [term for part in parts for term in part.terms] == whole.terms
    assert np.concatenate([part.starts_cp for part in parts]).tolist() == whole.starts_cp.tolist()
    assert np.concatenate([part.ends_cp for part in parts]).tolist() == whole.ends_cp.tolist()


@given(st.text(alphabet="aé 漢が\u3099.\u0301\u200d\u0e01\u0e31", max_size=60), st.integers(1, 9))
def test_any_tokens_in_parts_are_those_of_the_whole(text: str, part: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tokens_module, "_PART_CP", part)
        parts = list(tokenise_in_parts(text))
    whole = tokenise(text)
    assert [term for part in parts for term in part.terms] == whole.terms
    assert [int(at) for part in parts for at in part.starts_cp] == whole.starts_cp.tolist()
    assert [int(at) for part in parts for at in part.ends_cp] == whole.ends_cp.tolist()
