from __future__ import annotations

import sys
import unicodedata

import numpy as np
import pytest

from incipit.text.characters import (
    IGNORED,
    MARK,
    SEPARATOR,
    SINGLE,
    WORD,
    CharacterTable,
    class_of,
    code_points,
)


@pytest.mark.parametrize(
    ("chars", "kind"),
    [
        ("azAZ09éßøЖяαאبहക한𐐀𝒳٣๓", WORD),
        ("漢かカーｶ々〇ไມကក𠀀", SINGLE),
        ("\u0301\u0e35\u3099\uff9e\u094d\u20e3", MARK),
        ("\u00ad\u200c\u200d\ufe0f\u0640\ufeff\U000e0100", IGNORED),
        ("'’ʼʾʹ_-./ \n\u200b²½Ⅻ£€👍·", SEPARATOR),
    ],
)
def test_characters_have_the_class_of_their_script(chars, kind):
    assert {char: class_of(char) for char in chars} == dict.fromkeys(chars, kind)


def test_table_agrees_with_the_definition_everywhere():
    # Fewer of the planes where all are ideographs, or not characters at all.
    mixed, alike = range(0, 0x20000, 7), range(0x20000, sys.maxunicode + 1, 0x1001)
    codes = np.array([*mixed, *alike], np.uint32)
    classes = CharacterTable().classes(codes)

    assert classes.tolist() == [class_of(chr(code)) for code in codes.tolist()]


def test_every_letter_and_decimal_digit_is_in_some_token():
    passed_over = [
        char
        for char in map(chr, range(0x3000))
        if (unicodedata.category(char)[0] == "L" or unicodedata.category(char) == "Nd")
        and class_of(char) == SEPARATOR
    ]

    # Letters by category that people use as apostrophes, primes and half rings.
    assert all(unicodedata.category(char) == "Lm" for char in passed_over)
    assert len(passed_over) < 20


def test_code_points_are_those_of_the_text():
    text = "aé漢👍\U0010ffff"

    assert code_points(text).tolist() == list(map(ord, text))
