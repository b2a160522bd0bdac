"""BM25F over arrays: the formula that Whoosh's ``BM25F`` has, with exact document lengths."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Bm25:
    """The free parameters of BM25 (Robertson and Walker 1994), with Whoosh's defaults."""

    b: float = 0.75
    k1: float = 1.2

    def norms(self, lengths: NDArray[np.int64], average: float) -> NDArray[np.float64]:
        """Return the length norm of documents of the given lengths in tokens."""
        relative: NDArray[np.float64] = lengths.astype(np.float64) / average
        return self.k1 * ((1.0 - self.b) + self.b * relative)

    def scores(
        self,
        idf: NDArray[np.float64] | float,
        frequencies: NDArray[np.int64],
        norms: NDArray[np.float64],
    ) -> NDArray[np.float64]:
        """Return ``idf * tf * (k1 + 1) / (tf + norm)``, float64, for parallel arrays."""
        return idf * ((frequencies * (self.k1 + 1.0)) / (frequencies + norms))
