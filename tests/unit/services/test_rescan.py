"""Files that moved stay the documents they were; files that vanished are reported."""

from __future__ import annotations

from pathlib import Path

from corpora import NEVER, Corpus

from incipit.models import (
    SearchRequest,
)


def test_renamed_and_moved_files_keep_their_documents(corpus: Corpus) -> None:
    paths = [corpus.write(f"{name}.txt", f"words of {name}") for name in ("a", "b", "c")]
    corpus.take()
    ids = {row: corpus.library.search(SearchRequest(row), NEVER).document_ids[0] for row in "abc"}
    paths[0].rename(corpus.files / "renamed.txt")
    (corpus.files / "deep").mkdir()
    (corpus.files / "deep" / "b.txt").write_bytes(paths[1].read_bytes())
    paths[1].unlink()
    paths[2].unlink()
    report = corpus.take()
    assert (report.moved, report.added, report.updated) == (2, 0, 0)
    assert [(gone.document_id, Path(gone.path).name) for gone in report.vanished] == [
        (ids["c"], "c.txt")
    ]
    assert corpus.library.document(int(ids["a"])).name == "renamed.txt"
    assert corpus.library.document(int(ids["b"])).folder.endswith("deep")
    assert len(corpus.find("words")) == 3


def test_files_that_are_reached_by_another_way_are_not_called_vanished(corpus: Corpus) -> None:
    path = corpus.write("b/a.txt", "words")
    corpus.take()
    # Walked first, it ends the walk of the folder under its own name.
    (corpus.files / "a").symlink_to(path.parent, target_is_directory=True)
    report = corpus.take()
    assert (report.added, report.vanished) == (1, ())


def test_two_copies_of_a_vanished_file_are_the_document_and_a_new_one(corpus: Corpus) -> None:
    path = corpus.write("a.txt", "words")
    corpus.take()
    for name in ("one.txt", "two.txt"):
        (corpus.files / name).write_bytes(path.read_bytes())
    path.unlink()
    report = corpus.take()
    assert (report.moved, report.added, report.vanished) == (1, 1, ())
    assert sorted(corpus.find("words")) == ["one.txt", "two.txt"]


def test_equal_files_that_moved_together_keep_their_documents(corpus: Corpus) -> None:
    names = ("2021/a.txt", "2021/b.txt", "2022/a.txt")
    for name in names:
        corpus.write(f"old/{name}", "the same words")
    corpus.take()
    before = {name: corpus.at(f"old/{name}").id for name in names}
    for name in names:
        # Copied and removed, as between two disks: the inodes say nothing.
        corpus.write(f"new/{name}", (corpus.files / "old" / name).read_bytes())
        (corpus.files / "old" / name).unlink()
    report = corpus.take()
    assert (report.moved, report.added, report.vanished) == (3, 0, ())
    assert {name: corpus.at(f"new/{name}").id for name in names} == before


def test_two_files_that_changed_names_stay_what_they_are(corpus: Corpus) -> None:
    one, two = corpus.write("one.txt", "words one"), corpus.write("two.txt", "words two")
    corpus.take()
    spare = corpus.files / "spare"
    one.rename(spare)
    two.rename(one)
    spare.rename(two)
    report = corpus.take()
    assert report.updated + report.moved == 2
    assert corpus.find("one") == ["two.txt"]


def test_files_behind_a_locked_folder_are_not_called_vanished(corpus: Corpus) -> None:
    path = corpus.write("deep/a.txt")
    corpus.take()
    path.parent.chmod(0)
    try:
        report = corpus.take()
    finally:
        path.parent.chmod(0o700)
    assert report.vanished == ()


def test_failures_of_what_is_gone_are_forgotten_and_others_stay(corpus: Corpus) -> None:
    binary = b"\x00\x01\x02\x03" * 100
    gone = corpus.write("gone.txt", binary)
    corpus.write("bad.txt", binary)
    corpus.write("elsewhere/bad.txt", binary)
    corpus.take()
    gone.unlink()
    assert len(corpus.library.failures()) == 3
    corpus.take(corpus.write("elsewhere/good.txt"))
    assert len(corpus.library.failures()) == 3
    corpus.take()
    assert [Path(one.path).relative_to(corpus.files) for one in corpus.library.failures()] == [
        Path("bad.txt"),
        Path("elsewhere/bad.txt"),
    ]


def test_nothing_of_a_folder_that_is_empty_or_not_there_is_called_vanished(corpus: Corpus) -> None:
    corpus.write("disk/a.txt", "words one")
    corpus.write("disk/deep/b.txt", "words two")
    disk = corpus.files / "disk"
    away = corpus.files / "away"
    corpus.take(disk)
    ids = {one.id for one in corpus.documents()}
    disk.rename(away)
    for code, there in (("source-missing", False), ("source-empty", True)):
        if there:
            disk.mkdir()
        report = corpus.take(disk)
        assert report.vanished == ()
        assert [(one.path, one.code) for one in report.failed] == [(str(disk), code)]
        assert "stay" in report.failed[0].reason
        assert "connect" in report.failed[0].advice
        assert [one.code for one in corpus.library.failures()] == [code]
        assert len(corpus.find("words")) == 2
    disk.rmdir()
    away.rename(disk)
    report = corpus.take(disk)
    assert (report.unchanged, report.failed, report.vanished) == (2, (), ())
    assert corpus.library.failures() == ()
    assert {one.id for one in corpus.documents()} == ids


def test_folder_in_which_something_is_left_has_lost_the_rest(corpus: Corpus) -> None:
    for name in ("a.txt", "b.txt"):
        corpus.write(name)
    corpus.take()
    (corpus.files / "a.txt").unlink()
    (corpus.files / "b.txt").rename(corpus.files / "b.xyz")
    report = corpus.take()
    assert [Path(one.path).name for one in report.vanished] == ["a.txt", "b.txt"]
    assert report.failed == ()


def test_folder_that_was_renamed_and_given_again_keeps_its_documents(corpus: Corpus) -> None:
    corpus.write("old/a.txt", "words one")
    corpus.write("old/b.txt", "words two")
    corpus.write("kept/c.txt", "words three")
    old, new = corpus.files / "old", corpus.files / "new"
    corpus.take(old)
    corpus.take(corpus.files / "kept")
    before = {name: corpus.at(f"old/{name}").id for name in ("a.txt", "b.txt")}
    old.rename(new)
    report = corpus.take(new)
    assert (report.moved, report.added, report.vanished) == (2, 0, ())
    assert {name: corpus.at(f"new/{name}").id for name in before} == before
    assert corpus.take(new).unchanged == 2


def test_copy_of_a_folder_that_is_not_there_is_new(corpus: Corpus) -> None:
    path = corpus.write("disk/a.txt", "words")
    corpus.take(path.parent)
    path.parent.rename(corpus.files / "away")
    report = corpus.take(corpus.write("copy/a.txt", "words").parent)
    assert (report.moved, report.added, report.vanished) == (0, 1, ())
    (corpus.files / "away").rename(path.parent)
    assert corpus.take(path.parent).unchanged == 1
    assert len(corpus.find("words")) == 2
