"""Lists and texts appear whole, or not at all."""

from __future__ import annotations

import csv
import json

import pytest
from corpora import NEVER

from incipit.errors import Cancelled, UserError
from incipit.models import SearchRequest, SortKey
from incipit.services.document_export import ListFormat


class Set:
    def is_set(self):
        return True


@pytest.fixture
def filled(corpus):
    corpus.write("a.txt", 'Ferry, "the" first\n\nA ferry.')
    corpus.write("sub/a.txt", "The ferry again\n\nand more")
    corpus.write("b.txt", "Nothing of the kind")
    corpus.take()
    return corpus


def found(corpus, query="ferry"):
    request = SearchRequest(query, SortKey.FOLDER, descending=False)
    return corpus.library.search(request, NEVER)


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def test_csv_holds_the_list_in_its_order(filled, tmp_path):
    path = tmp_path / "list.csv"
    count = filled.library.exports.documents(found(filled), path, ListFormat.CSV, cancel=NEVER)
    with path.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert count == len(rows) == 2
    assert [(row["title"], row["hits"]) for row in rows] == [
        ('Ferry, "the" first', "2"),
        ("The ferry again", "1"),
    ]
    about = json.loads((tmp_path / "list.csv.about.json").read_text("utf-8"))
    assert (about["query"], about["sort"], about["library"]) == ("ferry", "folder", "library")


def test_json_lines_say_first_what_was_asked(filled, tmp_path):
    path = tmp_path / "list.jsonl"
    told = []
    filled.library.exports.documents(
        found(filled, ""),
        path,
        ListFormat.JSON_LINES,
        cancel=NEVER,
        progress=lambda *args: told.append(args),
    )
    first, *rows = map(json.loads, path.read_text("utf-8").splitlines())
    assert first["about"]["documents"] == len(rows) == 3
    assert told == [(3, 3)]


def test_texts_are_written_under_their_names(filled, tmp_path):
    ids = found(filled, "").document_ids.tolist()
    folder = tmp_path / "texts"
    assert filled.library.exports.texts(ids, folder, cancel=NEVER) == 3
    assert names(folder) == ["a (2).txt", "a.txt", "b.txt"]
    assert (folder / "b.txt").read_text("utf-8") == "Nothing of the kind"


def test_what_is_cancelled_leaves_nothing(filled, tmp_path):
    place = tmp_path / "out"
    place.mkdir()
    result = found(filled)
    ids = result.document_ids.tolist()
    with pytest.raises(Cancelled):
        filled.library.exports.documents(result, place / "l.csv", ListFormat.CSV, cancel=Set())
    with pytest.raises(Cancelled):
        filled.library.exports.texts(ids, place / "texts", cancel=Set())
    assert names(place) == []


def test_nothing_is_written_over(filled, tmp_path):
    ids = found(filled).document_ids.tolist()
    with pytest.raises(UserError, match="already"):
        filled.library.exports.texts(ids, tmp_path, cancel=NEVER)
    with pytest.raises(UserError):
        filled.library.exports.texts(ids, tmp_path / "no" / "texts", cancel=NEVER)


def test_documents_that_went_are_left_out(filled, tmp_path):
    result = found(filled)
    filled.library.remove([int(result.document_ids[0])])
    path = tmp_path / "list.jsonl"
    assert filled.library.exports.documents(result, path, ListFormat.JSON_LINES, cancel=NEVER) == 1
    ids = result.document_ids.tolist()
    assert filled.library.exports.texts(ids, tmp_path / "texts", cancel=NEVER) == 1
    filled.upkeep()
