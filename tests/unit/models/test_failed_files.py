"""A long list of failures is the failures that went in, and stays small."""

from __future__ import annotations

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incipit.models import FailedFile, FailedFiles, VanishedFile, VanishedFiles

TEXTS = st.text(st.characters(exclude_categories=()))
PATHS = st.binary().map(lambda raw: raw.decode(errors="surrogateescape"))
FAILURES = st.lists(st.builds(FailedFile, PATHS, st.sampled_from(("a", "b")), TEXTS, TEXTS))


@given(FAILURES, FAILURES)
def test_it_is_the_sequence_of_what_went_in(first, second):
    many = FailedFiles(first)
    many.extend(second)
    failures = (*first, *second)
    for same in (many, pickle.loads(pickle.dumps(many))):
        assert same == failures
        assert list(same) == list(failures)
        assert [same[at] for at in range(-len(failures), len(failures))] == [*failures, *failures]
        assert same[1:3] == failures[1:3]
        assert len(same) == len(failures)
    assert many == FailedFiles(failures)


def test_others_are_not_equal_to_it():
    one = FailedFile("/a", "binary", "It is binary.")
    many = FailedFiles([one])
    assert many != ()
    assert many != (FailedFile("/b", "binary", "It is binary."),)
    assert many != 1
    assert repr(many) == f"FailedFiles([{one!r}])"
    with pytest.raises(IndexError):
        many[1]


def test_a_failure_takes_little():
    reason, advice = "This is binary data.", "Only text can be read. " * 10
    many = FailedFiles(FailedFile(f"/a/{n:06}", "binary", reason, advice) for n in range(10_000))
    assert len(pickle.dumps(many)) < 20 * 10_000


def test_vanished_files_are_what_went_in_and_take_little():
    gone = [VanishedFile(7 * n, f"/home/someone/texts/{n:06}.txt") for n in range(10_000)]
    many = pickle.loads(pickle.dumps(VanishedFiles(gone)))
    assert many == gone
    assert list(many.ids) == [one.document_id for one in gone]
    assert len(pickle.dumps(many)) < 20 * 10_000
    assert VanishedFiles() == ()
