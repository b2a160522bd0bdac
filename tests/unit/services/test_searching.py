"""Results in their order, rows with their snippets, hits where they are."""

from __future__ import annotations

import pytest
from corpora import NEVER, Corpus

from incipit.errors import Cancelled
from incipit.models import SearchRequest, SortKey
from incipit.services.control import JobControl


def test_copies_are_documents_and_can_be_folded(corpus: Corpus) -> None:
    for name in ("a.txt", "b.txt", "c.txt"):
        corpus.write(name, "the same words" if name != "c.txt" else "other words")
    report = corpus.take()
    assert (report.added, report.copies) == (3, 1)
    assert corpus.find("words", sort=SortKey.NAME, descending=False) == ["a.txt", "b.txt", "c.txt"]
    assert corpus.find("words", sort=SortKey.NAME, descending=False, fold_duplicates=True) == [
        "a.txt",
        "c.txt",
    ]
    assert len(corpus.find("", fold_duplicates=True)) == 2


def test_orders_of_results(corpus: Corpus) -> None:
    for name, count in (("b.txt", 3), ("a.txt", 1), ("deep/c.txt", 2)):
        corpus.write(name, "words " * count + "filler " * (10 - 2 * count))
    corpus.take()
    assert corpus.find("words") == ["b.txt", "c.txt", "a.txt"]
    assert corpus.find("words", sort=SortKey.HITS) == ["b.txt", "c.txt", "a.txt"]
    assert corpus.find("words", sort=SortKey.HITS, descending=False) == ["a.txt", "c.txt", "b.txt"]
    rising = {"descending": False}
    assert corpus.find("words", sort=SortKey.NAME, **rising) == ["a.txt", "b.txt", "c.txt"]
    assert corpus.find("words", sort=SortKey.LENGTH, **rising) == ["b.txt", "c.txt", "a.txt"]
    assert corpus.find("words", sort=SortKey.FOLDER, **rising)[-1] == "c.txt"
    assert corpus.find("", sort=SortKey.NAME) == ["c.txt", "b.txt", "a.txt"]


@pytest.mark.parametrize("place", ["early", "late"])
def test_snippet_of_a_long_text_shows_a_hit_wherever_it_is(corpus: Corpus, place: str) -> None:
    filling = "nothing to be found here " * 30_000
    text = f"a harbour {filling}" if place == "early" else f"{filling} the harbour"
    corpus.write("long.txt", f"{text} harbou")
    corpus.take()
    result = corpus.library.search(SearchRequest("harbour"), NEVER)
    (row,) = corpus.library.rows(result, 0, 9)
    assert row.snippet is not None
    assert [row.snippet.text[start:end] for start, end in row.snippet.marks] == ["harbour"]


def test_rows_show_the_hits_in_a_snippet(corpus: Corpus) -> None:
    corpus.write("a.txt", "filler " * 200 + "the S-400 system " + "filler " * 200)
    corpus.take()
    result = corpus.library.search(SearchRequest("s 400"), NEVER)
    (row,) = corpus.library.rows(result, 0, 10)
    assert row.snippet is not None
    assert "S-400" in row.snippet.text
    (phrase,) = corpus.library.rows(corpus.library.search(SearchRequest("S-400"), NEVER), 0, 10)
    assert phrase.snippet is not None
    assert [phrase.snippet.text[start:end] for start, end in phrase.snippet.marks] == ["S-400"]


def test_result_knows_the_row_of_a_document(corpus: Corpus) -> None:
    for name in "abc":
        corpus.write(f"{name}.txt", f"words {name}")
    corpus.take()
    result = corpus.library.search(SearchRequest("words", SortKey.NAME, descending=False), NEVER)
    assert corpus.library.row_of(result, corpus.named("b.txt").id) == 1
    assert corpus.library.row_of(result, 999) is None


def test_pages_of_rows_follow_the_order(corpus: Corpus) -> None:
    for number in range(25):
        corpus.write(f"{number:02}.txt", "words")
    corpus.take()
    result = corpus.library.search(SearchRequest("words", SortKey.NAME, descending=False), NEVER)
    page = corpus.library.rows(result, 10, 5)
    assert [row.document.name for row in page] == [f"{n:02}.txt" for n in range(10, 15)]


def test_filters_and_their_combination_with_words(corpus: Corpus) -> None:
    corpus.write("north.txt", "words " * 30)
    corpus.write("south.txt", "words " * 5)
    corpus.take()
    assert corpus.find("words:>10") == ["north.txt"]
    assert corpus.find("name:south words") == ["south.txt"]
    assert corpus.find("words -name:south") == ["north.txt"]


def test_half_typed_query_gives_a_note_and_no_error(corpus: Corpus) -> None:
    corpus.write("a.txt", "some words")
    corpus.take()
    result = corpus.library.search(SearchRequest('words "half'), NEVER)
    assert result.notes
    assert len(result.understood) >= 1


def test_completions_and_suggestions_come_from_the_corpus(corpus: Corpus) -> None:
    corpus.write("a.txt", "turkey turkish turkeys s 400")
    corpus.write("b.txt", "turkey")
    corpus.take()
    assert corpus.library.completions("turk")[0].word == "turkey"
    assert any(one.query == "turkey" for one in corpus.library.suggestions("turky"))


def test_cancelled_search_raises(corpus: Corpus) -> None:
    corpus.write("a.txt", "words")
    corpus.take()
    control = JobControl()
    control.cancel()
    with pytest.raises(Cancelled):
        corpus.library.search(SearchRequest("words"), control)


def test_results_are_read_only(corpus: Corpus) -> None:
    corpus.write("a.txt", "words")
    corpus.take()
    result = corpus.library.search(SearchRequest("words"), NEVER)
    with pytest.raises(ValueError, match="read-only"):
        result.document_ids[0] = 5
