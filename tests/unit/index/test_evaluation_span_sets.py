"""Sets of spans against sets of pairs."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from naive_search import minimal

from incipit.index.evaluation_span_sets import (
    Need,
    Spans,
    ascend,
    joined,
    reduced,
    union_of_spans,
)

pairs = st.lists(st.tuples(st.integers(0, 9), st.integers(1, 4)), max_size=12).map(
    lambda some: [(start, start + length) for start, length in some]
)


def spans_of(some):
    starts, ends = np.array(some, np.int64).reshape(-1, 2).T
    return Spans(starts, ends)


def listed(spans):
    return list(zip(spans.starts.tolist(), spans.ends.tolist(), strict=True))


@given(pairs, st.sampled_from(Need))
def test_only_spans_that_are_needed_are_left(some, need):
    every = set(some)
    wanted = {
        Need.ALL: every,
        Need.LATEST: {(max(s for s, e in every if e == end), end) for _, end in every},
        Need.EARLIEST: {(start, min(e for s, e in every if s == start)) for start, _ in every},
        Need.MINIMAL: set(minimal(every)),
    }[need]

    assert listed(reduced(spans_of(some), need)) == sorted(wanted)


@given(st.lists(pairs, max_size=3))
def test_a_union_holds_each_span_once(several):
    assert listed(union_of_spans(map(spans_of, several))) == sorted(set().union(*several))
    assert listed(joined(map(spans_of, several))) == [span for some in several for span in some]


@given(pairs, st.data())
def test_some_spans_can_be_kept(some, data):
    kept = data.draw(st.lists(st.booleans(), min_size=len(some), max_size=len(some)))

    left = spans_of(some).only(np.array(kept, bool))

    assert listed(left) == [span for span, keep in zip(some, kept, strict=True) if keep]
    assert len(left) == sum(kept)


@pytest.mark.parametrize(
    ("first", "second", "wanted"),
    [
        ([1, 1, 2], None, True),
        ([2, 1], None, False),
        ([1, 1], [3, 2], False),
        ([1, 2], [3, 2], True),
    ],
)
def test_what_ascends(first, second, wanted):
    assert ascend(np.array(first), None if second is None else np.array(second)) is wanted
