"""Reading a table from end to end, some rows at a time, so that it can be ended at any moment."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlite_utils import Database

from incipit.errors import Cancelled
from incipit.models import CancelToken

_ROWS = 200
_BEFORE_ALL = -(1 << 63)


def rows(db: Database, select: str, cancel: CancelToken) -> Iterator[Any]:
    """Yield the rows of ``select``, of which the rowid comes first. Raises: Cancelled."""
    last = _BEFORE_ALL
    while some := db.execute(
        f"{select} WHERE rowid > ? ORDER BY rowid LIMIT ?", [last, _ROWS]
    ).fetchall():
        yield from some
        last = some[-1][0]
        if cancel.is_set():
            raise Cancelled
