from __future__ import annotations

import pytest

from incipit.cli.importing import _tell
from incipit.models import ImportReport, VanishedFile, VanishedFiles


def test_import_says_what_it_did_and_does_it_once(incipit, files):
    first = incipit("import", files)
    second = incipit("import", files)

    assert (first.code, first.err) == (0, "")
    assert first.out.startswith("4 added, 0 unchanged, 0 updated, 0 failed (1 copy of others) in")
    assert second.out.startswith("0 added, 4 unchanged, 0 updated, 0 failed in")


def test_import_takes_several_paths(incipit, files):
    ended = incipit("import", files / "one.txt", files / "sub")

    assert ended.out.startswith("3 added")


def test_import_names_failures_and_goes_on(incipit, files):
    (files / "sub" / "bad.txt").write_bytes(b"\0\1\2\3" * 500)

    ended = incipit("import", files, files / "none.txt")

    assert ended.code == 1
    assert ended.out.startswith("4 added, 0 unchanged, 0 updated, 2 failed")
    assert f"incipit: {files / 'sub' / 'bad.txt'}: " in ended.err
    assert f"incipit: {files / 'none.txt'}: The file is no longer there." in ended.err


def test_files_over_a_limit_are_refused_until_it_is_raised(incipit, files):
    (files / "large.txt").write_text("many words " * 100_000)

    refused = incipit("import", files, "--size-limit", "1")
    taken = incipit("import", files, "--size-limit", "2")

    assert refused.code == 1
    assert "4 added" in refused.out
    assert "at most 1,000,000. Split the file, or import it with" in refused.err
    assert "--size-limit" in refused.err
    assert (taken.code, taken.err) == (0, "")
    assert taken.out.startswith("1 added, 4 unchanged")


@pytest.mark.parametrize("limit", ["0", "-1", "2001", "x"])
def test_limits_that_are_none_are_refused(incipit, files, limit):
    with pytest.raises(SystemExit):
        incipit("import", files, "--size-limit", limit)


def test_other_kinds_of_files_wait_for_agreement(incipit, files):
    for number in range(7):
        (files / f"{number}.tex").write_text(f"a text of another kind, {number}")

    first = incipit("import", files)
    agreed = incipit("import", "--other-files", files)

    assert first.code == 0
    assert "7 files of other kinds left out; --other-files" in first.err
    assert str(files / "0.tex") in first.err
    assert "and 2 more" in first.err
    assert agreed.out.startswith("7 added, 4 unchanged")


def test_hidden_names_are_counted(incipit, files):
    (files / ".hidden.txt").write_text("not for the library")

    assert "1 hidden name passed over" in incipit("import", files).err


def test_changed_and_moved_files_are_counted(filled, files):
    (files / "one.txt").write_text("another text altogether")
    (files / "sub" / "two.txt").rename(files / "moved.txt")

    ended = filled("import", files)

    assert ended.out.startswith("0 added, 2 unchanged, 1 updated, 1 moved, 0 failed")


def test_vanished_files_are_named_and_stay(filled, files):
    (files / "one.txt").unlink()

    ended = filled("import", files)

    assert ended.code == 0
    assert "1 document whose files are gone" in ended.err
    assert str(files / "one.txt") in ended.err
    assert len(filled.documents()) == 4


def test_import_that_was_ended_says_what_is_kept(capsys):
    _tell(ImportReport(added=1500, cancelled=True, elapsed_s=2))

    assert capsys.readouterr().out == (
        "1,500 added, 0 unchanged, 0 updated, 0 failed in 2.0 s; ended early, what was added is"
        " kept\n"
    )


def test_only_the_first_vanished_files_are_named(capsys):
    _tell(
        ImportReport(vanished=VanishedFiles(VanishedFile(one, f"file {one}") for one in range(30)))
    )

    error = capsys.readouterr().err
    assert "30 documents whose files are gone" in error
    assert error.count("file ") == 5


def test_rebuild_makes_the_index_anew(filled):
    ended = filled("rebuild")

    assert ended.code == 0
    assert ended.out.startswith("4 documents indexed in")
    assert filled("search", "s-400", "--count").objects == [{"documents": 2, "hits": 3}]


def test_paths_are_wanted(incipit, capsys):
    with pytest.raises(SystemExit) as ended:
        incipit("import")

    assert ended.value.code == 2
    assert "PATH" in capsys.readouterr().err


def test_report_is_written(incipit, files, tmp_path):
    (files / "bad.txt").write_bytes(b"\0\1\2\3" * 500)

    ended = incipit("import", "--report", tmp_path / "report.csv", files)

    assert ended.code == 1
    written = (tmp_path / "report.csv").read_text("utf-8-sig")
    assert "added,4,," in written
    assert str(files / "bad.txt") in written
