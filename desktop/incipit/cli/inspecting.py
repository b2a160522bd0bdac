"""``incipit check`` and ``stats``: whether the library is sound, and what it holds."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from incipit.cli.exit_codes import LACKING, SUCCESS
from incipit.cli.interruption import run_interruptibly
from incipit.cli.jobs import run_task
from incipit.cli.opening import opened
from incipit.cli.output import count, printable, say, say_json, warn
from incipit.cli.progress_line import ProgressLine
from incipit.models import Damage, Repair
from incipit.services.control import JobControl
from incipit.services.library import Library
from incipit.services.tasks import RepairTask


def run_check(options: argparse.Namespace) -> int:
    """Read library and index from end to end and name every damage."""
    with opened(options) as library:
        damages = _check(library, deep=options.deep)
        if damages and options.repair:
            _say_damages(damages)
            say("mending what can be mended")
            run_task(library.folder, RepairTask(damages, library.limit_bytes))
            damages = _check(library, deep=options.deep)
        _say_damages(damages)
        if damages:
            advice = _advice(damages, repaired=options.repair)
            warn(f"{count(len(damages), 'damage')} found; {advice}")
            return LACKING
        status = library.status()
    waiting = f"; {count(status.queued, 'document')} not searchable yet" if status.queued else ""
    say(f"{count(status.documents, 'document')}: library and index are sound{waiting}")
    return SUCCESS


def run_stats(options: argparse.Namespace) -> int:
    """Say what the library holds, and which files failed."""
    with opened(options) as library:
        if options.failed:
            _say_failures(library, as_json=options.json)
        elif options.json:
            say_json(_stats(library))
        else:
            _say_stats(library)
    return SUCCESS


def _check(library: Library, *, deep: bool) -> tuple[Damage, ...]:
    control = JobControl()
    line = ProgressLine()

    def tell(done: int, total: int) -> None:
        line.tell(f"Comparing {done:,} of {total:,}")

    try:
        return run_interruptibly(lambda: library.check(control, deep=deep, tell=tell), control)
    finally:
        line.clear()


def _say_damages(damages: Sequence[Damage]) -> None:
    for damage in damages:
        say(printable(damage.message))


def _advice(damages: Sequence[Damage], *, repaired: bool) -> str:
    if not repaired and any(damage.repair is not Repair.NOTHING for damage in damages):
        return "incipit check --repair mends what can be mended"
    return "restore a backup (incipit restore), or import into a new library"


def _stats(library: Library) -> dict[str, object]:
    totals, status = library.totals(), library.status()
    return {
        "library": str(library.folder),
        "documents": totals.documents,
        "texts": totals.texts,
        "words": totals.word_count,
        "size_bytes": totals.size_bytes,
        "searchable": status.searchable,
        "queued": status.queued,
        "failed": status.failed,
        "encodings": dict(totals.encodings),
        "sources": {source.path: source.document_count for source in library.sources()},
    }


def _say_stats(library: Library) -> None:
    totals, status = library.totals(), library.status()
    encodings = ", ".join(f"{name} {number:,}" for name, number in totals.encodings)
    lines = [
        ("library", printable(str(library.folder))),
        ("documents", f"{totals.documents:,}"),
        ("distinct texts", f"{totals.texts:,}"),
        ("words", f"{totals.word_count:,}"),
        ("size", f"{totals.size_bytes:,} bytes"),
        ("searchable", f"{status.searchable:,}"),
        ("queued", f"{status.queued:,}"),
        ("failed", f"{status.failed:,}"),
        ("encodings", printable(encodings)),
    ]
    for name, value in lines:
        say(f"{name + ':':<16}{value}".rstrip())
    for source in library.sources():
        number = count(source.document_count, "document")
        say(f"{'source:':<16}{printable(source.path)} ({number})")


def _say_failures(library: Library, *, as_json: bool) -> None:
    for failed in library.failures():
        if as_json:
            say_json(
                {
                    "path": failed.path,
                    "code": failed.code,
                    "reason": failed.reason,
                    "advice": failed.advice,
                }
            )
        else:
            say(
                f"{printable(failed.path)}: {printable(f'{failed.reason} {failed.advice}'.strip())}"
            )
