from __future__ import annotations

import pytest


def test_removal_can_be_taken_back(filled):
    ids = [one["id"] for one in filled("search", "s-400", "--json").objects]

    removed = filled("remove", *ids)

    assert removed.out.startswith("2 documents removed; the files stay where they are")
    assert "incipit remove --undo 1" in removed.out
    assert filled("search", "s-400").code == 1
    assert len(filled.documents()) == 2
    assert filled("remove", "--undoable").out.splitlines()[1].split()[:2] == ["1", "2"]

    assert filled("remove", "--undo", "1").out == "2 documents taken back\n"
    assert filled("search", "s-400", "--count").objects == [{"documents": 2, "hits": 3}]
    assert filled("remove", "--undoable").out == ""
    assert filled("check").code == 0


def test_latest_removal_is_taken_back_without_a_number(filled):
    first, second = (one["id"] for one in filled("search", "s-400", "--json").objects)
    filled("remove", first)
    filled("remove", second)

    filled("remove", "--undo")

    assert [one["id"] for one in filled("search", "s-400", "--json").objects] == [second]


def test_index_is_up_to_date_after_a_removal(filled):
    filled("remove", filled.documents()["one.txt"]["id"])

    assert filled("stats", "--json").objects[0]["queued"] == 0
    assert filled("check").code == 0


def test_files_stay(filled, files):
    filled("remove", "--source", files)

    assert (files / "one.txt").exists()


def test_source_is_removed_with_its_documents(filled, files):
    assert filled("remove", "--source", files).out.startswith("4 documents removed")
    (stats,) = filled("stats", "--json").objects
    assert (stats["documents"], stats["sources"]) == (0, {})

    filled("remove", "--undo")

    assert filled("stats", "--json").objects[0]["sources"] == {str(files): 4}


def test_unknown_source_is_answered_with_the_known(filled, files):
    ended = filled("remove", "--source", files / "sub")

    assert ended.code == 2
    assert str(files) in ended.err.splitlines()[1]


def test_what_of_several_is_not_there_is_said(filled):
    known = filled.documents()["one.txt"]["id"]

    ended = filled("remove", known, "98", "99")

    assert ended.code == 0
    assert "2 documents not in the library" in ended.err


@pytest.mark.parametrize("arguments", [["99"], ["--undo"], ["--undo", "5"]])
def test_what_is_not_there_is_an_error(filled, arguments):
    ended = filled("remove", *arguments)

    assert (ended.code, ended.out) == (2, "")
    assert ended.err.startswith("incipit: ")


def test_something_to_remove_is_wanted(filled):
    with pytest.raises(SystemExit) as ended:
        filled("remove")

    assert ended.value.code == 2


def test_what_is_purged_cannot_be_taken_back(filled, files):
    number = filled.documents()["one.txt"]["id"]
    filled("remove", number)

    assert filled("remove", "--purge").out.startswith("1 removed document deleted for good")
    assert filled("remove", "--undoable").out == ""
    assert filled("remove", "--undo").code == 2
    assert (files / "one.txt").exists()
    assert filled("check").code == 0
