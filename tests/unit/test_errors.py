"""The errors that a person reads: they say what, to which file, and what to do."""

from __future__ import annotations

import pickle

import pytest

from incipit.errors import LibraryBusy, LibraryUnusable, UnreadableText, UserError


def test_error_reads_as_subject_message_and_advice() -> None:
    error = UserError("It is empty.", advice="Choose another.", subject="a.txt")

    assert str(error) == "a.txt: It is empty. Choose another."


def test_error_without_subject_and_advice_is_its_message() -> None:
    assert str(UserError("The disk is full.")) == "The disk is full."


@pytest.mark.parametrize(
    ("kind", "code"),
    [(UnreadableText, "unreadable"), (LibraryUnusable, "library"), (LibraryBusy, "busy")],
)
def test_every_kind_has_a_code_that_can_be_narrowed(kind: type[UserError], code: str) -> None:
    assert kind("No.").code == code
    assert kind("No.", code="binary").code == "binary"
    assert kind.code == code


def test_error_crosses_between_processes_whole() -> None:
    error = UnreadableText("Not text.", advice="Skip it.", subject="b.bin", code="binary")

    copy = pickle.loads(pickle.dumps(error))

    assert type(copy) is UnreadableText
    assert vars(copy) == vars(error)
    assert str(copy) == str(error)
