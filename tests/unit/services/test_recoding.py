"""A wrong encoding can be corrected for a file, its folder or its source, and back again."""

from __future__ import annotations

from pathlib import Path

import pytest
from corpora import NEVER, Corpus

from incipit.errors import UnreadableText
from incipit.models import ImportReport, Scope
from incipit.services import tasks

_POLISH = "zażółć gęślą jaźń"


def recode(corpus: Corpus, number: int, scope: Scope, encoding: str | None) -> ImportReport:
    task = tasks.RecodeTask(number, scope, encoding)
    return tasks.run(corpus.place, task, 2, corpus.events.append, NEVER)


def texts(corpus: Corpus) -> dict[str, str]:
    return {
        str(Path(document.path).relative_to(corpus.files)): corpus.library.text(document.id)
        for document in corpus.documents()
    }


@pytest.fixture
def polish(corpus: Corpus) -> Corpus:
    for name in ("one.txt", "two.txt", "deep/three.txt"):
        corpus.write(name, f"{_POLISH} {name}".encode("iso-8859-2"))
    corpus.take()
    return corpus


def chosen(corpus: Corpus, encoding: str) -> set[str]:
    return {Path(one.path).name for one in corpus.documents() if one.encoding == encoding}


def test_preview_changes_nothing(polish: Corpus) -> None:
    document = polish.documents()[0]
    before = texts(polish)
    assert polish.library.preview_encoding(document.id, "koi8-r") != polish.library.text(
        document.id
    )
    assert polish.library.preview_encoding(document.id, "iso-8859-2").startswith(_POLISH)
    assert texts(polish) == before


def test_choices_begin_with_the_likely_ones_and_count_what_each_scope_holds(
    polish: Corpus,
) -> None:
    document = polish.named("one.txt")
    choices = polish.library.encoding_choices(document.id)
    assert choices.document == document
    assert choices.automatic == choices.likely[0] == document.encoding
    assert "iso-8859-2" in choices.likely
    assert len(set(choices.likely)) == len(choices.likely)
    assert [choices.files[scope] for scope in Scope] == [1, 2, 3]


def test_preview_of_the_automatic_choice(polish: Corpus) -> None:
    document = polish.named("one.txt")
    recode(polish, document.id, Scope.FILE, "koi8-r")
    shown = polish.library.preview_encoding(document.id, None)
    assert shown == f"{_POLISH} one.txt"
    assert polish.library.encoding_choices(document.id).likely[0] != "koi8-r"


def test_preview_of_an_encoding_that_does_not_fit_says_so(polish: Corpus) -> None:
    with pytest.raises(UnreadableText):
        polish.library.preview_encoding(polish.documents()[0].id, "utf-8")


@pytest.mark.parametrize(
    ("scope", "names"),
    [
        (Scope.FILE, {"one.txt"}),
        (Scope.FOLDER, {"one.txt", "two.txt"}),
        (Scope.SOURCE, {"one.txt", "two.txt", "three.txt"}),
    ],
)
def test_correction_reaches_as_far_as_asked(polish: Corpus, scope: Scope, names: set[str]) -> None:
    number = polish.named("one.txt").id
    report = recode(polish, number, scope, "koi8-r")
    assert report.updated == len(names)
    assert chosen(polish, "koi8-r") == names
    wrong = polish.library.text(number).split()[0]
    assert "one.txt" in polish.hits(wrong)


def test_corrected_text_is_searched_and_the_choice_outlasts_an_update(polish: Corpus) -> None:
    number = polish.named("one.txt").id
    recode(polish, number, Scope.FILE, "koi8-r")
    recode(polish, number, Scope.FILE, "iso-8859-2")
    assert polish.library.text(number) == f"{_POLISH} one.txt"
    assert "one.txt" in polish.hits("gęślą")
    recode(polish, number, Scope.FILE, "koi8-r")
    polish.write("one.txt", "nowy tekst ąę".encode("koi8-r", "replace"))
    polish.take()
    assert polish.library.document(number).encoding == "koi8-r"


def test_encoding_that_does_not_fit_leaves_the_document(polish: Corpus) -> None:
    number = polish.named("one.txt").id
    before = texts(polish)
    report = recode(polish, number, Scope.FOLDER, "utf-8")
    assert (report.updated, len(report.misfits)) == (0, 2)
    assert texts(polish) == before
    # They are in the library, whole: nothing failed that could be tried again.
    assert report.failed == ()
    assert polish.library.failures() == ()


def test_automatic_choice_comes_back(polish: Corpus) -> None:
    before = texts(polish)
    number = polish.named("one.txt").id
    recode(polish, number, Scope.SOURCE, "koi8-r")
    recode(polish, number, Scope.SOURCE, None)
    assert texts(polish) == before


def test_document_whose_original_is_kept_can_be_read_again(corpus: Corpus) -> None:
    corpus.write("marked.txt", _POLISH.encode("utf-16"))
    corpus.take()
    number = corpus.named("marked.txt").id
    assert corpus.library.encoding_choices(number).automatic == "utf-16-le"
    assert recode(corpus, number, Scope.FILE, "utf-16-be").updated == 1
    assert _POLISH not in corpus.library.text(number)
    assert recode(corpus, number, Scope.FILE, None).updated == 1
    assert corpus.library.text(number) == _POLISH
