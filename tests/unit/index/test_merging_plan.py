"""The plan of a merge: counts that are known beforehand."""

from __future__ import annotations

import numpy as np

from incipit.index.inversion import columns_of
from incipit.index.merging_plan import plan_field
from incipit.index.scratch import ScratchFile


def test_a_plan_knows_every_length(tmp_path):
    segments = [
        columns_of([["b", "d"], ["d"]], [1, 2]).with_live(np.array([True, False])),
        columns_of([["a", "d"]], [3]),
    ]
    with ScratchFile(tmp_path) as file:
        plan = plan_field("content", segments, file, 100, lambda: None)

        assert (plan.words.term_count, plan.token_count, plan.row_count) == (3, 4, 2)
        lengths = {spec.name.removeprefix("content/"): spec.count for spec in plan.specs()}
        assert (lengths["stream"], lengths["places"], lengths["firsts"]) == (4, 4, 1)
        assert lengths["row_offsets"] == lengths["token_offsets"] == 4
        assert (lengths["words"], lengths["rare_terms"]) == (6, 0)


def test_checks_come_between_pieces(tmp_path):
    asked = []
    columns = columns_of([list("abcdefghijklmnop")] * 50, range(50)).with_live(np.arange(50) > 3)
    with ScratchFile(tmp_path) as file:
        plan_field("content", [columns], file, 10, lambda: asked.append(1))
    assert len(asked) > 10
