"""Filters of a query as document ids: name, folder, tag, words, added; and titles for a list."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, tzinfo

import numpy as np
from numpy.typing import NDArray
from sqlite_utils import Database

from incipit.errors import UserError
from incipit.models import Filter
from incipit.store.contents import search_key, tag_key, timestamp
from incipit.store.documents import WORDS

_DATE = re.compile(r"(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?")
_LIKE_SIGNS = re.compile(r"[%_\\]")
#: What may stand before the first word of a title: before the digits in Unicode, or after ASCII.
_MARKS = "\"'(“”„‘’‚«»‹›…—– "
_COMPARISONS = ("<", "<=", ">", ">=")
#: Stamps that sort before and after those of all moments.
_BEFORE_ALL, _AFTER_ALL = "", "~"
_MIDDLE_YEAR = 5000
_Condition = tuple[str, list[object]]


def ids_where(db: Database, condition: Filter, *, zone: tzinfo | None = None) -> NDArray[np.int64]:
    """Return the ids of the documents that meet a filter, sorted.

    ``zone`` is where days begin and end for ``added`` (None: the user's own time).

    Raises: UserError (``filter``) for an unknown field, operator or value.
    """
    match condition.field:
        case "name":
            where, values = _contains("name_key", condition)
        case "folder":
            inner, values = _contains("key", condition)
            where = f"folder_id IN (SELECT id FROM folders WHERE {inner})"
        case "tag":
            where, values = _tagged(condition)
        case "words":
            where, values = _words(condition)
        case "added":
            where, values = _added(condition, zone)
        case _:
            raise _unknown(f"There is no filter called {condition.field}.")
    rows = db.execute(f"SELECT id FROM documents WHERE removal_id IS NULL AND {where}", values)
    return np.sort(np.fromiter((row[0] for row in rows), np.int64))


def ids_titled(db: Database, beginning: str) -> NDArray[np.int64]:
    """Return the ids of the documents whose titles begin so, in any case, sorted.

    Quotation marks and brackets before the first word of a title make no difference.
    """
    first = beginning[:1]
    values = {"marks": _MARKS, "like": _LIKE_SIGNS.sub(r"\\\g<0>", beginning) + "%"}
    # LIKE is slow, and most titles begin with another letter.
    ranges = []
    for name, letter in (("low", first.lower()), ("high", first.upper())):
        values |= {name: letter, f"{name}_end": letter + "\U0010ffff"}
        ranges.append(f"title BETWEEN :{name} AND :{name}_end")
    likes = ["ltrim(title, :marks) LIKE :like ESCAPE '\\'"]
    if not beginning.isascii():
        # It knows upper and lower case in ASCII only.
        forms = (str.lower, str.upper, str.capitalize, str.title)
        for name, form in zip("luct", forms, strict=True):
            values[name] = _LIKE_SIGNS.sub(r"\\\g<0>", form(beginning)) + "%"
            likes.append(f"ltrim(title, :marks) LIKE :{name} ESCAPE '\\'")
    # From an index it would go to the row of each document, eight times as slowly.
    rows = db.execute(
        "SELECT id FROM documents NOT INDEXED WHERE removal_id IS NULL"
        f" AND (title < '0' OR title >= '«' OR {' OR '.join(ranges)})"
        f" AND ({' OR '.join(likes)})",
        values,
    )
    return np.sort(np.fromiter((row[0] for row in rows), np.int64))


def _contains(column: str, condition: Filter) -> _Condition:
    key = search_key(condition.value)
    if condition.operator == ":":
        return f"instr({column}, ?) > 0", [key]
    if condition.operator == "=":
        return f"{column} = ?", [key]
    raise _operator(condition)


def _tagged(condition: Filter) -> _Condition:
    if condition.operator not in (":", "="):
        raise _operator(condition)
    where = (
        "id IN (SELECT document_id FROM document_tags JOIN tags ON tags.id = tag_id"
        " WHERE tags.key = ?)"
    )
    return where, [tag_key(condition.value)]


def _words(condition: Filter) -> _Condition:
    value = _number(condition.value)
    if condition.operator in (":", "="):
        return f"{WORDS} = ?", [value]
    if condition.operator in _COMPARISONS:
        return f"{WORDS} {condition.operator} ?", [value]
    if condition.operator == "..":
        return f"{WORDS} BETWEEN ? AND ?", [value, _number(condition.upper)]
    raise _operator(condition)


def _added(condition: Filter, zone: tzinfo | None) -> _Condition:
    start, end = _span(condition.value, zone)
    match condition.operator:
        case ":" | "=":
            return "added_at >= ? AND added_at < ?", [start, end]
        case "<":
            return "added_at < ?", [start]
        case "<=":
            return "added_at < ?", [end]
        case ">":
            return "added_at >= ?", [end]
        case ">=":
            return "added_at >= ?", [start]
        case "..":
            return "added_at >= ? AND added_at < ?", [start, _span(condition.upper, zone)[1]]
    raise _operator(condition)


def _number(text: str) -> int:
    digits = text.strip().replace(",", "").replace("_", "")
    # Longer numbers are beyond what SQLite holds, and beyond any text.
    if not digits.isdecimal() or len(digits) > 18:
        raise _unknown(f"“{text}” is not a number of words.")
    return int(digits)


def _span(text: str, zone: tzinfo | None) -> tuple[str, str]:
    """Return the stamps at which a year, month or day begins and the next one does."""
    match = _DATE.fullmatch(text.strip())
    try:
        if match is None:
            raise ValueError(text)
        year, month, day = (int(part) if part else None for part in match.groups())
        assert year is not None
        first = date(year, month or 1, day or 1)
    except ValueError:
        raise _unknown(f"“{text}” is not a date: write a year, 2026-11 or 2026-11-05.") from None
    # Beyond the first and the last day that dates can hold, in some zone.
    beyond = _BEFORE_ALL if first.year < _MIDDLE_YEAR else _AFTER_ALL
    return (
        _midnight(lambda: first, zone, beyond),
        _midnight(lambda: _following(first, month, day), zone, beyond),
    )


def _following(first: date, month: int | None, day: int | None) -> date:
    """Return the day after the day, month or year that begins so."""
    if day is not None:
        return date.fromordinal(first.toordinal() + 1)
    if month is not None:
        return date(first.year + month // 12, month % 12 + 1, 1)
    return date(first.year + 1, 1, 1)


def _midnight(day_of: Callable[[], date], zone: tzinfo | None, beyond: str) -> str:
    """Return the stamp at which a day begins; ``beyond`` where dates cannot hold it."""
    try:
        day = day_of()
        naive = datetime(day.year, day.month, day.day)  # noqa: DTZ001 - the zone follows
        return timestamp(naive.astimezone() if zone is None else naive.replace(tzinfo=zone))
    except (ValueError, OverflowError):
        return beyond


def _operator(condition: Filter) -> UserError:
    return _unknown(f"The filter {condition.field} cannot be used with {condition.operator}.")


def _unknown(message: str) -> UserError:
    return UserError(message, code="filter")
