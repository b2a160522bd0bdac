"""How evenly hits are spread: Gries' deviation of proportions, and strips that show it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from incipit.analysis.counting import CorpusSizes
from incipit.analysis.lines import Lines


@dataclass(frozen=True, slots=True)
class Deviation:
    """How far hits are from being spread as the words of the corpus are, 0 to 1.

    ``dp`` is 0 where each part has its share of the hits, and near 1 where one small part has
    all. ``dp_norm`` is ``dp`` divided by the most that it can be with these parts.
    """

    dp: float
    dp_norm: float


def deviation_of_proportions(
    hits: NDArray[np.int64], tokens: NDArray[np.int64]
) -> Deviation | None:
    """Return Gries' DP of hits over the parts of a corpus, or None where it has no meaning.

    ``hits`` and ``tokens`` are of equal shape (parts,). Parts without tokens are left out. DP
    is half the sum of the differences between each part's share of the hits and its share of
    the tokens (Gries 2008); DPnorm divides by 1 less the smallest share (Lijffijt and Gries
    2012). Without hits, or with one part alone, there is no spread to speak of.
    """
    there = tokens > 0
    hits, tokens = hits[there], tokens[there]
    if len(tokens) < 2 or not hits.sum():
        return None
    shares = tokens / tokens.sum()
    dp = float(np.abs(hits / hits.sum() - shares).sum()) / 2
    return Deviation(dp, dp / (1 - float(shares.min())))


@dataclass(frozen=True, slots=True, eq=False)
class Strip:
    """Lines counted in equal stretches: ``counts`` int64 (bins,), ``first_lines`` int64 (bins,).

    A first line is the number of the first line in a stretch, -1 where there is none.
    """

    counts: NDArray[np.int64]
    first_lines: NDArray[np.int64]


def corpus_strip(
    lines: Lines, sizes: CorpusSizes, document_ranks: NDArray[np.int64], bins: int
) -> Strip:
    """Return where in the corpus lines stand, each bin as many tokens.

    ``document_ranks`` is the place of each document in the order of the corpus, by id.
    """
    ranks = np.full(len(sizes.documents), len(document_ranks), np.int64)
    known = sizes.documents < len(document_ranks)
    ranks[known] = document_ranks[sizes.documents[known]]
    order = np.argsort(ranks, kind="stable")
    before = np.empty(len(order), np.int64)
    lengths = sizes.lengths[order]
    before[order] = np.cumsum(lengths) - lengths
    places = before[sizes.rows_of(lines.documents)] + lines.tokens_before()
    return _strip(places, np.array(max(int(lengths.sum()), 1)), bins)


def document_strip(lines: Lines, bins: int) -> Strip:
    """Return where inside their documents lines stand, from the beginning to the end."""
    return _strip(lines.tokens_before(), lines.doc_ends - lines.doc_starts, bins)


def _strip(places: NDArray[np.int64], lengths: NDArray[np.int64], bins: int) -> Strip:
    numbers = places * bins // lengths
    counts = np.bincount(numbers, minlength=bins)
    first = np.full(bins, -1, np.int64)
    # The last of several values put into one place stays: backwards, the first does.
    first[numbers[::-1]] = np.arange(len(numbers))[::-1]
    return Strip(counts, first)
