import pytest

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
    ],
)
def test_every_place_in_a_word_gives_the_word(text, word):
    start = text.index(word)
    for cp in range(start, start + len(word) + 1):
        assert word_span_at(text, cp) == (start, start + len(word))


def test_words_joined_by_a_slash_are_words():
    assert word_span_at("and/or", 1) == (0, 3)


def test_between_words_there_is_none():
    assert word_span_at("one  two", 4) is None
    assert word_span_at("", 0) is None


def test_a_line_without_spaces_is_not_searched_for_ever():
    text = "x" * 1_000_000
    span = word_span_at(text, 500_000)
    assert span is not None
    assert span[0] <= 500_000 <= span[1]
