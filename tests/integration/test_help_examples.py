"""Every example of the help page finds what the page says, in the texts that it shows."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from incipit.models import SearchRequest
from incipit.services import tasks
from incipit.services.control import JobControl
from incipit.services.library import Library

_PAGE = Path(__file__).parents[2] / "resources" / "help" / "searching.md"


def _rows() -> Iterator[list[str]]:
    for line in _PAGE.read_text(encoding="utf-8").splitlines():
        if line.startswith("| ") and not line.startswith("| ---"):
            yield [cell.strip() for cell in line.strip("|").split(" | ")]


_TEXTS = {row[0]: row[1] for row in _rows() if len(row) == 2 and row[0] != "Text"}
_EXAMPLES = [row for row in _rows() if len(row) == 3 and row[0] != "Type"]


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    home = tmp_path_factory.mktemp("help")
    for name, text in _TEXTS.items():
        path = home / "texts" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    Library.open(home / "library").close()
    task = tasks.ImportTask((str(home / "texts"),))
    tasks.run(home / "library", task, 1, lambda _event: None, JobControl())
    opened = Library.open(home / "library")
    yield opened
    opened.close()


def _found(library: Library, query: str) -> tuple[set[str], tuple[str, ...]]:
    result = library.search(SearchRequest(query), threading.Event())
    documents = library.documents(result.document_ids.tolist())
    return {document.name.removesuffix(".txt") for document in documents}, result.notes


def test_the_page_has_texts_and_examples() -> None:
    assert len(_TEXTS) == 5
    assert len(_EXAMPLES) > 30


@pytest.mark.parametrize(("typed", "finds"), [(row[0], row[2]) for row in _EXAMPLES])
def test_example_finds_what_the_page_says(library: Library, typed: str, finds: str) -> None:
    assert re.fullmatch(r"`[^`]+`", typed)
    names = {Path(name).stem for name in _TEXTS}
    wanted = {"all": names, "none": set()}.get(finds, set(finds.split(", ")))
    assert wanted <= names
    found, notes = _found(library, typed.strip("`"))
    assert found == wanted
    assert notes == ()


def test_every_field_and_operator_of_the_language_is_explained() -> None:
    typed = " ".join(row[0] for row in _EXAMPLES)
    for mark in ("name:", "folder:", "words:", "added:", "NEAR/", "OR", "NOT", "AND", "~", "*"):
        assert mark in typed
