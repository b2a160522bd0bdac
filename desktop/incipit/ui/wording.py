"""Numbers, sizes and times in the user's words and the user's number format."""

from __future__ import annotations

import os
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLocale

from incipit.models import LibraryStatus, SearchResult

_KILO = 1000


def locale() -> QLocale:
    """Return the user's locale; the bare "C" locale, which has no separators, reads as English."""
    own = QLocale()
    return own if own.language() != QLocale.Language.C else QLocale(QLocale.Language.English)


def number(value: int) -> str:
    """Return a whole number with the separators of the user's locale."""
    return locale().toString(value)


def documents(count: int) -> str:
    """Return "1 document" or "1,204 documents"."""
    if count == 1:
        return QCoreApplication.translate("Wording", "1 document")
    return QCoreApplication.translate("Wording", "{n} documents").format(n=number(count))


def hits(count: int) -> str:
    """Return "1 hit" or "1,204 hits"."""
    if count == 1:
        return QCoreApplication.translate("Wording", "1 hit")
    return QCoreApplication.translate("Wording", "{n} hits").format(n=number(count))


def lines(count: int) -> str:
    """Return "1 line" or "1,204 lines"."""
    if count == 1:
        return QCoreApplication.translate("Wording", "1 line")
    return QCoreApplication.translate("Wording", "{n} lines").format(n=number(count))


def files(count: int) -> str:
    """Return "1 file" or "1,204 files"."""
    if count == 1:
        return QCoreApplication.translate("Wording", "1 file")
    return QCoreApplication.translate("Wording", "{n} files").format(n=number(count))


def size(size_bytes: int) -> str:
    """Return a size such as "8.0 kB" or "1.2 GB", in powers of 1000."""
    if size_bytes == 1:
        return QCoreApplication.translate("Wording", "1 byte")
    if size_bytes < _KILO:
        return QCoreApplication.translate("Wording", "{n} bytes").format(n=size_bytes)
    value = float(size_bytes)
    for unit in ("kB", "MB", "GB", "TB"):
        value /= _KILO
        if value < _KILO or unit == "TB":
            digits = 1 if value < 100 else 0
            return f"{locale().toString(value, 'f', digits)} {unit}"
    raise AssertionError("the loop returns at its last unit")


def duration(seconds: float) -> str:
    """Return a time such as "4 ms", "12 s", "3 min" or "2 h 5 min", rounded for reading."""
    if seconds < 1:
        return QCoreApplication.translate("Wording", "{n} ms").format(
            n=max(1, round(seconds * 1000))
        )
    if seconds < 90:
        return QCoreApplication.translate("Wording", "{n} s").format(n=round(seconds))
    minutes = round(seconds / 60)
    if minutes < 60:
        return QCoreApplication.translate("Wording", "{n} min").format(n=minutes)
    return QCoreApplication.translate("Wording", "{h} h {m} min").format(
        h=minutes // 60, m=minutes % 60
    )


def status(counts: LibraryStatus) -> str:
    """Return for example "99,812 searchable, 140 queued, 48 failed"; what is none is left out."""
    translate = QCoreApplication.translate
    parts = [translate("Wording", "{n} searchable").format(n=number(counts.searchable))]
    if counts.queued:
        parts.append(translate("Wording", "{n} queued").format(n=number(counts.queued)))
    if counts.failed:
        parts.append(translate("Wording", "{n} failed").format(n=number(counts.failed)))
    return ", ".join(parts)


def path(name: str) -> str:
    """Return a path as it can be shown: bytes that are no text as question marks."""
    return name.encode("utf-8", "replace").decode()


def place(name: str) -> str:
    """Return a path as :func:`path` does, with ``~`` for the user's own folder.

    For where there is little room; what is copied and cited says the whole path.
    """
    shown, home = path(name), path(str(Path.home()))
    return f"~{shown[len(home) :]}" if shown.startswith(f"{home}{os.sep}") else shown


def found(result: SearchResult) -> str:
    """Return for example "214 documents · 1,032 hits · 4 ms".

    While not all documents are in the index, "so far" stands for the time.
    """
    parts = [documents(len(result.document_ids))]
    if result.total_hits:
        parts.append(hits(result.total_hits))
    if result.request.query.strip():
        so_far = QCoreApplication.translate("Wording", "so far, as not all is indexed")
        parts.append(so_far if result.incomplete else duration(result.elapsed_s))
    return "  ·  ".join(parts)
