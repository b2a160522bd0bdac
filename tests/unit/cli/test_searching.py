from __future__ import annotations

import threading
from contextlib import closing
from dataclasses import replace

import pytest

from incipit.cli import searching
from incipit.models import SearchRequest
from incipit.services.library import Library
from incipit.store.library_store import Store

from .conftest import TEXTS


@pytest.mark.parametrize("query", ["S-400", "s-400", '"s 400"'])
def test_json_is_one_object_a_document(filled, files, query):
    found = filled("search", query, "--json").objects

    assert {one["path"]: one["hits"] for one in found} == {
        str(files / "one.txt"): 1,
        str(files / "sub" / "two.txt"): 2,
    }
    assert all(one.keys() == {"id", "path", "title", "score", "hits"} for one in found)
    assert [one["score"] for one in found] == sorted((one["score"] for one in found), reverse=True)


def test_count_is_one_object(filled):
    assert filled("search", "s-400", "--count").objects == [{"documents": 2, "hits": 3}]


def test_nothing_found_is_an_exit_code_and_no_error(filled):
    ended = filled("search", "zebra", "--count")

    assert (ended.code, ended.err) == (1, "")
    assert ended.objects == [{"documents": 0, "hits": 0}]
    assert filled("search", "zebra", "--json").out == ""


def test_table_has_its_sum_beside_it(filled, files):
    ended = filled("search", "s-400", "--limit", "1")

    heading, row = ended.out.splitlines()
    assert heading.split() == ["id", "hits", "score", "title", "path"]
    assert str(files) in row
    assert ended.err == ("2 documents, 3 hits; the first 1 are shown (--limit 0 shows all)\n")


def test_tables_have_a_limit_and_json_has_none(filled, monkeypatch):
    monkeypatch.setattr(searching, "DEFAULT_ROWS", 1)

    assert len(filled("search", "s-400").out.splitlines()) == 2
    assert len(filled("search", "s-400", "--limit", "0").out.splitlines()) == 3
    assert len(filled("search", "s-400", "--json").out.splitlines()) == 2
    assert len(filled("search", "s-400", "--json", "--limit", "1").out.splitlines()) == 1


def test_long_results_are_read_in_parts(filled, monkeypatch):
    monkeypatch.setattr(searching, "_READ_AT_ONCE", 1)

    found = filled("search", "deal OR gardens", "--json").objects

    assert len({one["id"] for one in found}) == 4
    assert len(filled("search", "deal OR gardens", "--json", "--limit", "3").objects) == 3


def test_words_of_several_arguments_are_one_query(filled):
    assert filled("search", "minister", "deal", "--count").objects[0]["documents"] == 2
    assert filled("search", "--count", "--", "deal", "-calls").objects[0]["documents"] == 1


def test_way_on_is_offered_beside_the_answer(filled):
    ended = filled("search", "ministre")

    assert (ended.code, ended.out) == (1, "")
    assert "0 documents, 0 hits" in ended.err
    assert "minister" in ended.err


def test_mistake_in_a_query_is_noted_and_the_rest_understood(filled):
    ended = filled("search", '"s 400', "--count")

    assert ended.objects == [{"documents": 2, "hits": 3}]
    assert "quotation mark" in ended.err


def test_duplicates_fold(filled):
    assert filled("search", "gardens", "--count").objects[0]["documents"] == 2
    folded = filled("search", "gardens", "--count", "--fold-duplicates").objects[0]
    assert folded["documents"] == 1


def test_results_come_in_the_order_asked_for(filled):
    def names(*more):
        found = filled("search", "s-400", "--json", *more).objects
        return [one["path"][-7:] for one in found]

    assert names("--sort", "name") == ["one.txt", "two.txt"]
    assert names("--sort", "name", "--reverse") == ["two.txt", "one.txt"]
    assert names("--sort", "hits") == ["two.txt", "one.txt"]
    assert names("--sort", "hits", "--reverse") == ["one.txt", "two.txt"]


def test_documents_that_wait_for_the_index_are_told_of(filled):
    with Store.open(filled.library, writable=True) as store:
        store.queue_all()

    assert "4 documents not searchable yet" in filled("search", "s-400").err


def test_incomplete_result_is_told_of_though_nothing_waits_any_more(filled, capsys):
    with closing(Library.open(filled.library)) as library:
        result = replace(library.search(SearchRequest("s-400"), threading.Event()), incomplete=True)
        searching._tell_notes(library, result)

    assert "some documents were not searchable yet" in capsys.readouterr().err


def test_show_prints_the_text(filled):
    for name, one in filled.documents().items():
        text = next(text for path, text in TEXTS.items() if path.endswith(name))
        assert filled("show", one["id"]).out == text


def test_show_as_json_says_everything(filled):
    two = filled.documents()["two.txt"]

    (one,) = filled("show", two["id"], "--json").objects

    assert one == two | {"text": TEXTS["sub/two.txt"]}
    assert one["words"] == 15


def test_show_of_nothing_is_an_error(filled):
    ended = filled("show", "99")

    assert (ended.code, ended.out) == (2, "")
    assert "no longer in the library" in ended.err


def test_list_comes_in_the_order_asked_for(filled):
    assert list(filled.documents()) == ["copy.txt", "one.txt", "three.md", "two.txt"]
    longest = filled("list", "--json", "--sort", "length", "--reverse", "--limit", "1").objects
    assert longest[0]["path"].endswith("two.txt")


def test_list_as_a_table(filled):
    ended = filled("list")

    assert ended.out.splitlines()[0].split() == ["id", "words", "title", "path"]
    assert len(ended.out.splitlines()) == 5
    assert ended.err == "4 documents\n"


def test_list_of_an_empty_library_is_empty(incipit):
    Store.create(incipit.library).close()

    ended = incipit("list")

    assert (ended.code, ended.out, ended.err) == (0, "", "0 documents\n")


@pytest.mark.parametrize("arguments", [["search", "a"], ["list"], ["show", "1"], ["stats"]])
def test_missing_library_is_said_and_not_made(incipit, arguments):
    ended = incipit(*arguments)

    assert (ended.code, ended.out) == (2, "")
    assert str(incipit.library) in ended.err
    assert not incipit.library.exists()
