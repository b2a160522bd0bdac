"""Files that moved stay the documents they were; files that vanished are reported."""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest
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


class Names:
    """Files under short names, the tags of their documents, and what became of them."""

    def __init__(self, corpus: Corpus, names: str) -> None:
        self.corpus = corpus
        self.ids = {}
        for name in names:
            corpus.write(f"{name}.txt", f"words of {name}")
        corpus.take()
        for name in names:
            self.ids[name] = corpus.named(f"{name}.txt").id
            corpus.library.change_tags([self.ids[name]], [f"tag of {name}"], [])

    def path(self, name: str) -> Path:
        return self.corpus.files / (name + ".txt")

    def rename(self, *ways: str) -> None:
        """Rename one file after the other, given as "from to"."""
        for way in ways:
            before, after = map(self.path, way.split())
            before.replace(after)

    def copy(self, *ways: str) -> None:
        """Copy the bytes of one file after the other, given as "from to"."""
        for way in ways:
            before, after = map(self.path, way.split())
            after.write_bytes(before.read_bytes())

    def who(self) -> dict[str, str]:
        """Return the documents at each name: as they were called at first, in small letters."""
        was = {number: name for name, number in self.ids.items()}
        for number, name in was.items():
            assert self.corpus.library.tags_of(number) == (f"tag of {name}",)
        return {one.name[:-4]: was.get(one.id, "new") for one in self.corpus.documents()}

    def texts(self) -> dict[str, str]:
        """Return the last word of the text at each name."""
        text = self.corpus.library.text
        return {one.name[:-4]: text(one.id).split()[-1] for one in self.corpus.documents()}

    def consistent(self) -> bool:
        """Return whether the index finds each text where the store has it."""
        return all(
            self.corpus.find(f"of NEAR/1 {text}") == [f"{name}.txt"]
            for name, text in self.texts().items()
        )


@pytest.mark.parametrize(
    ("ways", "who"),
    [
        (("a spare", "b a", "spare b"), {"a": "b", "b": "a", "c": "c"}),
        (("a spare", "c a", "b c", "spare b"), {"a": "c", "b": "a", "c": "b"}),
        (("c d", "b c", "a b"), {"b": "a", "c": "b", "d": "c"}),
        (("a b/deep", "b a", "b/deep b"), {"a": "b", "b": "a", "c": "c"}),
    ],
)
@pytest.mark.parametrize("copied", [False, True])
def test_names_that_changed_hands_take_no_identity_along(
    corpus: Corpus, ways: tuple[str, ...], who: dict[str, str], copied: bool
) -> None:
    (corpus.files / "b").mkdir()
    names = Names(corpus, "abc")
    if copied:
        # As by a program that writes the bytes anew: the inodes say nothing, or what is wrong.
        names.copy(*ways)
        for name in {way.split()[0] for way in ways} - who.keys():
            names.path(name).unlink()
    else:
        names.rename(*ways)
    report = corpus.take()
    assert (report.moved, report.added, report.updated) == (
        sum(now != was for now, was in who.items()),
        0,
        0,
    )
    assert report.vanished == ()
    assert names.who() == names.texts() == who
    assert names.consistent()
    assert corpus.take().unchanged == len(who)


def test_exchanged_files_of_one_size_and_time_are_noticed(corpus: Corpus) -> None:
    names = Names(corpus, "ab")
    for name in "ab":
        os.utime(names.path(name), ns=(10**18, 10**18))
    corpus.take()
    names.rename("a spare", "b a", "spare b")
    assert corpus.take().moved == 2
    assert names.who() == {"a": "b", "b": "a"}


def test_other_file_of_the_same_size_and_time_is_read_only_if_it_is_known(corpus: Corpus) -> None:
    names = Names(corpus, "ab")
    there = names.path("a").stat()
    names.path("a").rename(corpus.files / "old")
    corpus.write("a.txt", "words of x")
    os.utime(names.path("a"), ns=(there.st_atime_ns, there.st_mtime_ns))
    report = corpus.take()
    assert (report.unchanged, report.moved, report.updated, report.added) == (2, 0, 0, 0)
    assert names.texts() == {"a": "a", "b": "b"}


def test_file_whose_name_another_took_is_gone_and_its_text_stays(corpus: Corpus) -> None:
    names = Names(corpus, "abc")
    corpus.write("c.txt.~1~", "words of nothing")
    names.rename("b c", "a b")
    report = corpus.take()
    assert (report.moved, report.updated, report.added) == (2, 0, 0)
    assert [(one.document_id, Path(one.path).name) for one in report.vanished] == [
        (names.ids["c"], "c.txt.~2~")
    ]
    assert corpus.library.text(names.ids["c"]) == "words of c"
    assert names.who() == {"b": "a", "c": "b", "c.txt": "c"}
    again = corpus.take()
    assert (again.unchanged, len(again.vanished)) == (2, 1)
    corpus.write("back.txt", "words of c")
    assert corpus.take().moved == 1
    assert names.who() == {"b": "a", "c": "b", "back": "c"}


def test_name_that_is_taken_twice_leaves_both_texts(corpus: Corpus) -> None:
    names = Names(corpus, "abc")
    names.rename("b c")
    corpus.take()
    names.rename("a c")
    report = corpus.take()
    gone = {Path(one.path).name: one.document_id for one in report.vanished}
    assert gone == {"c.txt.~1~": names.ids["c"], "c.txt.~2~": names.ids["b"]}
    assert corpus.named("c.txt").id == names.ids["a"]


def test_very_long_name_that_is_taken_leaves_its_text_too(corpus: Corpus) -> None:
    long = corpus.write("ä" * 125 + ".txt", "words of the long one")
    short = corpus.write("a.txt", "words of the short one")
    corpus.take()
    before = corpus.named(long.name).id
    short.rename(long)
    (gone,) = corpus.take().vanished
    assert gone.document_id == before
    assert len(corpus.take().vanished) == 1


@pytest.mark.parametrize("keeps_the_old", [False, True])
def test_name_decides_where_something_new_was_written(corpus: Corpus, keeps_the_old: bool) -> None:
    names = Names(corpus, "ab")
    for text in ("second", "third"):
        # As editors save: a new file over the old one, which some keep under a name of its own.
        corpus.write("spare", f"words of {text}")
        if keeps_the_old:
            names.rename("a b")
        (corpus.files / "spare").replace(names.path("a"))
        report = corpus.take()
        assert (report.moved, report.updated) == (0, 1 + keeps_the_old)
        assert names.who() == {"a": "a", "b": "b"}
        assert names.consistent()
    assert names.texts() == {"a": "third", "b": "second" if keeps_the_old else "b"}


def test_new_copy_of_what_an_edited_file_was_is_new(corpus: Corpus) -> None:
    names = Names(corpus, "ab")
    names.copy("a c")
    corpus.write("a.txt", "words of other")
    report = corpus.take()
    assert (report.moved, report.updated, report.added) == (0, 1, 1)
    assert names.who() == {"a": "a", "b": "b", "c": "new"}
    assert names.consistent()


def test_copy_over_a_file_takes_no_identity_while_the_other_is_there(corpus: Corpus) -> None:
    names = Names(corpus, "ab")
    names.copy("a b")
    report = corpus.take()
    assert (report.moved, report.updated, report.unchanged) == (0, 1, 1)
    assert names.who() == {"a": "a", "b": "b"}
    names.path("a").touch()
    names.copy("a b")
    report = corpus.take()
    assert (report.moved, report.updated, report.unchanged) == (0, 0, 2)


def test_copy_from_a_disk_that_is_not_there_takes_no_name(corpus: Corpus) -> None:
    one, other = corpus.write("disk/a.txt", "words of a"), corpus.write("here/b.txt", "words of b")
    corpus.take(one.parent)
    corpus.take(other.parent)
    before = corpus.at("here/b.txt").id
    other.write_bytes(one.read_bytes())
    one.parent.rename(corpus.files / "away")
    report = corpus.take(one.parent, other.parent)
    assert (report.moved, report.updated, report.vanished) == (0, 1, ())
    assert corpus.at("here/b.txt").id == before


def test_equal_files_are_told_apart_by_inode(corpus: Corpus) -> None:
    paths = [corpus.write(name, "the same words") for name in ("a.txt", "b.txt")]
    corpus.take()
    before = [corpus.at(path.name).id for path in paths]
    paths[0].rename(corpus.files / "spare")
    paths[1].rename(paths[0])
    (corpus.files / "spare").rename(paths[1])
    assert corpus.take().moved == 2
    assert [corpus.at(path.name).id for path in reversed(paths)] == before


def test_any_renaming_ends_with_every_text_under_its_name(corpus: Corpus) -> None:
    names = "abcdefgh"
    was = Names(corpus, names)
    chosen = random.Random(7)
    for _ in range(12):
        order = chosen.sample(names, len(names))
        for name in names:
            if was.path(name).exists():
                was.path(name).rename(was.path(name + " spare"))
        kept = chosen.sample(names, 6)
        for before, after in zip(names, order, strict=True):
            spare = was.path(before + " spare")
            if spare.exists():
                if before in kept:
                    spare.rename(was.path(after))
                else:
                    spare.unlink()
        for name in names:
            if not was.path(name).exists() and chosen.random() < 0.7:
                corpus.write(f"{name}.txt", f"words of {chosen.randrange(10**9)}")
        report = corpus.take()
        gone = {one.path for one in report.vanished}
        living = [one for one in corpus.documents() if one.path not in gone]
        assert {one.path for one in living} == set(map(str, corpus.files.glob("*.txt")))
        for one in living:
            assert corpus.library.text(one.id) == Path(one.path).read_text()
        assert corpus.library.check(NEVER, deep=True) == ()


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
