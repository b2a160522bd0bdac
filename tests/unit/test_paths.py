"""The program's own places: apart from one another, and moved as the platform moves them."""

from __future__ import annotations

from pathlib import Path

import pytest

from incipit import paths


@pytest.mark.skipif("sys.platform != 'linux'", reason="the variables are those of Linux")
def test_every_place_follows_the_variables_of_the_platform(own_places: Path) -> None:
    places = [
        paths.default_library(),
        paths.settings_file(),
        paths.log_folder(),
        paths.index_folder(Path("a"), "identity"),
    ]

    assert all(place.is_relative_to(own_places) for place in places)
    assert len({place.parent for place in places}) == len(places)


def test_index_is_keyed_by_the_place_of_its_library(tmp_path: Path) -> None:
    folders = {
        paths.index_folder(tmp_path / "one", "identity"),
        paths.index_folder(tmp_path / "two", "identity"),
        paths.index_folder(tmp_path / "one", "another"),
    }

    assert len(folders) == 3


def test_index_is_the_same_through_a_link_to_its_library(tmp_path: Path) -> None:
    (tmp_path / "library").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "library")

    assert paths.index_folder(tmp_path / "link", "x") == paths.index_folder(
        tmp_path / "library", "x"
    )


def test_library_whose_name_is_not_text_has_an_index(tmp_path: Path) -> None:
    library = tmp_path / "b\udcfccher"

    assert paths.index_folder(library, "x") != paths.index_folder(tmp_path / "bücher", "x")
