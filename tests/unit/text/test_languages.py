from __future__ import annotations

import pytest

from incipit.text.languages import ALPHABETS, CHARACTERS, FUNCTION_WORDS, LATIN

_TABLES = {**LATIN, **ALPHABETS, **CHARACTERS}


@pytest.mark.parametrize("language", list(_TABLES))
def test_letters_are_beyond_ascii_and_small(language):
    letters = _TABLES[language]

    assert not any(map(str.isascii, letters))
    # The lower case of İ is two characters, which are looked up as the capital.
    assert letters.replace("İ", "") == letters.replace("İ", "").lower()


def test_function_words_are_in_ascii_and_of_known_languages():
    assert set(FUNCTION_WORDS) <= set(LATIN)
    assert all(words.isascii() and words == words.lower() for words in FUNCTION_WORDS.values())
