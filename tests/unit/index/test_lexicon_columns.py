"""Words of a segment, against a sorted list."""

from __future__ import annotations

from bisect import bisect_left

from hypothesis import given
from hypothesis import strategies as st

from incipit.index.layout import lexicon_columns
from incipit.index.lexicon_columns import SegmentWords

texts = st.text(st.characters(exclude_characters="\n"), max_size=5)
lexicons = st.sets(texts, max_size=30).map(
    lambda found: sorted(found, key=lambda word: word.encode("utf-8", "surrogatepass"))
)


def words_of(lexicon):
    columns = lexicon_columns(lexicon)
    return SegmentWords(columns["words"], columns["word_offsets"])


@given(lexicons, texts)
def test_words_are_found_as_in_a_sorted_list(lexicon, other):
    words = words_of(lexicon)
    encoded = [word.encode("utf-8", "surrogatepass") for word in lexicon]

    assert words.fits()
    assert words.count == len(lexicon)
    assert [words.word(n) for n in range(words.count)] == lexicon
    assert [words.find(word) for word in lexicon] == list(range(len(lexicon)))
    assert words.find(other) == (lexicon.index(other) if other in lexicon else -1)
    wanted = other.encode("utf-8", "surrogatepass")
    assert words.before(wanted) == bisect_left(encoded, wanted)
    start, end = words.beginning_with(other)
    assert lexicon[start:end] == [word for word in lexicon if word.startswith(other)]


@given(lexicons, st.integers(0, 30), st.integers(0, 30))
def test_many_words_are_read_as_one_by_one(lexicon, start, end):
    start, end = min(start, len(lexicon)), min(end, len(lexicon))
    assert words_of(lexicon).words(start, end) == lexicon[start:end]
