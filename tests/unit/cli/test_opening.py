from __future__ import annotations

import argparse
from pathlib import Path

import pytest

from incipit import paths
from incipit.cli.opening import library_folder, opened
from incipit.errors import LibraryUnusable


def test_library_is_the_users_own_where_none_is_named():
    assert library_folder(argparse.Namespace()) == paths.default_library()


def test_named_library_may_be_relative(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    assert library_folder(argparse.Namespace(library=Path("mine"))) == tmp_path / "mine"


def test_library_is_made_only_where_asked(tmp_path):
    options = argparse.Namespace(library=tmp_path / "mine")

    with pytest.raises(LibraryUnusable), opened(options):
        pass
    with opened(options, create=True) as library:
        assert library.status().documents == 0
    with opened(options) as library:
        assert library.folder == tmp_path / "mine"
