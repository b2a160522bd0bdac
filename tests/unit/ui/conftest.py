"""What the tests of the widgets share: documents to show, and what is lit of them."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import numpy as np
import pytest
from PySide6.QtWidgets import QWidget

from incipit.analysis.sorting import parse_keys
from incipit.analysis.thinning import Thinning
from incipit.models import Document, ResultRow, SearchRequest, SearchResult, TitleKind
from incipit.services import tasks
from incipit.services.concordance_values import ConcordanceRequest
from incipit.services.control import JobControl
from incipit.services.library import Library
from incipit.store.library_store import Store
from incipit.ui.bridge import Bridge


@pytest.fixture(autouse=True)
def application(qapp):
    """Have an application in every test of widgets, also where nothing asks for it."""
    return qapp


@pytest.fixture(scope="session", autouse=True)
def empty_clipboard(qapp):
    """Leave nothing of Python on the clipboard: Qt lets go of it when there is no Python left."""
    yield
    qapp.clipboard().clear()


@pytest.fixture
def window(qtbot):
    """Return a window to open dialogs over."""
    made = QWidget()
    qtbot.addWidget(made)
    made.show()
    return made


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
def make_rows(make_document):
    """Return a function from ids to rows as a library gives them."""

    def make(ids, **values):
        return tuple(
            ResultRow(make_document(id=int(key), title=f"Letter {key}"), **values) for key in ids
        )

    return make


@pytest.fixture
def make_result():
    """Return a function from a number of documents to a result with ids from 100 on."""

    def make(count, query="", *, hits=0):
        return SearchResult(
            SearchRequest(query),
            np.arange(100, 100 + count),
            np.zeros(count),
            np.full(count, hits, np.int64),
            count * hits,
            0.004,
        )

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


@pytest.fixture
def bridge():
    """Return a bridge that is closed at the end, however the test ends."""
    made = Bridge()
    yield made
    assert made.close()


TEXTS = {
    "alpha.txt": "The first letter\n\nA letter about the harbour and the ships in the harbour.",
    "beta.txt": "The second letter\n\nNothing here but rain, and one more ship.",
    "gamma.txt": "The third letter\n\nThe harbour again; the s 400 passed it.",
}


@pytest.fixture
def fill(tmp_path):
    """Return a function that imports texts by name into a library folder, in this process."""

    def fill_library(folder, texts=None):
        files = tmp_path / "files"
        for name, text in (TEXTS if texts is None else texts).items():
            path = files / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text if isinstance(text, bytes) else text.encode())
        task = tasks.ImportTask((str(files),), other_files=True)
        return tasks.run(folder, task, 1, lambda _event: None, JobControl())

    return fill_library


@pytest.fixture
def concordance_of(library):
    """Return a function from a query to its concordance and lines in the library of letters."""

    def find(query="harbour", keys="document,position", **thinning):
        request = ConcordanceRequest(query, parse_keys(keys), Thinning(**thinning))
        found = library.concordance(request, JobControl())
        return found, library.concordance_lines(found, 0, len(found), width_cp=60)

    return find


@pytest.fixture
def end_calls(request):
    """Return a function that ends the calls of the test's bridge, before a library closes."""
    # Asked for at once, so that it outlives the library whatever a test names first.
    used = "bridge" in request.fixturenames
    bridge = request.getfixturevalue("bridge") if used else None

    def end():
        assert bridge is None or bridge.close()

    return end


@pytest.fixture
def empty_library(tmp_path, end_calls):
    """Return a real library that holds nothing."""
    opened = Library.open(tmp_path / "library")
    yield opened
    end_calls()
    opened.close()


@pytest.fixture
def library(tmp_path, fill, end_calls):
    """Return a real library that holds three short letters."""
    folder = tmp_path / "library"
    Library.open(folder).close()
    fill(folder)
    opened = Library.open(folder)
    yield opened
    end_calls()
    opened.close()


@pytest.fixture
def read_only_library(tmp_path):
    """Return a real library that holds nothing and is open for reading only."""
    folder = tmp_path / "read-only-library"
    Library.open(folder).close()
    opened = Library(folder, Store.open(folder, writable=False), limit_bytes=1_000_000)
    yield opened
    opened.close()
