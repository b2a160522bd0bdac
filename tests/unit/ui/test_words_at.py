import pytest
from hypothesis import given
from text_strategies import texts

from incipit.text.tokens import tokenise
from incipit.ui.words_at import word_span_at


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("the S-400 system", "S-400"),
        ("it isn't so", "isn't"),
        ("it isn’t so", "isn’t"),
        ("the U.S. said", "U.S."),
        ("open 24/7 here", "24/7"),
        ("costs 1,371 words", "1,371"),
        ("a cat, then", "cat"),
        ("ends here.", "here"),
        ("“quoted”", "quoted"),
        ("der Straße nach", "Straße"),
        ("the s 400", "400"),
        ("a snake_case_name = 1", "snake_case_name"),
        ("open _DAYS_ of", "DAYS"),
        ("यह हिन्दी है", "हिन्दी"),
        ("قال كَتَبَ الولد", "كَتَبَ"),
        ("ובו צה״ל וגם", "צה״ל"),
        ("a sen\u00adtence of it", "sen\u00adtence"),
        ("Z̸a̷l̵g̵o̶ text", "Z̸a̷l̵g̵o̶"),
        ("😀 𝔘𝔫𝔦 😀", "𝔘𝔫𝔦"),
    ],
)
def test_every_place_in_a_word_gives_the_word(text, word):
    start = text.index(word)
    for cp in range(start, start + len(word) + 1):
        assert word_span_at(text, cp) == (start, start + len(word))


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("コンピュータが", "コンピュータ"),
        ("東京の朝", "東京"),
        ("佐々木さん", "佐々木"),
        ("北京大学，", "北京大学"),
        ("我在北京大学学习", "北"),
        ("ไทย น้ำ", "น้ำ"),
        ("使用Python語言", "Python"),
        ("10年", "10"),
    ],
)
def test_words_of_scripts_without_spaces_are_runs_of_a_script(text, word):
    start = text.index(word)
    for cp in range(start, start + len(word)):
        assert word_span_at(text, cp) == (start, start + len(word))


@given(texts)
def test_words_begin_and_end_with_tokens(text):
    tokens = tokenise(text)
    starts, ends = tokens.starts_cp.tolist(), tokens.ends_cp.tolist()

    for start, end in zip(starts, ends, strict=True):
        first, last = word_span_at(text, start)

        assert first <= start < end <= last
        assert first in starts
        assert last in ends or text[last - 1] == "."


def test_words_joined_by_a_slash_are_words():
    assert word_span_at("and/or", 1) == (0, 3)


def test_between_words_there_is_none():
    assert word_span_at("one  two", 4) is None
    assert word_span_at("", 0) is None


def test_a_line_without_spaces_is_not_searched_for_ever():
    for text in ("x" * 1_000_000, "x." * 500_000, "の" * 1_000_000):
        span = word_span_at(text, 500_000)
        assert span is not None
        assert span[0] <= 500_000 <= span[1]
    assert word_span_at("." * 1_000_000, 500_000) is None
