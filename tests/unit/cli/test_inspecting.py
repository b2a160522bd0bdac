from __future__ import annotations

import pytest
from sqlite_utils import Database

from incipit import paths
from incipit.index.folder import IndexFolder
from incipit.index.inversion import SegmentBuilder
from incipit.paths import LIBRARY_FILE
from incipit.store.library_store import Store

from .conftest import TEXTS


def damage_index(library):
    with Store.open(library, writable=False) as store:
        place = paths.index_folder(library, store.identity)
    hurt = 0
    for path in place.rglob("*"):
        if path.is_file() and path.stat().st_size > 100:
            path.write_bytes(path.read_bytes()[:50])
            hurt += 1
    assert hurt


def test_sound_library(filled):
    ended = filled("check")

    assert (ended.code, ended.err) == (0, "")
    assert ended.out == "4 documents: library and index are sound\n"


def test_damaged_index_is_named_and_search_says_what_to_do(filled):
    damage_index(filled.library)

    checked = filled("check")
    searched = filled("search", "s-400")

    assert checked.code == 1
    assert "index" in checked.out.lower()
    assert "--repair" in checked.err
    assert searched.code == 2
    assert "incipit rebuild" in searched.err


def test_damaged_index_is_repaired(filled):
    damage_index(filled.library)

    ended = filled("check", "--repair")

    assert (ended.code, ended.err) == (0, "")
    assert ended.out.endswith("4 documents: library and index are sound\n")
    assert filled("search", "s-400", "--count").objects == [{"documents": 2, "hits": 3}]


def alter_text(library):
    with Database(library / LIBRARY_FILE) as db:
        db.execute("UPDATE texts SET content = 'altered' WHERE content LIKE 'Minister%'")


def test_damaged_text_is_read_again_from_its_file(filled, files):
    alter_text(filled.library)

    ended = filled("check", "--repair")

    assert ended.code == 0
    assert str(files / "one.txt") in ended.out
    assert filled("check").code == 0


def test_damaged_text_without_its_file_is_named_and_not_repaired_away(filled, files):
    alter_text(filled.library)
    (files / "one.txt").write_text("something else by now")

    ended = filled("check", "--repair")

    assert ended.code == 1
    assert str(files / "one.txt") in ended.out
    assert "restore" in ended.err


def test_documents_that_wait_are_no_damage(filled):
    with Store.open(filled.library, writable=True) as store:
        store.queue_all()

    ended = filled("check")

    assert ended.code == 0
    assert "4 documents not searchable yet" in ended.out


def test_stats_add_up(filled, files):
    (stats,) = filled("stats", "--json").objects

    assert stats == {
        "library": str(filled.library),
        "documents": 4,
        "texts": 3,
        "words": 37,
        "size_bytes": sum(len(text.encode()) for text in TEXTS.values()),
        "searchable": 4,
        "queued": 0,
        "failed": 0,
        "encodings": stats["encodings"],
        "sources": {str(files): 4},
    }
    assert sum(stats["encodings"].values()) == 4


def test_stats_in_words(filled, files):
    said = dict(
        line.split(":", 1) for line in filled("stats").out.splitlines() if line.count(":") == 1
    )

    assert said["words"].strip() == "37"
    assert said["distinct texts"].strip() == "3"
    assert str(files) in said["source"]


def test_failed_files_are_listed_with_reasons(incipit, files):
    (files / "bad.txt").write_bytes(b"\0\1\2\3" * 500)
    incipit("import", files)

    (line,) = incipit("stats", "--failed").out.splitlines()
    (failed,) = incipit("stats", "--failed", "--json").objects

    assert line.startswith(f"{files / 'bad.txt'}: ")
    assert failed["path"] == str(files / "bad.txt")
    assert failed["reason"] in line
    assert failed["code"]


@pytest.mark.parametrize("arguments", [["check"], ["stats"]])
def test_file_of_something_else_is_refused(incipit, arguments):
    incipit.library.mkdir()
    (incipit.library / LIBRARY_FILE).write_text("a diary of somebody, not to be touched")

    ended = incipit(*arguments)

    assert ended.code == 2
    assert "not an Incipit library" in ended.err


def test_words_of_another_text_are_found_by_a_deep_check_and_mended(filled):
    with Store.open(filled.library, writable=False) as store:
        place = paths.index_folder(filled.library, store.identity)
        index = IndexFolder.open(place, identity=store.identity)
    builder = SegmentBuilder(place)
    builder.add(1, "what nobody wrote")
    index.write(adds=[builder.flush()])

    assert filled("check").code == 0
    checked = filled("check", "--deep")
    mended = filled("check", "--deep", "--repair")

    assert checked.code == 1
    assert "other words" in checked.out
    assert "--repair" in checked.err
    assert (mended.code, mended.err) == (0, "")
    assert filled("search", "nobody", "--count").objects == [{"documents": 0, "hits": 0}]
