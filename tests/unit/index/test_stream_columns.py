"""The token stream with and without terms that have no code."""

from __future__ import annotations

import numpy as np
import pytest

from incipit.index.layout import RARE, stream_columns
from incipit.index.stream_columns import TokenStream


def stream_of(terms, count):
    columns = stream_columns(terms, np.bincount(terms, minlength=count))
    return TokenStream(columns.__getitem__)


@pytest.mark.parametrize("count", [3, 200, 300, RARE + 1, RARE + 2, RARE + 500])
def test_terms_come_back_whatever_their_number(count):
    rng = np.random.default_rng(count)
    terms = np.concatenate([np.arange(count), rng.integers(0, count, 5000)]).astype(np.uint32)
    rng.shuffle(terms)
    stream = stream_of(terms, count)
    everywhere = np.arange(terms.size)

    assert stream.token_count == terms.size
    assert np.array_equal(stream.terms_at(everywhere), terms)
    assert np.array_equal(stream.terms_at(everywhere[::-7]), terms[::-7])
    assert np.array_equal(stream.terms_between(17, 4000), terms[17:4000])
    assert stream.terms_between(5, 5).size == 0
    without_code = 0
    for term in rng.integers(0, count, 50).tolist():
        code = stream.code(term)
        if code is None:
            without_code += 1
        else:
            assert np.array_equal(stream.match_at(everywhere, code, 0), terms == term)
            assert np.array_equal(stream.match_at(everywhere[:-1], code, 1), terms[1:] == term)
    assert without_code == 0 or count > RARE + 1
