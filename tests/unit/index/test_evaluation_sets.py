"""Sets of documents."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from incipit.index.evaluation_sets import Matched, is_among, places_in, restricted

numbers = st.lists(st.integers(0, 30), unique=True).map(sorted)


@given(numbers, numbers)
def test_places_are_those_of_the_common_documents(docs, within):
    array = np.array(docs, np.int64)

    places = places_in(array, np.array(within, np.int64))

    assert array[places].tolist() == [doc for doc in docs if doc in within]


@given(numbers, numbers)
def test_restricting_keeps_scores_beside_their_documents(docs, within):
    matched = Matched(np.array(docs, np.int64), np.array(docs) * 1.5)

    found = restricted(matched, np.array(within, np.int64))

    assert found.docs.tolist() == [doc for doc in docs if doc in within]
    assert found.scores.tolist() == [doc * 1.5 for doc in found.docs.tolist()]


def test_none_stands_for_everything():
    matched = Matched(np.array([1, 2]), np.array([0.5, 0.25]))

    assert places_in(matched.docs, None) is None
    assert restricted(matched, None) is matched


@given(st.lists(st.integers(0, 30)), numbers)
def test_is_among_asks_for_each_value(values, wanted):
    found = is_among(np.array(values, np.int64), np.array(wanted, np.int64))

    assert found.tolist() == [value in wanted for value in values]
