from __future__ import annotations

import pytest

from incipit.store.durability import discard, discard_database, sync_file, sync_folder


def test_files_and_folders_are_synced_without_a_change(tmp_path):
    file = tmp_path / "a.txt"
    file.write_bytes(b"content")

    sync_file(file)
    sync_folder(tmp_path)

    assert file.read_bytes() == b"content"


def test_missing_folder_is_an_error(tmp_path):
    with pytest.raises(OSError, match="gone"):
        sync_folder(tmp_path / "gone")


def test_half_made_file_goes_without_a_word(tmp_path):
    (tmp_path / "half").write_text("")

    discard(tmp_path / "half")
    discard(tmp_path / "half")
    discard(tmp_path / "half" / "no folder")

    assert list(tmp_path.iterdir()) == []


def test_half_made_database_goes_with_its_journals(tmp_path):
    for name in ("half", "half-journal", "half-wal", "half-shm", "half-kept"):
        (tmp_path / name).write_text("")

    discard_database(tmp_path / "half")

    assert [one.name for one in tmp_path.iterdir()] == ["half-kept"]
