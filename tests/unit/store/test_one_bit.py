from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from incipit.store.checksums import checksum
from incipit.store.one_bit import before_change, is_one_bit_off

INTEGERS = st.integers(-(1 << 63), (1 << 63) - 1)
VALUES = st.lists(st.one_of(INTEGERS, st.binary(max_size=20), st.none()), min_size=1, max_size=5)


def changes_of(value):
    """Return what a changed bit makes of a value where SQLite stores it."""
    if value is None:
        return []
    if isinstance(value, int):
        widths = (1, 2, 3, 4, 6, 8)
        width = next(one for one in widths if -(1 << 8 * one - 1) <= value < 1 << 8 * one - 1)
        data = value.to_bytes(width, "big", signed=True)
    else:
        data = value
    changed = []
    for bit in range(8 * len(data)):
        number = int.from_bytes(data, "big") ^ (1 << bit)
        bits = number.to_bytes(len(data), "big")
        changed.append(int.from_bytes(bits, "big", signed=True) if isinstance(value, int) else bits)
    return changed


@given(VALUES, st.data())
def test_value_before_any_change_of_one_bit_is_found(values, data):
    expected = checksum(*values)
    choices = [(at, one) for at, value in enumerate(values) for one in changes_of(value)]
    if not choices:
        return
    at, one = data.draw(st.sampled_from(choices))
    assert before_change([*values[:at], one, *values[at + 1 :]], expected, checksum) == (
        at,
        values[at],
    )


@given(INTEGERS, st.data())
def test_one_bit_is_told_from_more(value, data):
    one = data.draw(st.sampled_from(changes_of(value)))
    assert is_one_bit_off(one, value)
    assert not is_one_bit_off(value ^ 5, value)
    assert not is_one_bit_off(None, value)


def test_what_changed_in_more_bits_is_not_guessed():
    assert before_change([b"abc", 7], checksum(b"xyz", 7), checksum) is None
