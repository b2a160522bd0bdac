"""Several segments into one, a piece at a time: memory does not grow with their size.

What is held at once is a few bytes for each term of one of them, one piece of the token stream
and one piece of the postings; everything else goes from map to file. Deleted documents and the
terms that stood in them alone are left behind. Documents keep their order.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from incipit.errors import BugError, Cancelled
from incipit.index.column_file import ColumnFile, ColumnFileWriter, ColumnSpec
from incipit.index.columns import SegmentColumns, document_keys, field_names
from incipit.index.inversion import PendingSegment
from incipit.index.layout import MAX_ROW_TOKENS, RARE, Columns, key_columns
from incipit.index.merge_policy import SegmentSize
from incipit.index.merging_plan import FieldPlan, plan_field
from incipit.index.merging_postings import PostingsMerger
from incipit.index.merging_source import MergeSource
from incipit.index.pending import segment_id_of
from incipit.index.scratch import ScratchFile
from incipit.models import CancelToken

#: Tokens handled at once: some 60 MB of memory.
PIECE_TOKENS = 1 << 20

_WORD_ITEMS_AT_ONCE = 1 << 20


@dataclass(frozen=True, slots=True)
class MergeInput:
    """A segment to merge: its file, and which documents stay (None: all)."""

    file: ColumnFile
    live: NDArray[np.bool_] | None


def merge_segments(
    inputs: Sequence[MergeInput],
    path: Path,
    cancel: CancelToken | None = None,
    *,
    one_document: bool = False,
) -> PendingSegment:
    """Write the documents of ``inputs`` that stay as one pending segment at ``path``.

    The inputs must fit: at most 65,536 rows and 4 billion tokens together in every field. They
    should have maps of their own, as the pages of their maps are given back after each piece.

    With ``one_document`` the inputs are the pieces of one document, in order: each has one
    document, all with the same key, and every piece that another one follows ends where a row
    does, after a multiple of `MAX_ROW_TOKENS` tokens. The result is the segment that the whole
    document would have been by itself.

    Raises:
        Cancelled: the token was set; nothing is left behind.
        OSError: the disk is full.
        BugError: the inputs are no pieces of one document.
    """
    fields = field_names(inputs[0].file)
    step = partial(_step, inputs, cancel)
    keys = np.concatenate([_live_keys(item) for item in inputs])
    if one_document:
        keys = _one_key(keys, inputs)
    with ScratchFile(path.parent) as scratch:
        plans = []
        for name in fields:
            step()
            sources = [SegmentColumns(item.file, name, item.live) for item in inputs]
            if one_document:
                sources = _joining(sources)
            plans.append(
                plan_field(name, sources, scratch, PIECE_TOKENS, step, one_document=one_document)
            )
        columns, facts = key_columns(keys)
        facts |= {"fields": " ".join(fields), "segment": segment_id_of(path.name)}
        size = _write(plans, path, columns, facts, step)
    return PendingSegment(path.name, int(keys.size), plans[0].token_count, size)


def size_of(columns: SegmentColumns) -> SegmentSize:
    """Return what a segment weighs in a merge."""
    terms, tokens = columns.term_count, columns.token_count
    if columns.live is None:
        return SegmentSize(columns.row_count, tokens, tokens, terms)
    starts = columns.doc_starts
    lengths = (starts[1:] - starts[:-1])[columns.live]
    rows = int(columns.rows_of_docs[columns.live].sum())
    return SegmentSize(rows, int(lengths.sum()), tokens, terms)


def _step(inputs: Sequence[MergeInput], cancel: CancelToken | None) -> None:
    """Give back the memory of what was read, and stop where that is wanted.

    Raises:
        Cancelled: the token is set.
    """
    for item in inputs:
        item.file.release()
    if cancel is not None and cancel.is_set():
        raise Cancelled


def _one_key(keys: NDArray[np.int64], inputs: Sequence[MergeInput]) -> NDArray[np.int64]:
    if keys.size != len(inputs) or (keys != keys[0]).any():
        raise BugError("these are not pieces of one document")
    return keys[:1]


def _joining(pieces: list[SegmentColumns]) -> list[SegmentColumns]:
    """Return the pieces of a document that have tokens, or one where none has.

    What has no tokens has a row without any, which a document with tokens has not.
    """
    filled = [piece for piece in pieces if piece.token_count] or pieces[:1]
    if any(piece.token_count % MAX_ROW_TOKENS for piece in filled[:-1]):
        raise BugError("a piece of a document must end where a row does")
    return filled


def _live_keys(item: MergeInput) -> NDArray[np.int64]:
    keys = document_keys(item.file)
    return keys if item.live is None else keys[item.live]


def _write(
    plans: Sequence[FieldPlan],
    path: Path,
    key_columns: Columns,
    facts: dict[str, int | str],
    step: Callable[[], None],
) -> int:
    """Write the file of the merged segment; return its size in bytes."""
    specs = [ColumnSpec(name, values.dtype, values.size) for name, values in key_columns.items()]
    specs += [spec for plan in plans for spec in plan.specs()]
    writer = ColumnFileWriter(path, specs, facts)
    try:
        for name, values in key_columns.items():
            writer.write(name, values)
        for plan in plans:
            _write_field(plan, writer, step)
        return writer.finish()
    except BaseException:
        writer.discard()
        raise


def _write_field(plan: FieldPlan, writer: ColumnFileWriter, step: Callable[[], None]) -> None:
    _write_all(plan, writer, plan.small_columns())
    for name, column in plan.word_columns().items():
        for start in range(0, column.size, _WORD_ITEMS_AT_ONCE):
            step()
            end = min(start + _WORD_ITEMS_AT_ONCE, column.size)
            _write_all(plan, writer, {name: column.read(start, end)})
    position = 0
    for source in plan.sources:
        for columns in _stream_pieces(plan, source, position, step):
            _write_all(plan, writer, columns)
            position += columns["stream"].size
    for columns in PostingsMerger(plan).pieces(PIECE_TOKENS, step):
        _write_all(plan, writer, columns)


def _stream_pieces(
    plan: FieldPlan, source: MergeSource, position: int, step: Callable[[], None]
) -> Iterator[Columns]:
    """Yield the token stream of a source in new codes; its first token stands at ``position``."""
    new_terms = source.new_terms.read()
    codes = new_terms.astype(plan.stream_dtype)
    if plan.coded.size:
        terms, places = source.terms_with(plan.coded)
        codes.fill(RARE)
        codes[terms] = places
    for tokens in source.live_pieces(PIECE_TOKENS):
        step()
        columns: Columns = {"stream": codes[tokens]}
        if plan.coded.size:
            rare = np.flatnonzero(columns["stream"] == RARE)
            columns["rare_positions"] = (rare + position).astype(np.uint32)
            columns["rare_terms"] = new_terms[tokens[rare]]
        yield columns
        position += tokens.size


def _write_all(plan: FieldPlan, writer: ColumnFileWriter, columns: dict[str, NDArray[Any]]) -> None:
    for name, values in columns.items():
        writer.write(f"{plan.name}/{name}", values)
