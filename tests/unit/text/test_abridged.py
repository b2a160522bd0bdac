"""The short text has the title and the shape of the long one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incipit.text.abridged import Abridged
from incipit.text.slabs import is_slab_shaped
from incipit.text.titles import heading, incipit


def _agree(text, size):
    abridged = Abridged()
    for start in range(0, len(text), size):
        abridged.add(text[start : start + size])
    short = abridged.text
    assert len(short) <= 8_100
    assert heading(short) == heading(text)
    slab = is_slab_shaped(text)
    assert is_slab_shaped(short) == slab
    assert incipit(short, is_slab=slab) == incipit(text, is_slab=slab)


_WORDS = "the price of oil fell again today "


@pytest.mark.parametrize("size", [777, 100_000])
@pytest.mark.parametrize(
    "text",
    [
        "tration " + _WORDS * 1000 + "mil",
        "The price" + _WORDS * 1000 + "ends. \n",
        "A heading\n\n" + _WORDS * 1000,
        " " * 9_000 + _WORDS * 1000,
        "\n" * 9_000 + "Far Down\n\n" + _WORDS * 1000,
        _WORDS * 1000 + "\n" + _WORDS * 1000,
        _WORDS * 1000 + "\n\n",
        "x" + " " * 20_000,
        " " * 20_000,
        " \n" * 10_000,
        "<html><head><title>A page</title></head>" + _WORDS * 1000,
    ],
)
def test_short_and_long_agree(text, size):
    _agree(text, size)


@given(
    st.text(alphabet="aB. \n“", min_size=1, max_size=40),
    st.text(alphabet="aB. \n”", min_size=1, max_size=40),
    st.sampled_from(["word and ", " ", "\n", "x"]),
)
def test_any_long_text_agrees(beginning, end, middle):
    _agree(beginning + middle * 9_000 + end, 5_000)
