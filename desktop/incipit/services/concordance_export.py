"""A concordance as a file: for a spreadsheet, a program, a browser or a reader.

Every export says where it comes from: the query, the order, how lines were chosen and with
which seed, the library, the version of the program and the date. HTML, JSON Lines and plain
text say so at their beginning; CSV and TSV in a second file beside them, NAME.about.json, since
a table with a preamble is read by no program.
"""

from __future__ import annotations

import csv
import html
import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from incipit import __version__
from incipit.errors import Cancelled, UserError
from incipit.models import CancelToken
from incipit.services.concordance_values import Concordance, KwicLine, pages
from incipit.services.replacing import replacing
from incipit.text.contexts import Edge

if TYPE_CHECKING:
    from incipit.services.concordance import Concordances

#: Rows read at once: documents that several of them share are read once, which for lines sorted
#: by words is most of the work. A row takes some two kilobytes of memory.
_FIRST_PAGE, _LARGEST_PAGE = 200, 30_000
_ABOUT_SUFFIX = ".about.json"

#: Told how many rows are written, and of how many.
Progress = Callable[[int, int], None]
About = dict[str, object]
_Rows = Iterator[tuple[int, KwicLine]]

COLUMNS = (
    *("line", "document", "title", "path", "word", "left", "hit", "right"),
    *("left_edge", "right_edge"),
)
#: How an edge is written where a line is read by people.
EDGE_MARKS = {Edge.NONE: "", Edge.DOCUMENT: "|", Edge.TORN: "~"}


class ExportFormat(StrEnum):
    """What is written; the value is the usual ending of the file's name."""

    CSV = "csv"
    TSV = "tsv"
    JSON_LINES = "jsonl"
    HTML = "html"
    TEXT = "txt"


def format_of(path: Path) -> ExportFormat:
    """Return the format by the ending of a name. Raises: UserError (``format``)."""
    ending = path.suffix.lower().removeprefix(".")
    if ending not in set(ExportFormat):
        raise UserError(
            f"The ending “{path.suffix}” says no format.",
            advice=f"Use one of: {', '.join('.' + one for one in ExportFormat)}.",
            subject=str(path),
            code="format",
        )
    return ExportFormat(ending)


def about(concordance: Concordance, library: str) -> About:
    """Return what an export says of itself."""
    request, thinning = concordance.request, concordance.request.thinning
    chosen = bool(thinning.sample is not None or thinning.percent is not None)
    return {
        "query": request.query,
        "sort": ",".join(request.keys),
        "lines": len(concordance),
        "hits": len(concordance.lines),
        "sample": thinning.sample,
        "percent": thinning.percent,
        "seed": thinning.seed if chosen or "random" in request.keys else None,
        "one_per_document": thinning.one_per_document,
        "copies_folded": thinning.fold_copies,
        "with": list(thinning.with_words),
        "without": list(thinning.without_words),
        "within": thinning.within if thinning.with_words or thinning.without_words else None,
        "library": library,
        "program": f"Incipit {__version__}",
        "date": datetime.now(UTC).astimezone().isoformat(timespec="seconds"),
    }


def export(
    concordances: Concordances,
    concordance: Concordance,
    path: Path,
    form: ExportFormat,
    *,
    library: str,
    width_cp: int,
    cancel: CancelToken,
    progress: Progress = lambda _done, _total: None,
) -> int:
    """Write all rows of a concordance to ``path`` and return how many.

    ``width_cp`` is the context to each side; ``library`` the name by which it is called. The
    file appears when it is whole. A line whose document is gone is left out.

    Raises: Cancelled; UserError where the file cannot be written.
    """
    description = about(concordance, library)
    written = 0

    def rows() -> _Rows:
        nonlocal written
        for first, count in pages(concordance, _FIRST_PAGE, _LARGEST_PAGE):
            read = concordances.read(concordance, first, count, width_cp=width_cp, cancel=cancel)
            for place, line in enumerate(read):
                if line is not None:
                    written += 1
                    yield first + place + 1, line
                if cancel.is_set():
                    raise Cancelled
            progress(first + count, len(concordance))

    with ExitStack() as files:
        if form in (ExportFormat.CSV, ExportFormat.TSV):
            beside = files.enter_context(replacing(path.with_name(path.name + _ABOUT_SUFFIX)))
            json.dump(description, beside, indent=2, ensure_ascii=False)
        # Spreadsheets take a file for UTF-8 by its mark.
        encoding = "utf-8-sig" if form is ExportFormat.CSV else "utf-8"
        stream = files.enter_context(replacing(path, encoding=encoding))
        _WRITERS[form](stream, description, rows(), width_cp)
    return written


def as_record(number: int, line: KwicLine) -> About:
    """Return a line as named values, for a program."""
    values = (
        number,
        line.document.id,
        line.document.title,
        line.document.path,
        line.token + 1,
        line.context.left,
        line.context.hit,
        line.context.right,
        line.context.left_edge.value,
        line.context.right_edge.value,
    )
    return dict(zip(COLUMNS, values, strict=True))


def as_text(line: KwicLine, width_cp: int) -> str:
    """Return a line for reading in a font of one width, the hit after ``width_cp`` and two."""
    context = line.context
    left = f"{EDGE_MARKS[context.left_edge]}{context.left}"[-width_cp - 1 :]
    right = f"{context.right}{EDGE_MARKS[context.right_edge]}"
    return f"{left:>{width_cp + 1}}[{context.hit}]{right}"


def _write_csv(stream: TextIO, _about: About, rows: _Rows, _width: int) -> None:
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerows(as_record(number, line).values() for number, line in rows)


def _write_tsv(stream: TextIO, _about: About, rows: _Rows, _width: int) -> None:
    # Without quotes: programs that read TSV split at tabs and know of nothing else.
    stream.write("\t".join(COLUMNS) + "\n")
    for number, line in rows:
        cells = (" ".join(str(one).split("\t")) for one in as_record(number, line).values())
        stream.write("\t".join(" ".join(cell.splitlines()) for cell in cells) + "\n")


def _write_json(stream: TextIO, description: About, rows: _Rows, _width: int) -> None:
    stream.write(json.dumps({"about": description}, ensure_ascii=False) + "\n")
    for number, line in rows:
        stream.write(json.dumps(as_record(number, line), ensure_ascii=False) + "\n")


def _write_text(stream: TextIO, description: About, rows: _Rows, width_cp: int) -> None:
    for name, value in _told(description):
        stream.write(f"# {name}: {value}\n")
    stream.write("\n")
    for _, line in rows:
        # The title last: it may be of any length.
        stream.write(f"{as_text(line, width_cp)}\t{' '.join(line.document.title.split())}\n")


def _write_html(stream: TextIO, description: About, rows: _Rows, _width: int) -> None:
    query = html.escape(str(description["query"]))
    stream.write(_HTML_HEAD.replace("{query}", query))
    for name, value in _told(description):
        stream.write(f"<dt>{html.escape(name)}</dt><dd>{html.escape(value)}</dd>\n")
    stream.write("</dl>\n<table>\n")
    for number, line in rows:
        context = line.context
        cells = [
            (' class="l"', EDGE_MARKS[context.left_edge] + context.left),
            (' class="h"', context.hit),
            ("", context.right + EDGE_MARKS[context.right_edge]),
            (' class="t"', line.document.title),
        ]
        body = "".join(f"<td{kind}><bdi>{html.escape(text)}</bdi></td>" for kind, text in cells)
        stream.write(f'<tr><td class="n">{number}</td>{body}</tr>\n')
    stream.write("</table>\n</body>\n</html>\n")


def _told(description: About) -> Iterator[tuple[str, str]]:
    """Yield what is worth saying to people: what is set."""
    for name, value in description.items():
        told = ", ".join(value) if isinstance(value, list) else value
        if told not in (None, False, ""):
            yield name.replace("_", " "), " ".join(str(told).split())


_HTML_HEAD = """\
<!DOCTYPE html>
<html>
<head>
<meta charset="utf-8">
<title>Concordance: {query}</title>
<style>
body { font: 15px/1.5 Georgia, serif; margin: 2em; color: #22252a; background: #fffefb; }
dl { display: grid; grid-template-columns: max-content auto; gap: 0 1em; }
dt { color: #5d6168; } dd { margin: 0; }
table { border-collapse: collapse; } td { padding: 1px 0; white-space: pre; }
td.n, td.t { color: #5d6168; padding: 1px 1em; } td.l { text-align: right; }
td.h { font-weight: bold; }
</style>
</head>
<body>
<h1>{query}</h1>
<dl>
"""

_WRITERS: dict[ExportFormat, Callable[[TextIO, About, _Rows, int], None]] = {
    ExportFormat.CSV: _write_csv,
    ExportFormat.TSV: _write_tsv,
    ExportFormat.JSON_LINES: _write_json,
    ExportFormat.HTML: _write_html,
    ExportFormat.TEXT: _write_text,
}
