"""What the tests of the widgets share: documents to show, and what is lit of them."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import numpy as np
import pytest

from incipit.models import Document, TitleKind


@pytest.fixture
def make_document():
    def make(text="", **values):
        made = {
            "id": 7,
            "source_id": 1,
            "text_id": 1,
            "path": "/corpus/letters/first.txt",
            "name": "first.txt",
            "folder": "/corpus/letters",
            "title": "A first letter",
            "title_kind": TitleKind.HEADING,
            "encoding": "UTF-8",
            "size_bytes": len(text.encode("utf-8", "surrogatepass")),
            "char_count": len(text),
            "token_count": len(text.split()),
            "is_slab": False,
            "copies": 0,
            "added_at": datetime(2026, 1, 2, tzinfo=UTC),
            "modified_at": datetime(2026, 1, 1, tzinfo=UTC),
        }
        return Document(**(made | values))

    return make


@pytest.fixture
def spans_of():
    """Return a function from a text and a pattern to the spans of its matches."""

    def spans(text, pattern):
        found = [match.span() for match in re.finditer(pattern, text)]
        return np.array(found, dtype=np.int64).reshape(-1, 2)

    return spans


@pytest.fixture
def lit():
    """Return a function from a page to what its layouts light: (text, background) in order."""

    def read(view):
        found = []
        block = view.document().begin()
        while block.isValid():
            units = block.text().encode("utf-16-le", "surrogatepass")
            for part in block.layout().formats():
                piece = units[2 * part.start : 2 * (part.start + part.length)]
                found.append((piece.decode("utf-16-le"), part.format.background().color().name()))
            block = block.next()
        return found

    return read
