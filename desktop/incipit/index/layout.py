"""The columns of one segment: their names, what each holds, and how they are computed.

Owns the meaning of the columns; ``column_file`` owns their bytes, ``columns`` reads them.

A segment holds documents; each text field of it is kept in *rows*: a row is a document, or a
piece of at most 65,535 tokens of a longer one, so that a place inside a row fits 16 bits. The
columns of a field, each with the narrowest unsigned dtype that fits:

==================  ==========================================================================
``row_lengths``     tokens of each row
``doc_rows``        first row of each document and the end; empty where every document is a row
``words``           the terms in UTF-8, sorted by their bytes, each followed by a line feed
``word_offsets``    start of each term in ``words`` and the end
``coded``           the terms that have a code, ascending; empty where every term has
``stream``          the code of each token: its term, or its place in ``coded``, or ``RARE``
``rare_positions``  positions whose code is ``RARE``, ascending
``rare_terms``      the terms that stand there
``row_offsets``     start of each term's rows among all postings, and the end
``token_offsets``   start of each term's tokens among all tokens by term, and the end
``rows``            the rows of each term that is not dense, one term after the other
``dense_terms``     the terms whose rows are a bitmap, ascending
``dense_rows``      their bitmaps, each padded to whole bytes, little bit first
``places``          place inside its row of each token by term, ascending within the term
``firsts``          bit set where a token by term is the first in its row: term frequencies
``heavy_terms``     terms whose frequencies are kept ready too, ascending
``heavy_offsets``   start of each one's frequencies in ``heavy_counts``, and the end
``heavy_counts``    those frequencies
``pair_…``          frequent pairs of neighbouring words: see `pair_layout`
==================  ==========================================================================

Term numbers follow the alphabet (by UTF-8 bytes), and so do codes: where there are more terms
than codes, the most frequent ones get codes, in alphabetical order among themselves.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from incipit.index.column_file import narrow
from incipit.index.pair_layout import frequent_words, number_table, pair_columns
from incipit.index.token_order import by_terms

MAX_ROWS = 1 << 16
MAX_ROW_TOKENS = (1 << 16) - 1

#: The code of a token whose term has none.
RARE = (1 << 16) - 1

#: The code points of a surrogate cannot be encoded otherwise; no tokeniser makes them.
UTF8_ERRORS = "surrogatepass"

#: Terms that occur so often all get codes: more of them would be more tokens than fit.
_COUNTED_ALIKE = (1 << 16) + 1

_LINE_FEED = 10
_HEAVY_TOKENS = 2048
_HEAVY_PER_ROW = 4

#: Tokens whose pairs are counted at once.
_PIECE_TOKENS = 1 << 20

Columns = dict[str, NDArray[Any]]


def split_rows(doc_lengths: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return (row lengths, first row of each document and the end), both int64.

    A document without tokens has one row without tokens.
    """
    pieces = np.maximum(-(-doc_lengths // MAX_ROW_TOKENS), 1)
    doc_rows = np.zeros(doc_lengths.size + 1, np.int64)
    np.cumsum(pieces, out=doc_rows[1:])
    lengths = np.full(int(doc_rows[-1]), MAX_ROW_TOKENS, np.int64)
    lengths[doc_rows[1:] - 1] = doc_lengths - (pieces - 1) * MAX_ROW_TOKENS
    return lengths, doc_rows


def lay_out(
    words: Sequence[str], terms: NDArray[np.uint32], doc_lengths: NDArray[np.int64]
) -> Columns:
    """Compute the columns of a field from its token stream.

    ``words`` are the distinct terms, sorted; ``terms`` (token_count,) is the number in ``words``
    of each token, document after document; every word occurs.
    """
    row_lengths, doc_rows = split_rows(doc_lengths)
    postings = _invert(terms, row_lengths)
    token_counts = counts_of(postings["token_offsets"])
    row_counts = counts_of(postings["row_offsets"])
    frequent = frequent_words(token_counts, row_counts, row_lengths.size)
    numbers = number_table(frequent, token_counts.size)
    return {
        **row_columns(row_lengths, doc_rows),
        **lexicon_columns(words),
        **stream_columns(terms, token_counts),
        **_split_dense(postings, row_lengths.size),
        **pair_columns(frequent, partial(_pieces, terms, numbers), row_lengths, doc_rows),
    }


def _pieces(terms: NDArray[np.uint32], numbers: NDArray[np.uint8]) -> Iterator[NDArray[np.uint8]]:
    for start in range(0, terms.size, _PIECE_TOKENS):
        yield numbers[terms[start : start + _PIECE_TOKENS]]


def row_columns(row_lengths: NDArray[np.int64], doc_rows: NDArray[np.int64]) -> Columns:
    """Return ``row_lengths`` and ``doc_rows`` as stored."""
    longest = int(row_lengths.max(initial=0))
    several = row_lengths.size != doc_rows.size - 1
    return {
        "row_lengths": row_lengths.astype(narrow(longest)),
        "doc_rows": (doc_rows if several else doc_rows[:0]).astype(np.uint32),
    }


def lexicon_columns(words: Sequence[str]) -> Columns:
    """Return ``words`` and ``word_offsets`` as stored.

    Raises:
        ValueError: a term contains a line feed.
    """
    text = "\n".join(words) + "\n" if words else ""
    blob = np.frombuffer(text.encode("utf-8", UTF8_ERRORS), np.uint8)
    ends = np.flatnonzero(blob == _LINE_FEED) + 1
    if ends.size != len(words):
        raise ValueError("a term cannot contain a line feed")
    offsets = np.zeros(ends.size + 1, np.uint32)
    offsets[1:] = ends
    return {"words": blob, "word_offsets": offsets}


def choose_coded(counts: Callable[[], Iterable[NDArray[np.int64]]]) -> NDArray[np.uint32]:
    """Return which terms get a code, ascending; empty where all do.

    ``counts`` yields how often each term occurs, some terms at a time, whenever it is called.
    The most frequent ones get codes, of equally frequent ones the first.
    """
    totals = np.zeros(_COUNTED_ALIKE + 1, np.int64)
    for part in counts():
        totals += np.bincount(np.minimum(part, _COUNTED_ALIKE), minlength=totals.size)
    as_frequent = np.cumsum(totals[::-1])[::-1]
    if as_frequent[0] <= MAX_ROWS:
        return np.empty(0, np.uint32)
    least = int(np.flatnonzero(as_frequent >= RARE)[-1])
    room = RARE - int(as_frequent[least + 1])
    chosen, first = [], 0
    for part in counts():
        has_code = part > least
        equal = np.flatnonzero(part == least)[:room]
        has_code[equal] = True
        room -= equal.size
        chosen.append((np.flatnonzero(has_code) + first).astype(np.uint32))
        first += part.size
    return np.concatenate(chosen)


def stream_dtype(coded: NDArray[np.uint32], term_count: int) -> np.dtype[Any]:
    """Return the dtype of the stream."""
    return narrow(RARE if coded.size else max(term_count - 1, 0))


def code_table(coded: NDArray[np.uint32], term_count: int) -> NDArray[Any]:
    """Return the code of every term, in the dtype of the stream."""
    if coded.size == 0:
        return np.arange(term_count).astype(stream_dtype(coded, term_count))
    table = np.full(term_count, RARE, np.uint16)
    table[coded] = np.arange(coded.size, dtype=np.uint16)
    return table


def stream_columns(terms: NDArray[np.uint32], token_counts: NDArray[np.int64]) -> Columns:
    """Return the token stream and what stands beside it, as stored."""
    coded = choose_coded(lambda: [token_counts])
    stream = code_table(coded, token_counts.size)[terms]
    rare = np.flatnonzero(stream == RARE) if coded.size else np.empty(0, np.int64)
    return {
        "coded": coded,
        "stream": stream,
        "rare_positions": rare.astype(np.uint32),
        "rare_terms": terms[rare].astype(np.uint32),
    }


def is_dense(
    row_counts: NDArray[np.int64], segment_rows: int, rows_dtype: np.dtype[Any]
) -> NDArray[np.bool_]:
    """Return of which terms a bitmap of the rows is smaller than their list."""
    return row_counts * rows_dtype.itemsize > bitmap_bytes(segment_rows)


def is_heavy(token_counts: NDArray[np.int64], row_counts: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Return for which terms frequencies are kept ready, as counting bits would take long."""
    return (token_counts >= _HEAVY_TOKENS) & (token_counts >= _HEAVY_PER_ROW * row_counts)


def bitmap_bytes(segment_rows: int) -> int:
    """Return the size of a bitmap over all rows."""
    return -(-segment_rows // 8)


def pack_bitmaps(
    term_index: NDArray[np.int64], rows: NDArray[Any], count: int, segment_rows: int
) -> NDArray[np.uint8]:
    """Return ``count`` bitmaps, (count * bitmap_bytes,), bit set for each (term, row) pair."""
    size = bitmap_bytes(segment_rows)
    places = term_index * (size * 8) + rows.astype(np.int64)
    bits = np.zeros(count * size * 8, np.bool_)
    bits[places] = True
    return np.packbits(bits, bitorder="little")


def offsets_of(counts: NDArray[Any]) -> NDArray[np.uint32]:
    """Return the running sum of ``counts`` from 0, one longer."""
    offsets = np.zeros(counts.size + 1, np.uint32)
    np.cumsum(counts, out=offsets[1:])
    return offsets


def counts_of(offsets: NDArray[Any]) -> NDArray[np.int64]:
    """Return the steps of ``offsets``, one shorter: the inverse of :func:`offsets_of`."""
    wide: NDArray[np.int64] = offsets.astype(np.int64)
    return wide[1:] - wide[:-1]


def key_columns(keys: NDArray[np.int64]) -> tuple[Columns, dict[str, int | str]]:
    """Return the document keys as stored, with the facts that decode them."""
    if keys.size == 0:
        return {"keys": np.empty(0, np.uint8)}, {"key_base": 0}
    low, high = int(keys.min()), int(keys.max())
    if high - low >= 1 << 32:
        return {"keys": keys.astype(np.int64)}, {"key_base": 0}
    return {"keys": (keys - low).astype(narrow(high - low))}, {"key_base": low}


def prefixed(field: str, columns: Mapping[str, NDArray[Any]]) -> Columns:
    """Name columns as those of ``field``."""
    return {f"{field}/{name}": values for name, values in columns.items()}


def _invert(terms: NDArray[np.uint32], row_lengths: NDArray[np.int64]) -> Columns:
    """Compute the postings of all terms, dense ones not apart yet."""
    token_counts = np.bincount(terms)
    token_offsets = offsets_of(token_counts)
    rows, places = by_terms(terms, token_counts, row_lengths)
    firsts = np.empty(terms.size, np.bool_)
    np.not_equal(rows[1:], rows[:-1], out=firsts[1:])
    firsts[token_offsets[:-1]] = True
    first_at = np.flatnonzero(firsts)
    row_offsets = np.searchsorted(first_at, token_offsets).astype(np.uint32)
    row_counts = counts_of(row_offsets)
    columns: Columns = {
        "places": places.astype(narrow(max(int(row_lengths.max(initial=0)) - 1, 0))),
        "row_offsets": row_offsets,
        "token_offsets": token_offsets,
        "rows": rows[first_at],
        "firsts": np.packbits(firsts, bitorder="little"),
    }
    heavy = is_heavy(token_counts, row_counts)
    kept = np.repeat(heavy, row_counts)
    counts = np.diff(np.append(first_at, terms.size))[kept]
    columns["heavy_terms"] = np.flatnonzero(heavy).astype(np.uint32)
    columns["heavy_offsets"] = offsets_of(row_counts[heavy])
    columns["heavy_counts"] = counts.astype(narrow(int(counts.max(initial=0))))
    return columns


def _split_dense(postings: Columns, segment_rows: int) -> Columns:
    """Move the rows of dense terms into bitmaps."""
    row_counts = counts_of(postings["row_offsets"])
    dtype = narrow(max(segment_rows - 1, 0))
    dense = is_dense(row_counts, segment_rows, dtype)
    in_dense = np.repeat(dense, row_counts)
    count = int(dense.sum())
    index = np.repeat(np.arange(count), row_counts[dense])
    rows = postings["rows"]
    return {
        **postings,
        "rows": rows[~in_dense].astype(dtype),
        "dense_terms": np.flatnonzero(dense).astype(np.uint32),
        "dense_rows": pack_bitmaps(index, rows[in_dense], count, segment_rows),
    }
