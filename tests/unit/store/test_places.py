from __future__ import annotations

import os
import sys

import pytest

from incipit.models import SourceKind

from .conftest import Corpus, place, record


def test_adding_a_source_again_gives_the_same(store):
    first = store.add_source(place("a"), SourceKind.FOLDER)

    assert store.add_source(place("a"), SourceKind.FOLDER) == first
    assert store.sources() == (first,)
    assert first.kind is SourceKind.FOLDER


@pytest.mark.skipif(sys.platform == "win32", reason="names are bytes on POSIX systems only")
def test_source_of_undecodable_name_comes_back(store):
    path = os.fsdecode(b"/texts/\xff\xfe")

    assert store.add_source(path, SourceKind.FILE).path == path


def test_sources_know_their_documents(store):
    first, second = Corpus(store, "first"), Corpus(store, "second")
    ids = first.add_all("a", "b", "c")
    second.add_all("d")
    store.remove(ids[:1])

    assert [source.document_count for source in store.sources()] == [2, 1]


def test_encodings_come_most_frequent_first(store, corpus):
    corpus.add("a", encoding="cp1252")
    corpus.add("b", encoding="utf-8")
    corpus.add("c", encoding="utf-8")
    removed = [corpus.add(name, encoding="big5") for name in "def"]
    store.remove(removed)

    assert list(store.encodings(corpus.source.id).items()) == [("utf-8", 2), ("cp1252", 1)]


def test_known_files_are_found_by_path(store, corpus):
    document_id = corpus.add("sub/a.txt", "text", mtime_ns=5, encoding_chosen=True)
    corpus.add("b.txt")
    path = corpus.path("sub/a.txt")

    known = store.known_files([path, corpus.path("none.txt"), place("elsewhere", "a.txt")])

    assert list(known) == [path]
    assert known[path].id == document_id
    assert known[path].source_id == corpus.source.id
    assert (known[path].mtime_ns, known[path].size_bytes) == (5, 4)
    assert known[path].encoding_chosen


def test_file_of_several_sources_is_known_by_its_oldest_document(store):
    first, second = store.add_source(place("a"), SourceKind.FOLDER), Corpus(store, "b")
    path = place("a", "x.txt")
    old = record(store.reserve_ids(1)[0], second.source.id, path, "text")
    new = record(store.reserve_ids(1)[0], first.id, path, "text")
    store.write_batch([old])
    store.write_batch([new])

    assert store.document_count() == 2
    assert store.known_files([path])[path].id == old.id


def test_names_that_differ_in_case_only_are_different_files(store, corpus):
    ids = corpus.add_all("a.txt", "A.txt", "a.TXT")

    known = store.known_files([corpus.path(name) for name in ("A.txt", "a.TXT", "a.txt")])

    assert [file.id for file in known.values()] == [ids[1], ids[2], ids[0]]


def test_very_long_and_deep_paths_are_kept(store, corpus):
    name = "/".join(["folder" + "x" * 200] * 40 + ["ü" * 120 + ".txt"])
    document_id = corpus.add(name)

    assert store.document(document_id).path == corpus.path(name)
    assert store.known_files([corpus.path(name)])[corpus.path(name)].id == document_id


@pytest.mark.skipif(sys.platform == "win32", reason="names are bytes on POSIX systems only")
def test_undecodable_names_are_kept_byte_for_byte(store, corpus):
    name = os.fsdecode(b"caf\xe9/\xff\xfe.txt")
    document_id = corpus.add(name)

    assert store.document(document_id).path == corpus.path(name)
    assert os.fsencode(store.document(document_id).name) == b"\xff\xfe.txt"
    assert corpus.path(name) in store.known_files([corpus.path(name)])


def test_removed_files_are_not_known(store, corpus):
    document_id = corpus.add("a.txt")
    store.remove([document_id])

    assert store.known_files([corpus.path("a.txt")]) == {}


def test_all_files_of_a_source_come_once(store, corpus):
    names = [f"folder{number % 7}/{number:05}.txt" for number in range(4_500)]
    records = [corpus.record(name, name, id=5_000 - at) for at, name in enumerate(names)]
    store.write_batch(records)
    Corpus(store, "other").add_all("x")

    found = list(store.files_of(corpus.source.id))

    assert len(found) == len(names)
    assert {path: file.id for path, file in found} == {new.path: new.id for new in records}
