"""Counts leave the edges of slabs out, of hits and of words, and say so."""

from __future__ import annotations

import numpy as np
from concordance_made import made, segments_of

from incipit.analysis.counting import HitCount, at_edges, count_all, count_by_group, sizes_of

#: Document 1 is a slab.
CORPUS = [[["a", "b", "a"], ["a", "b", "a", "b", "a"]], [["b"], [], ["a"]]]
SLABS = np.array([1])


def test_hits_at_the_edges_of_slabs_are_left_out_and_said():
    lines, _ = made(CORPUS, "a")
    sizes = sizes_of(lines.segments, SLABS)

    assert at_edges(lines, SLABS).tolist() == [False, False, True, False, True, False]
    count = count_all(lines, sizes, SLABS)
    assert count == HitCount(hits=4, documents=3, all_documents=5, tokens=8, edge_hits=2)
    assert count.per_million == 500_000


def test_a_longer_hit_that_reaches_the_edge_is_at_it():
    lines, _ = made(CORPUS, "b", 2)
    assert at_edges(lines, SLABS).tolist() == [False, False, True]


def test_sizes_are_those_of_living_documents_without_the_edges_of_slabs():
    sizes = sizes_of(segments_of(CORPUS), SLABS, without=np.array([2]))
    assert sizes.documents.tolist() == [0, 1, 3, 4]
    assert sizes.lengths.tolist() == [3, 5, 0, 1]
    assert sizes.tokens.tolist() == [3, 3, 0, 1]

    (first, second) = segments_of(CORPUS)
    living = first.with_live(np.array([False, True]))
    assert sizes_of([living, second], SLABS).documents.tolist() == [1, 2, 3, 4]


def test_a_slab_of_one_word_is_all_edge():
    assert sizes_of(segments_of([[["a"], []]]), np.array([0, 1])).tokens.tolist() == [0, 0]


def test_groups_add_up_to_the_whole():
    lines, _ = made(CORPUS, "a")
    sizes = sizes_of(lines.segments, SLABS)
    groups = np.array([7, 9, 7, -1, 9])

    found = count_by_group(lines, sizes, SLABS, groups)

    assert found == {
        7: HitCount(hits=2, documents=1, all_documents=2, tokens=4, edge_hits=0),
        9: HitCount(hits=2, documents=2, all_documents=2, tokens=4, edge_hits=2),
    }


def test_no_words_have_no_frequency():
    assert HitCount(0, 0, 0, 0).per_million == 0.0
