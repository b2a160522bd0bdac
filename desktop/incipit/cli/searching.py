"""``incipit search``, ``list`` and ``show``: what is in the library, to read or to pipe."""

from __future__ import annotations

import argparse
import sys
import threading
from collections.abc import Iterator, Sequence

from incipit.cli.exit_codes import FAILED, LACKING, SUCCESS
from incipit.cli.opening import opened
from incipit.cli.output import count, printable_lines, say, say_json, say_table, warn
from incipit.cli.parser import DEFAULT_ROWS
from incipit.models import Document, SearchRequest, SearchResult, SortKey
from incipit.services.library import Library

_READ_AT_ONCE = 500
_BEST_FIRST = (SortKey.RELEVANCE, SortKey.HITS)


def run_search(options: argparse.Namespace) -> int:
    """Find documents and print them, the best first."""
    with opened(options) as library:
        # The words of several arguments are one query, as they are without quotes.
        request = SearchRequest(
            query=" ".join(options.query),
            sort=options.sort,
            descending=(options.sort in _BEST_FIRST) != options.reverse,
            fold_duplicates=options.fold_duplicates,
        )
        result = library.search(request, threading.Event())
        if library.index_damage is not None:
            warn(f"the index cannot be used ({library.index_damage}): run “incipit rebuild” first")
            return FAILED
        _tell_notes(library, result)
        if options.count:
            say_json({"documents": len(result.document_ids), "hits": result.total_hits})
        elif options.json:
            for document, score, hits in _found(library, result, options.limit):
                say_json(
                    {
                        "id": document.id,
                        "path": document.path,
                        "title": document.title,
                        "score": score,
                        "hits": hits,
                    }
                )
        else:
            _say_found(library, result, options.limit)
        return SUCCESS if len(result.document_ids) else LACKING


def run_list(options: argparse.Namespace) -> int:
    """Print the documents of the library."""
    with opened(options) as library:
        request = SearchRequest(sort=options.sort, descending=options.reverse)
        result = library.search(request, threading.Event())
        if options.json:
            for document, _, _ in _found(library, result, options.limit):
                say_json(_as_json(document))
            return SUCCESS
        ids = result.document_ids[: _rows(options.limit)].tolist()
        if ids:
            say_table(
                ("id", "words", "title", "path"),
                [(one.id, one.word_count, one.title, one.path) for one in library.documents(ids)],
                wide=2,
            )
        _say_total(len(ids), len(result.document_ids), "")
        return SUCCESS


def run_show(options: argparse.Namespace) -> int:
    """Print the text of a document, exactly where it goes into a pipe or file."""
    with opened(options) as library:
        text = library.text(options.id)
        if options.json:
            say_json({**_as_json(library.document(options.id)), "text": text})
        elif sys.stdout.isatty():
            say(printable_lines(text))
        else:
            sys.stdout.flush()
            sys.stdout.buffer.write(text.encode())
        return SUCCESS


def _say_found(library: Library, result: SearchResult, limit: int | None) -> None:
    rows = [
        (document.id, hits, f"{score:.2f}", document.title, document.path)
        for document, score, hits in _found(library, result, _rows(limit))
    ]
    if rows:
        say_table(("id", "hits", "score", "title", "path"), rows, wide=3)
    else:
        for suggestion in library.suggestions(result.request.query):
            warn(f"{suggestion.label} ({count(suggestion.documents, 'document')})")
    _say_total(len(rows), len(result.document_ids), f", {count(result.total_hits, 'hit')}")


def _say_total(shown: int, total: int, more: str) -> None:
    line = f"{count(total, 'document')}{more}"
    if shown < total:
        line += f"; the first {shown:,} are shown (--limit 0 shows all)"
    sys.stdout.flush()
    sys.stderr.write(line + "\n")


def _tell_notes(library: Library, result: SearchResult) -> None:
    for note in result.notes:
        warn(note)
    if result.incomplete:
        queued = library.status().queued
        # None where the last became searchable since.
        waiting = count(queued, "document") if queued else "some documents were"
        warn(f"{waiting} not searchable yet: results are incomplete")


def _found(
    library: Library, result: SearchResult, limit: int | None
) -> Iterator[tuple[Document, float, int]]:
    """Yield the documents of a result in its order, with score and hits, up to ``limit``."""
    total = len(result.document_ids)
    end = total if not limit else min(limit, total)
    for start in range(0, end, _READ_AT_ONCE):
        part = slice(start, min(start + _READ_AT_ONCE, end))
        ids: Sequence[int] = result.document_ids[part].tolist()
        scores = dict(zip(ids, result.scores[part].tolist(), strict=True))
        hits = dict(zip(ids, result.hits[part].tolist(), strict=True))
        for document in library.documents(ids):
            yield document, scores[document.id], hits[document.id]


def _rows(limit: int | None) -> int | None:
    """Return the rows of a table: the limit, the default, or None for all of them."""
    return DEFAULT_ROWS if limit is None else limit or None


def _as_json(document: Document) -> dict[str, object]:
    return {
        "id": document.id,
        "path": document.path,
        "title": document.title,
        "words": document.word_count,
        "size_bytes": document.size_bytes,
        "encoding": document.encoding,
        "copies": document.copies,
        "added": document.added_at.isoformat(),
        "modified": document.modified_at.isoformat(),
    }
