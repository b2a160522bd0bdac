"""The filters of the query language: ``name: folder: tag: words: added:``.

Owns their syntax and what is wrong with a value. What a filter matches, only the store knows.
"""

from __future__ import annotations

import re
from datetime import date

from incipit.models import Filter

FIELDS = ("name", "folder", "tag", "words", "added")

_TEXT_FIELDS = frozenset({"name", "folder", "tag"})
_EXAMPLES = {
    "name": "name:report",
    "folder": "folder:2019",
    "tag": "tag:important",
    "words": "words:>500",
    "added": "added:2026-11",
}
_DATE = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")
_NUMBER = re.compile(r"\d[\d,]{0,17}")


def parse_filter(field: str, operator: str, value: str, notes: list[str]) -> Filter | None:
    """Return the filter, or None and a sentence in ``notes`` where the value is no good.

    ``operator`` is empty or one of ``< <= > >= =``; ``value`` may be a range, ``a..b``.
    """
    value = value.strip()
    if not value:
        notes.append(f"{field}: needs something after it, as in {_EXAMPLES[field]}.")
        return None
    if field in _TEXT_FIELDS:
        if operator not in ("", "="):
            notes.append(f"{field}: has no {operator}, so that is left out.")
        return Filter(field, "=" if operator == "=" else ":", value)
    if ".." in value and not operator:
        low, _, high = value.partition("..")
        return _range(field, low.strip(), high.strip(), notes)
    clean = _clean(field, value)
    if clean is None:
        _refuse(field, value, notes)
        return None
    return Filter(field, operator or ("=" if field == "words" else ":"), clean)


def _range(field: str, low: str, high: str, notes: list[str]) -> Filter | None:
    first = _clean(field, low) if low else ""
    last = _clean(field, high) if high else ""
    if first is None or last is None or not (first or last):
        _refuse(field, f"{low}..{high}", notes)
        return None
    if not last:
        return Filter(field, ">=", first)
    if not first:
        return Filter(field, "<=", last)
    return Filter(field, "..", first, last)


def _refuse(field: str, value: str, notes: list[str]) -> None:
    wanted = "a number" if field == "words" else "a year, month or day"
    notes.append(f"{field}: needs {wanted}, as in {_EXAMPLES[field]}; {value} is left out.")


def _clean(field: str, value: str) -> str | None:
    """Return the value in its plain form, or None."""
    if field == "words":
        return str(int(value.replace(",", ""))) if _NUMBER.fullmatch(value) else None
    found = _DATE.fullmatch(value)
    if found is None:
        return None
    year, month, day = found.groups()
    try:
        date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        return None
    return "-".join([year, *(f"{int(part):02}" for part in (month, day) if part)])
