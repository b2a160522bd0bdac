"""What is merged when: bounded work, and always an end."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from incipit.index.layout import MAX_ROWS
from incipit.index.merge_policy import (
    FAN_IN,
    MAX_MERGED_TERMS,
    MAX_MERGED_TOKENS,
    SegmentSize,
    next_merge,
    next_optimisation,
)

sizes = st.builds(
    lambda rows, tokens, deleted, terms: SegmentSize(rows, tokens, tokens + deleted, terms),
    st.integers(1, MAX_ROWS),
    st.integers(0, MAX_MERGED_TOKENS),
    st.sampled_from([0, 0, 5, 10**6]),
    st.integers(0, MAX_MERGED_TERMS + 5),
)


def fresh(rows, tokens, terms=0):
    return SegmentSize(rows, tokens, tokens, terms)


def after(segments, chosen):
    merged = fresh(
        sum(segments[n].rows for n in chosen),
        sum(segments[n].tokens for n in chosen),
        sum(segments[n].terms for n in chosen),
    )
    return [s for n, s in enumerate(segments) if n not in chosen] + [merged]


@given(st.lists(sizes, max_size=40), st.sampled_from([next_merge, next_optimisation]))
def test_merging_fits_and_comes_to_an_end(segments, choose):
    rounds = 0
    while chosen := choose(segments):
        assert chosen == sorted(set(chosen))
        if len(chosen) > 1:
            assert sum(segments[n].rows for n in chosen) <= MAX_ROWS
            assert sum(segments[n].tokens for n in chosen) <= MAX_MERGED_TOKENS
            assert sum(segments[n].terms for n in chosen) <= MAX_MERGED_TERMS
        else:
            assert segments[chosen[0]].all_tokens > segments[chosen[0]].tokens
        segments = after(segments, chosen)
        rounds += 1
        assert rounds <= 80


def test_books_are_merged_up_to_a_limit_of_tokens():
    third = MAX_MERGED_TOKENS // 3
    assert next_optimisation([fresh(1, third)] * 4) == [0, 1, 2]
    assert next_merge([fresh(1, third)] * FAN_IN) == [0, 1, 2]


def test_segments_whose_vocabularies_are_too_large_together_stay_apart():
    segments = [fresh(1, 5000, MAX_MERGED_TERMS // 3)] * FAN_IN
    assert next_merge(segments) == next_optimisation(segments) == [0, 1, 2]
    assert next_merge([fresh(1, 5000, MAX_MERGED_TERMS // 2 + 1)] * FAN_IN) == []
    assert next_optimisation([fresh(1, 5000, MAX_MERGED_TERMS // 2 + 1)] * FAN_IN) == []


def test_a_segment_that_fits_to_no_other_does_not_keep_the_others_apart():
    segments = [fresh(1, 10, MAX_MERGED_TERMS), *[fresh(1, 5000, 100)] * FAN_IN]
    assert next_merge([*segments, segments[0]]) == list(range(1, FAN_IN + 1))
    assert next_optimisation(segments) == list(range(1, FAN_IN + 1))


def test_a_full_tier_becomes_one_segment():
    segments = [fresh(10, 5000)] * (FAN_IN - 1)
    assert next_merge(segments) == []
    assert next_merge([*segments, fresh(10, 5000)]) == list(range(FAN_IN))


def test_large_segments_are_left_alone_while_small_ones_are_merged():
    segments = [fresh(30_000, 40_000_000), *[fresh(1, 100)] * FAN_IN]
    assert next_merge(segments) == list(range(1, FAN_IN + 1))


def test_a_segment_of_which_a_third_is_deleted_is_rewritten():
    assert next_merge([fresh(5, 100), SegmentSize(5, 60, 100, 9)]) == [1]
    assert next_merge([fresh(5, 100), SegmentSize(5, 70, 100, 9)]) == []


def test_importing_costs_a_few_rewrites_of_each_token():
    segments, rewritten, total = [], 0, 0
    for _ in range(2000):
        segments.append(fresh(20, 30_000))
        total += 30_000
        while chosen := next_merge(segments):
            rewritten += sum(segments[n].tokens for n in chosen)
            segments = after(segments, chosen)
    assert rewritten <= 4 * total
    assert len(segments) <= 5 * FAN_IN


def test_optimising_leaves_one_segment_where_one_is_enough():
    segments = [fresh(100, 1000)] * 30 + [SegmentSize(50, 10, 20, 9)]
    while chosen := next_optimisation(segments):
        segments = after(segments, chosen)
    assert len(segments) == 1
