"""Files appear whole, or what was there stays."""

from __future__ import annotations

import os

import pytest

from incipit.errors import UserError
from incipit.services.replacing import replacing


def names(folder):
    return [path.name for path in folder.iterdir()]


def test_the_file_appears_at_the_end_only(tmp_path):
    path = tmp_path / "out.txt"
    path.write_text("before")
    with replacing(path) as stream:
        stream.write("after\n")
        stream.flush()
        assert path.read_text() == "before"
    assert path.read_text() == "after\n"
    assert names(tmp_path) == ["out.txt"]


@pytest.mark.parametrize("problem", [ValueError, KeyboardInterrupt])
def test_what_goes_wrong_leaves_everything_as_it_was(tmp_path, problem):
    path = tmp_path / "out.txt"
    path.write_text("before")

    def write():
        with replacing(path) as stream:
            stream.write("half")
            raise problem

    with pytest.raises(problem):
        write()
    assert path.read_text() == "before"
    assert names(tmp_path) == ["out.txt"]


def test_a_place_that_cannot_be_written_is_named(tmp_path):
    path = tmp_path / "nowhere" / "out.txt"
    with pytest.raises(UserError) as refused, replacing(path):
        pass
    assert refused.value.code == "write"
    assert refused.value.subject == str(path)


def test_a_folder_in_its_place_is_named_and_nothing_stays(tmp_path):
    (tmp_path / "out" / "inside").mkdir(parents=True)
    with pytest.raises(UserError), replacing(tmp_path / "out") as stream:
        stream.write("half")
    assert names(tmp_path) == ["out"]


@pytest.mark.skipif(os.name == "nt", reason="modes are of POSIX")
def test_it_can_be_read_as_other_files_can(tmp_path):
    with replacing(tmp_path / "out") as stream:
        stream.write("x")
    (tmp_path / "other").write_text("x")
    assert (tmp_path / "out").stat().st_mode == (tmp_path / "other").stat().st_mode


def test_names_that_are_no_text_become_escapes(tmp_path):
    with replacing(tmp_path / "out") as stream:
        stream.write("caf\udce9")
    assert (tmp_path / "out").read_text("utf-8") == "caf\\udce9"
