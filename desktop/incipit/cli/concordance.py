"""``incipit kwic``: every hit in its context, to read, to pipe, or as a file."""

from __future__ import annotations

import argparse
import csv
import shutil
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

from incipit.analysis.sorting import parse_keys
from incipit.analysis.thinning import Thinning
from incipit.cli.exit_codes import FAILED, LACKING, SUCCESS
from incipit.cli.opening import opened
from incipit.cli.output import count, printable, say, say_json, warn, width
from incipit.cli.progress_line import ProgressLine
from incipit.services.concordance_export import COLUMNS, EDGE_MARKS, as_record, format_of
from incipit.services.concordance_values import (
    Concordance,
    ConcordanceRequest,
    KwicLine,
    context_words,
    pages,
)
from incipit.services.library import Library

#: Characters of context to each side where nothing says otherwise.
_WIDTH_CP = 60
_LEAST_WIDTH_CP = 20
_ID_COLUMNS = 7
#: Rows read at once: few at first, so that lines come at once.
_FIRST_ROWS, _MOST_ROWS = 50, 2_000


def run_kwic(options: argparse.Namespace) -> int:
    """Find every hit of a query and print it in its context."""
    request = ConcordanceRequest(
        " ".join(options.query), parse_keys(options.sort), _thinning(options)
    )
    with opened(options) as library:
        found = library.concordance(request, threading.Event())
        if library.index_damage is not None:
            warn(f"the index cannot be used ({library.index_damage}): run “incipit rebuild” first")
            return FAILED
        for note in found.notes:
            warn(note)
        if not found.has_hits:
            warn("this query has no hits to show: it has no word that must stand in a text")
            return LACKING
        if found.incomplete:
            warn("some documents are not searchable yet: lines are missing")
        width_cp = options.width or _fitting_width()
        if options.output is not None:
            _export(library, found, options.output, width_cp)
        elif options.count:
            say_json(_numbers(library, found))
        else:
            _print(library, found, options, width_cp)
        return SUCCESS if len(found) else LACKING


def _thinning(options: argparse.Namespace) -> Thinning:
    size, percent = options.sample
    return Thinning(
        with_words=context_words(options.with_words),
        without_words=context_words(options.without_words),
        within=options.within,
        fold_copies=options.fold_duplicates,
        one_per_document=options.one_per_document,
        sample=size,
        percent=percent,
        seed=options.seed,
    ).checked()


def _print(
    library: Library, found: Concordance, options: argparse.Namespace, width_cp: int
) -> None:
    rows = _rows(library, found, width_cp)
    if options.json:
        for number, line in rows:
            say_json(as_record(number, line))
    elif options.csv:
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(COLUMNS)
        for number, line in rows:
            writer.writerow(as_record(number, line).values())
    else:
        for _, line in rows:
            say(_as_line(line, width_cp))
        sys.stdout.flush()
        sys.stderr.write(f"{_total(found)}\n")


def _rows(library: Library, found: Concordance, width_cp: int) -> Iterator[tuple[int, KwicLine]]:
    """Yield all rows with their numbers from 1; what was read is written before more is."""
    for first, size in pages(found, _FIRST_ROWS, _MOST_ROWS):
        lines = library.concordance_lines(found, first, size, width_cp=width_cp)
        for place, line in enumerate(lines):
            if line is not None:
                yield first + place + 1, line
        sys.stdout.flush()


def _as_line(line: KwicLine, width_cp: int) -> str:
    """Return a line of columns: the document, and the contexts with the hit between."""
    context = line.context
    left = EDGE_MARKS[context.left_edge] + printable(context.left)
    while width(left) > width_cp:
        left = left[1:]
    padding = " " * (width_cp - width(left))
    right = printable(context.right) + EDGE_MARKS[context.right_edge]
    return f"{line.document.id:>{_ID_COLUMNS}} {padding}{left}[{printable(context.hit)}]{right}"


def _total(found: Concordance) -> str:
    total = len(found.lines)
    said = f"{count(len(found), 'line')}"
    return said if len(found) == total else f"{said} of {count(total, 'hit')}"


def _export(library: Library, found: Concordance, path: Path, width_cp: int) -> None:
    line = ProgressLine()
    try:
        written = library.exports.concordance(
            found,
            path,
            format_of(path),
            width_cp=width_cp,
            cancel=threading.Event(),
            progress=lambda done, total: line.tell(f"Writing {done:,} of {count(total, 'line')}"),
        )
    finally:
        line.clear()
    sys.stderr.write(f"{count(written, 'line')} written to {printable(str(path))}\n")


def _numbers(library: Library, found: Concordance) -> dict[str, object]:
    overview = library.concordance_overview(found, 1)
    counts, deviation = overview.count, overview.deviation
    return {
        "lines": len(found),
        "hits": counts.hits,
        "hits_at_torn_edges": counts.edge_hits,
        "documents": counts.documents,
        "tokens": counts.tokens,
        "per_million": counts.per_million,
        "dp": None if deviation is None else deviation.dp,
        "dp_norm": None if deviation is None else deviation.dp_norm,
    }


def _fitting_width() -> int:
    """Return the context to each side that fills a terminal, with some room for the hit."""
    if not sys.stdout.isatty():
        return _WIDTH_CP
    room = shutil.get_terminal_size().columns - _ID_COLUMNS - 15
    return max(_LEAST_WIDTH_CP, room // 2)
