"""How parts of a query combine."""

from __future__ import annotations

import pytest
from whoosh import query as wq

from incipit.index.inversion import CONTENT
from incipit.index.language_nodes import AllNode, LeafNode, all_of, any_of, near
from incipit.index.query_nodes import DocumentFilter, Near
from incipit.models import Filter

A, B, C = (wq.Term(CONTENT, word) for word in "abc")
F = DocumentFilter(Filter("name", ":", "x"))


@pytest.mark.parametrize(
    ("queries", "wanted"),
    [
        ([], None),
        ([A], A),
        ([A, A], A),
        ([A, wq.And([B, A])], wq.And([A, B])),
        ([A, wq.Not(B)], wq.AndNot(A, B)),
        ([wq.Not(B), A, wq.Not(wq.Or([B, C]))], wq.AndNot(A, wq.Or([B, C]))),
        ([wq.Not(B)], wq.Not(B)),
        ([wq.Not(B), wq.Not(C)], wq.Not(wq.Or([B, C]))),
        ([F, wq.Not(A)], wq.AndNot(F, A)),
    ],
    ids=repr,
)
def test_all_of(queries, wanted):
    assert all_of(queries) == wanted


@pytest.mark.parametrize(
    ("queries", "wanted"),
    [
        ([], None),
        ([A, A], A),
        ([A, wq.Or([B, C]), B], wq.Or([A, B, C])),
        ([A, wq.And([B, C])], wq.Or([A, wq.And([B, C])])),
    ],
    ids=repr,
)
def test_any_of(queries, wanted):
    assert any_of(queries) == wanted


def test_near_is_for_each_part_of_a_side():
    notes = []

    both = wq.And([A, B])

    def beside(one, other):
        return Near(one, other, slop=4, ordered=False)

    assert near(both, C, 3, notes) == wq.And([beside(A, C), beside(B, C)])
    assert near(C, both, 3, notes) == wq.And([beside(A, C), beside(B, C)])
    assert notes == []


@pytest.mark.parametrize("side", [F, wq.Not(A), wq.AndNot(A, B), wq.Or([A, F])], ids=repr)
def test_near_needs_words_on_both_sides(side):
    notes = []

    assert near(side, C, 3, notes) == all_of([side, C])
    assert len(notes) == 1


def test_a_leaf_is_made_once_so_that_its_notes_come_once():
    class Parser:
        notes: list[str] = []  # noqa: RUF012

    leaf = LeafNode(lambda notes: notes.append("once") or A)

    assert leaf.query(Parser) is leaf.query(Parser) is A
    assert Parser.notes == ["once"]


def test_groups_keep_their_range_when_whooshs_filters_copy_them():
    group = AllNode().set_range(3, 9)

    copy = group.empty_copy()

    assert (copy.startchar, copy.endchar) == (3, 9)
    assert type(copy) is AllNode
