"""Texts without a heading are named by what sets them apart, once that can be known."""

from __future__ import annotations

import pytest
from corpora import Corpus

from incipit.models import TitleKind
from incipit.services import naming

_COMMON = "the council met on monday and spoke of roads and schools and water "


def test_title_names_what_sets_a_text_apart(corpus: Corpus) -> None:
    for number in range(12):
        corpus.write(f"{number}.txt", _COMMON * 20)
    corpus.write("x.txt", _COMMON * 10 + "the lighthouse was sold " * 4 + _COMMON * 10)
    corpus.take()
    title = corpus.named("x.txt").title
    assert "council met on monday" in title
    assert "lighthouse" in title
    assert "lighthouse" not in corpus.named("3.txt").title


def test_heading_stays_the_title(corpus: Corpus) -> None:
    corpus.write("a.txt", "Ferry to run in winter\n\nThe ferry will run, the ferry company said.\n")
    corpus.take()
    document = corpus.named("a.txt")
    assert (document.title, document.title_kind) == (
        "Ferry to run in winter",
        TitleKind.HEADING,
    )


def test_many_documents_are_named_in_worker_processes(
    corpus: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(naming, "_INLINE_DOCUMENTS", 5)
    monkeypatch.setattr(naming, "_BATCH_DOCUMENTS", 5)
    for number in range(20):
        corpus.write(f"{number}.txt", _COMMON * 5 + f"special{number} " * 3 + _COMMON * 5)
    corpus.take()
    for number in range(20):
        assert f"special{number}" in corpus.named(f"{number}.txt").title


def test_text_without_words_is_named_by_its_file(corpus: Corpus) -> None:
    corpus.write("empty.txt", "")
    corpus.take()
    assert corpus.named("empty.txt").title == "empty.txt"
