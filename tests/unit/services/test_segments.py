"""Segments of workers stand in a folder that may have gone, and full disks are named."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from incipit.errors import UserError
from incipit.index.folder import IndexFolder
from incipit.index.inversion import SegmentBuilder
from incipit.services.segments import flushed, long_segment


def test_an_empty_builder_gives_no_segment(tmp_path: Path) -> None:
    assert flushed(SegmentBuilder(tmp_path), tmp_path) == []
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_has_gone_is_made_again(tmp_path: Path) -> None:
    place = tmp_path / "index"
    IndexFolder.create(place, identity="test")
    shutil.rmtree(place)
    builder = SegmentBuilder(place)
    builder.add(1, "some words")
    (short,) = flushed(builder, place)
    shutil.rmtree(place)
    long = long_segment(place, 2, ["some ", "words"])
    assert (short.doc_count, short.token_count) == (long.doc_count, long.token_count) == (1, 2)
    assert [one.name for one in place.iterdir()] == [long.name]


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "index").write_text("in the way")
    builder = SegmentBuilder(tmp_path / "index")
    builder.add(1, "some words")
    with pytest.raises(UserError) as short:
        flushed(builder, tmp_path / "index")
    with pytest.raises(UserError) as long:
        long_segment(tmp_path / "index", 2, ["words"])
    assert short.value.code == long.value.code == "disk"
