"""A specimen shows the places that an encoding can get wrong, and little else."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from incipit.text.specimen import specimen

_PLAIN = "it was said that the price of this is what it was for us in the past " * 40


def test_places_beyond_ascii_are_shown_with_whole_words_around():
    shown = specimen(f"{_PLAIN} the café opened {_PLAIN} and it cost £5 {_PLAIN}").split("\n")
    assert len(shown) == 2
    assert "the café opened" in shown[0]
    assert "it cost £5" in shown[1]
    words = set(_PLAIN.split()) | {"café", "opened", "and", "cost", "£5"}
    assert set(" ".join(shown).split()) <= words


def test_places_near_each_other_share_a_line():
    assert specimen("naïve café").split("\n") == ["naïve café"]


def test_controls_are_telling_too():
    assert specimen(f"{_PLAIN} the \x93word\x94 {_PLAIN}").count("\x93") == 1


def test_text_in_ascii_is_shown_from_its_beginning():
    assert specimen(_PLAIN, 100) == _PLAIN[:100]


@given(st.text(alphabet=st.sampled_from("aé 世\n\x80"), max_size=600), st.integers(50, 300))
def test_specimen_is_short_and_of_the_text(text, limit_cp):
    shown = specimen(text, limit_cp)
    assert len(shown) <= limit_cp * 2 + 400
    known = set(" ".join(text.split()))
    assert set(shown) - {"\n"} <= known | {"\n", " "}
