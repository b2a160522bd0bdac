"""The table of contents: what is written is read, and nothing in it is run."""

from __future__ import annotations

import pickle

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from whoosh.index import TOC, open_dir

from incipit.errors import IndexUnusable
from incipit.index import toc
from incipit.index.schema import index_schema
from incipit.index.segment import ColumnarSegment
from incipit.index.toc import (
    Contents,
    latest_generation,
    read_contents,
    toc_name,
    write_contents,
)

segments = st.lists(
    st.integers(0, 50).flatmap(
        lambda n: st.tuples(st.just(n), st.sets(st.integers(0, max(n - 1, 0))))
    ),
    max_size=4,
)


def made(cases, generation=3):
    found = []
    for number, (count, deleted) in enumerate(cases):
        segment = ColumnarSegment(f"seg{number}", count)
        if count:
            segment.set_deleted(np.array(sorted(deleted), np.int64))
        found.append(segment)
    return Contents("library", generation, found)


def state(contents):
    return [(s.segid, s.doc_count_all(), list(s.deleted_docs())) for s in contents.segments]


@settings(max_examples=30, deadline=None)
@given(segments, st.integers(0, 10**6))
def test_contents_come_back_here_and_in_whoosh(tmp_path_factory, cases, generation):
    folder = tmp_path_factory.mktemp("index")
    contents = made(cases, generation)
    write_contents(folder, contents)

    again = read_contents(folder)
    assert state(again) == state(contents)
    assert (again.identity, again.generation) == ("library", generation)
    assert again.schema.names() == index_schema().names()
    assert state(TOC.read(open_dir(str(folder)).storage, "MAIN")) == state(contents)


def test_the_newest_generation_counts(tmp_path):
    assert latest_generation(tmp_path) == latest_generation(tmp_path / "missing") == -1
    for generation in (9, 10):
        write_contents(tmp_path, made([], generation))
    (tmp_path / "_MAIN_x.toc").touch()
    (tmp_path / "_OTHER_99.toc").touch()
    assert latest_generation(tmp_path) == 10
    assert read_contents(tmp_path).generation == 10
    assert read_contents(tmp_path, 9).generation == 9


def test_a_generation_is_written_once(tmp_path):
    write_contents(tmp_path, made([]))
    with pytest.raises(FileExistsError):
        write_contents(tmp_path, made([(1, set())]))
    assert state(read_contents(tmp_path)) == []


def test_nothing_is_left_but_the_table(tmp_path):
    write_contents(tmp_path, made([(2, {1})]))
    assert [path.name for path in tmp_path.iterdir()] == [toc_name(3)]


def test_no_index_is_unusable(tmp_path):
    with pytest.raises(IndexUnusable):
        read_contents(tmp_path)


def test_every_truncation_and_every_changed_byte_is_refused(tmp_path):
    write_contents(tmp_path, made([(20, {1, 5})]))
    path = tmp_path / toc_name(3)
    data = path.read_bytes()
    for place in [*range(0, len(data), 5), *range(len(data) - 40, len(data))]:
        path.write_bytes(data[:place])
        with pytest.raises(IndexUnusable):
            read_contents(tmp_path)
        changed = bytearray(data)
        changed[place] ^= 1 << place % 8
        path.write_bytes(changed)
        with pytest.raises(IndexUnusable):
            read_contents(tmp_path)


def test_a_table_under_another_number_is_refused(tmp_path):
    write_contents(tmp_path, made([]))
    (tmp_path / toc_name(3)).rename(tmp_path / toc_name(4))
    with pytest.raises(IndexUnusable):
        read_contents(tmp_path)


class Bomb:
    def __reduce__(self):
        return (pytest.fail, ("a table of contents was unpickled",))


def test_the_pickle_of_whoosh_is_never_loaded(tmp_path, monkeypatch):
    # Someone who knows the format puts code into the pickle and makes the digest right.
    armed = pickle.dumps(Bomb(), 2)
    monkeypatch.setattr(toc, "_whoosh_bytes", lambda _: armed)
    write_contents(tmp_path, made([(2, {0})]))
    assert state(read_contents(tmp_path)) == [("seg0", 2, [0])]


@pytest.mark.parametrize(("name", "value"), [("FORMAT_VERSION", 99), ("TOKENISER", "0/old")])
def test_another_version_is_refused(tmp_path, monkeypatch, name, value):
    with monkeypatch.context() as patch:
        patch.setattr(toc, name, value)
        write_contents(tmp_path, made([]))
    with pytest.raises(IndexUnusable):
        read_contents(tmp_path)


@pytest.mark.parametrize(
    "payload",
    [
        {"segments": [{"id": "../x", "docs": 1, "live": ""}]},
        {"segments": [{"id": "x", "docs": -1, "live": ""}]},
        {"segments": [{"id": "x", "docs": 9, "live": "!!"}]},
        {"segments": [{"id": "x", "docs": 900, "live": "eJwDAAAAAAE="}]},
        {"segments": None},
        {"generation": "3"},
        {"fields": 7},
    ],
)
def test_senseless_contents_are_refused(tmp_path, monkeypatch, payload):
    plain = toc._payload(made([]))
    monkeypatch.setattr(toc, "_payload", lambda _: {**plain, **payload})
    write_contents(tmp_path, made([]))
    with pytest.raises(IndexUnusable):
        read_contents(tmp_path)
