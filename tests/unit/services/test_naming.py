"""Texts without a heading are named by what sets them apart, once that can be known."""

from __future__ import annotations

import pytest
from corpora import Corpus
from hypothesis import given
from hypothesis import strategies as st

from incipit.models import TitleKind
from incipit.services import naming
from incipit.text import titles
from incipit.text.titles import incipit_title

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


def test_title_of_a_long_text_is_that_of_its_beginning(corpus: Corpus) -> None:
    for number in range(12):
        corpus.write(f"{number}.txt", _COMMON * 20)
    story = _COMMON * 10 + "the lighthouse was sold " * 4
    corpus.write("short.txt", story + _COMMON * 10)
    corpus.write("long.txt", story + _COMMON * 5_000)
    start = "the harbour master said on monday that no ferry will run in winter while there is ice,"
    corpus.write("gap.txt", start + " " * 150_000 + "\n" + story)
    corpus.take()
    for name in ("short.txt", "long.txt"):
        title = corpus.named(name).title
        assert "council met on monday" in title, name
        assert "lighthouse" in title, name
    # By itself so short a beginning would be the title as it stands.
    assert corpus.named("gap.txt").title == start.partition(" there")[0] + "…"


@given(
    st.text(st.sampled_from("ab \n\t.,é中"), max_size=60),
    st.text(st.sampled_from("ab c\n"), max_size=60),
    st.booleans(),
)
def test_an_opening_that_is_enough_gives_the_title_of_the_whole(start, rest, is_slab) -> None:
    assert max(titles.HEAD_CP, titles.MAX_HEADING_CP + 1) <= naming._ENOUGH_CP
    with pytest.MonkeyPatch.context() as patch:
        for module, name, length in (
            (titles, "BODY_CP", 40),
            (titles, "HEAD_CP", 12),
            (titles, "MAX_HEADING_CP", 10),
            (naming, "_ENOUGH_CP", 12),
        ):
            patch.setattr(module, name, length)
        text = start + rest
        of_whole, of_opening = (
            incipit_title(some, is_slab=is_slab, document_frequency=len, document_count=9)
            for some in (text, text[:40])
        )
        assert of_whole == of_opening or not naming._is_enough(text[:40])
        assert naming._is_enough("ab" * 20)


def test_text_without_words_is_named_by_its_file(corpus: Corpus) -> None:
    corpus.write("empty.txt", "")
    corpus.take()
    assert corpus.named("empty.txt").title == "empty.txt"
