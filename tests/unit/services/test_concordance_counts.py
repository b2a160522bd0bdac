"""Counts and spread of a real library agree with its texts."""

from __future__ import annotations

import pytest
from corpora import NEVER

from incipit.analysis.thinning import Thinning
from incipit.services.concordance_counts import GroupBy
from incipit.services.concordance_values import ConcordanceRequest

TEXTS = {
    "a.txt": "ferry ferry boat boat",
    "b.txt": "boat boat boat ferry",
    "sub/c.txt": "no such thing",
    "sub/d.txt": "a ferry at last",
}


@pytest.fixture
def filled(corpus):
    return corpus.filled(TEXTS)


def asked(corpus, query, **thinning):
    request = ConcordanceRequest(query, thinning=Thinning(**thinning))
    return corpus.library.concordance(request, NEVER)


def test_overview_counts_hits_documents_and_words(filled):
    found = filled.library.concordance_overview(asked(filled, "ferry"), 10)
    count = found.count
    assert (count.hits, count.documents, count.all_documents, count.tokens) == (4, 3, 4, 15)
    assert count.per_million == pytest.approx(4 / 15 * 1e6)
    # |2/4 - 4/15|, |1/4 - 4/15|, |0 - 3/15|, |1/4 - 4/15|, halved.
    assert found.deviation.dp == pytest.approx((14 / 60 + 1 / 60 + 12 / 60 + 1 / 60) / 2)


def test_strips_lead_to_lines_that_are_shown(filled):
    concordance = asked(filled, "ferry", one_per_document=True)
    found = filled.library.concordance_overview(concordance, 15)

    assert found.count.hits == 4
    for strip in (found.in_corpus, found.in_documents):
        assert strip.counts.sum() == len(concordance) == 3
        for line, count in zip(strip.first_lines.tolist(), strip.counts.tolist(), strict=True):
            assert (line >= 0) == (count > 0)
            assert line < 0 or concordance.rows[line] >= 0
    # By name: a, b, c, d of 4, 4, 3 and 4 words.
    assert found.in_corpus.counts.nonzero()[0].tolist() == [0, 7, 12]


def test_groups_are_folders_and_sources_by_path(filled):
    concordance = asked(filled, "ferry")
    folders = filled.library.concordance_groups(concordance, GroupBy.FOLDER)
    assert [(one.path, one.count.hits, one.count.tokens) for one in folders] == [
        (str(filled.files), 3, 8),
        (str(filled.files / "sub"), 1, 7),
    ]
    (source,) = filled.library.concordance_groups(concordance, GroupBy.SOURCE)
    assert (source.path, source.count.documents) == (str(filled.files), 3)


def test_counts_hold_after_documents_were_removed(filled):
    before = asked(filled, "ferry")
    filled.library.remove([filled.named("a.txt").id, filled.named("c.txt").id])
    assert filled.library.concordance_overview(before, 5).count.hits == 4
    after = filled.library.concordance_overview(asked(filled, "ferry"), 5)
    assert (after.count.hits, after.count.all_documents, after.count.tokens) == (2, 2, 8)
    assert after.in_corpus.counts.sum() == 2
    filled.upkeep()


def test_nothing_found_has_counts_of_nothing(filled):
    found = filled.library.concordance_overview(asked(filled, "never"), 5)
    assert (found.count.hits, found.deviation) == (0, None)
    assert found.in_corpus.counts.tolist() == [0] * 5
