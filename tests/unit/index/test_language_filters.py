"""Values of filters: what is understood, and what is said of the rest."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incipit.index.language_filters import FIELDS, parse_filter
from incipit.models import Filter


@pytest.mark.parametrize(
    ("field", "operator", "value", "wanted"),
    [
        ("name", "", " a b ", Filter("name", ":", "a b")),
        ("tag", "=", "x..y", Filter("tag", "=", "x..y")),
        ("words", "", "007", Filter("words", "=", "7")),
        ("words", ">=", "1,500", Filter("words", ">=", "1500")),
        ("words", "", "..9", Filter("words", "<=", "9")),
        ("words", "", "9..", Filter("words", ">=", "9")),
        ("words", "", "1..9", Filter("words", "..", "1", "9")),
        ("words", "", "１２", Filter("words", "=", "12")),
        ("added", "", "2026", Filter("added", ":", "2026")),
        ("added", "", "2026-1-2", Filter("added", ":", "2026-01-02")),
        ("added", "<", "2026-1", Filter("added", "<", "2026-01")),
        ("added", "", "2025-12..2026", Filter("added", "..", "2025-12", "2026")),
    ],
)
def test_values_come_in_their_plain_form(field, operator, value, wanted):
    notes = []

    assert parse_filter(field, operator, value, notes) == wanted
    assert notes == []


@pytest.mark.parametrize(
    ("field", "operator", "value"),
    [
        ("name", "", ""),
        ("words", ">", "  "),
        ("words", "", "many"),
        ("words", "", ".."),
        ("words", "", "1..x"),
        ("words", ">", "1..2"),
        ("words", "", "9" * 5000),
        ("added", "", "2026-02-30"),
        ("added", "", "26"),
        ("added", "", "2026-11-"),
    ],
)
def test_what_is_no_value_is_left_out_with_an_example(field, operator, value):
    notes = []

    assert parse_filter(field, operator, value, notes) is None
    assert len(notes) == 1
    assert notes[0].startswith(f"{field}: needs ")
    assert f"as in {field}:" in notes[0]


def test_a_name_has_no_order():
    notes = []

    assert parse_filter("name", ">", "x", notes) == Filter("name", ":", "x")
    assert notes == ["name: has no >, so that is left out."]


@given(
    st.sampled_from(FIELDS),
    st.sampled_from(["", "<", "<=", ">", ">=", "="]),
    st.text(max_size=12) | st.text("0123456789-.,", max_size=12),
)
def test_any_value_gives_a_filter_or_a_sentence(field, operator, value):
    notes = []

    found = parse_filter(field, operator, value, notes)

    assert found is not None or len(notes) == 1
    assert found is None or found.field == field
