from __future__ import annotations

from .conftest import Program


def test_backup_comes_back_in_another_place(filled, tmp_path, capsys):
    backed = filled("backup", tmp_path / "copy.db")
    elsewhere = Program(tmp_path / "elsewhere", capsys)

    restored = elsewhere("restore", tmp_path / "copy.db")

    assert backed.out == f"backed up and verified: {tmp_path / 'copy.db'}\n"
    assert restored.out == f"4 documents restored to {elsewhere.library}\n"
    assert elsewhere.documents() == filled.documents()
    assert elsewhere("search", "s-400", "--count").objects == [{"documents": 2, "hits": 3}]
    assert elsewhere("check").code == 0


def test_restoring_over_a_library_keeps_what_was_there(filled, tmp_path):
    filled("backup", tmp_path / "copy.db")
    filled("remove", filled.documents()["one.txt"]["id"])

    assert filled("restore", tmp_path / "copy.db").code == 0

    assert len(filled.documents()) == 4
    (kept,) = (filled.library / "backups").iterdir()
    assert kept.name.endswith("before-restore.db")


def test_backup_never_overwrites(filled, tmp_path):
    (tmp_path / "copy.db").write_text("precious")

    ended = filled("backup", tmp_path / "copy.db")

    assert ended.code == 2
    assert "a file of this name" in ended.err
    assert (tmp_path / "copy.db").read_text() == "precious"


def test_what_is_no_backup_leaves_no_library(incipit, tmp_path):
    (tmp_path / "copy.db").write_text("a letter")

    assert incipit("restore", tmp_path / "copy.db").code == 2
    assert incipit("restore", tmp_path / "none.db").code == 2
    assert not incipit.library.exists()
