from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from text_strategies import texts

from incipit.text.folding import MAX_TERM_CP, fold


@pytest.mark.parametrize(
    ("word", "term"),
    [
        ("Word", "word"),
        ("CAFÉ", "cafe"),
        ("cafe\u0301", "cafe"),
        ("Łódź", "lodz"),
        ("Ærø", "aero"),
        ("œuvre", "oeuvre"),
        ("straße", "strasse"),
        ("STRAẞE", "strasse"),
        ("Þór", "thor"),
        ("Đorđe", "dorde"),
        ("İstanbul", "istanbul"),
        ("ısı", "isi"),
        ("ŉ", "n"),
        ("Ǆ", "dz"),
        ("ﬁne", "fine"),
        ("ſaid", "said"),
        ("nº", "no"),
        ("Ἀθῆναι", "αθηναι"),
        ("ᾳ", "α"),
        ("ΛΌΓΟΣ", "λογοσ"),
        ("Ｆｕｌｌ４", "full4"),
        ("ｶﾞ", "ガ"),
        ("𝐁old", "bold"),
        ("ﻼ", "لا"),
        ("co\u00adop", "coop"),
        ("كتـــاب", "كتاب"),
        ("1\ufe0f\u20e3", "1"),
    ],
)
def test_word_folds_to_what_people_type(word, term):
    assert fold(word) == term


@pytest.mark.parametrize("word", ["йод", "ёлка", "が", "हिन्दी", "שָׁלוֹם", "مُحَمَّد", "한국어"])
def test_marks_stay_beyond_latin_and_greek(word):
    assert fold(word) == word
    assert fold(unicodedata.normalize("NFD", word)) == unicodedata.normalize("NFC", word)


def test_term_is_cut_at_the_stated_length():
    assert fold("x" * 500) == "x" * MAX_TERM_CP
    assert len(fold("ß" * 500)) == MAX_TERM_CP


@pytest.mark.parametrize("mark", ["\u0301", "\u0345", "\u3099", "\u05b8"])
def test_no_letter_with_a_mark_folds_to_what_folds_on(mark):
    words = [chr(code) + mark for code in range(0x80, 0x3100)]

    assert [word for word in words if fold(fold(word)) != fold(word)] == []


@given(texts)
def test_folding_twice_changes_nothing(text):
    for word in text.split():
        assert fold(fold(word)) == fold(word)


@given(texts)
def test_the_normal_form_of_a_word_does_not_matter(text):
    for word in text.split():
        assert fold(unicodedata.normalize("NFD", word)) == fold(unicodedata.normalize("NFC", word))
