"""Results in their order, rows with their snippets, hits where they are."""

from __future__ import annotations

import pytest
from corpora import NEVER, Corpus

from incipit.errors import Cancelled
from incipit.models import SearchRequest, SortKey
from incipit.services.control import JobControl
from incipit.text.pieces import PIECE_CP


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


def test_snippet_of_a_long_text_shows_a_phrase_that_pieces_cut(corpus: Corpus) -> None:
    filling = "nothing of interest to see here " * 9_000
    for shift in range(0, 60, 7):
        at = PIECE_CP - 40 + shift
        corpus.write(f"{shift}.txt", f"{filling[: at - at % 32]}the old harbour master {filling}")
    corpus.take()
    result = corpus.library.search(SearchRequest('"old harbour master"'), NEVER)
    for row in corpus.library.rows(result, 0, 20):
        assert row.snippet is not None
        assert [row.snippet.text[start:end] for start, end in row.snippet.marks] == [
            "old harbour master"
        ]
        assert row.snippet.text.startswith("…")


def test_snippet_of_a_long_text_says_that_the_text_goes_on(corpus: Corpus) -> None:
    # As much as is looked through first, with the hit just before its end.
    filling = ("no such word " * 30_000)[: (1 << 18) - 20]
    corpus.write("long.txt", f"{filling} harbour {filling}")
    corpus.take()
    (row,) = corpus.library.rows(corpus.library.search(SearchRequest("harbour"), NEVER), 0, 9)
    assert row.snippet is not None
    start, end = row.snippet.marks[0]
    assert row.snippet.text[start:end] == "harbour"
    assert row.snippet.text.endswith("…")
    assert "such word" in row.snippet.text[end:]


def test_hits_are_found_in_a_text_that_is_given(corpus: Corpus) -> None:
    corpus.write("a.txt", "the old harbour")
    corpus.take()
    (key,) = (one.id for one in corpus.documents())
    given = "a harbour, as it is read"
    assert corpus.library.hits("harbour", key, given).spans_cp.tolist() == [[2, 9]]
    assert corpus.library.hits_near("harbour", key, 0, given).spans_cp.tolist() == [[2, 9]]


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


def test_completions_count_the_documents_of_now(corpus: Corpus) -> None:
    for name in ("a.txt", "b.txt", "c.txt"):
        corpus.write(name, f"turkey {name}")
    corpus.take()
    (first, *_) = corpus.documents()

    def counted() -> list[tuple[str, int]]:
        return [(one.word, one.documents) for one in corpus.library.completions("turk")]

    removal = corpus.library.remove([first.id])
    assert counted() == [("turkey", 2)]
    corpus.upkeep()
    assert counted() == [("turkey", 2)]
    corpus.library.undo(removal.id)
    corpus.upkeep()
    assert counted() == [("turkey", 3)]


def test_rows_are_found_by_the_beginning_of_their_titles(corpus: Corpus) -> None:
    for number, title in enumerate(("Turkey", "Ankara", "Turmoil", "Athens")):
        corpus.write(f"{number}.txt", f"{title}\n\nSome words here, and some more of them.")
    corpus.take()
    find = corpus.library.row_titled
    every = corpus.library.search(SearchRequest("", SortKey.NAME, descending=False), NEVER)
    assert [find(every, "tu", first) for first in range(5)] == [0, 2, 2, 0, 0]
    assert find(every, "x", 0) is None
    falling = corpus.library.search(SearchRequest("", SortKey.NAME), NEVER)
    assert find(falling, "tur", 2) == 3
    found = corpus.library.search(SearchRequest("turmoil"), NEVER)
    assert find(found, "tu", 0) == 0
    assert find(found, "turkey", 0) is None


def test_cancelled_search_raises(corpus: Corpus) -> None:
    corpus.write("a.txt", "words")
    corpus.take()
    control = JobControl()
    control.cancel()
    with pytest.raises(Cancelled):
        corpus.library.search(SearchRequest("words"), control)
    with pytest.raises(Cancelled):
        corpus.library.suggestions("word", cancel=control)


def test_results_are_read_only(corpus: Corpus) -> None:
    corpus.write("a.txt", "words")
    corpus.take()
    result = corpus.library.search(SearchRequest("words"), NEVER)
    with pytest.raises(ValueError, match="read-only"):
        result.document_ids[0] = 5


@pytest.mark.parametrize(
    "query", ["harbour", '"the old harbour"', "harb*", "old NEAR/3 harbour", "old OR harbour"]
)
@pytest.mark.parametrize("share", [0.0, 0.5, 1.0])
def test_hits_around_a_place_of_a_long_text_are_those_of_the_whole(
    corpus: Corpus, query: str, share: float
) -> None:
    text = "the old harbour lies there, and an older one of the harbours too " * 9_000
    corpus.write("long.txt", text)
    corpus.take()
    (key,) = corpus.library.search(SearchRequest(query), NEVER).document_ids.tolist()
    every = corpus.library.hits(query, key)
    place = int(share * len(text))
    near = corpus.library.hits_near(query, key, place)
    assert every.are_all
    assert not near.are_all
    assert 100 < len(near.spans_cp) < len(every.spans_cp)
    first, last = near.spans_cp[0, 0], near.spans_cp[-1, 1]
    assert first <= max(0, place - 100_000) + 100
    assert last >= min(len(text), place + 100_000) - 100
    inside = (every.spans_cp[:, 0] >= first) & (every.spans_cp[:, 1] <= last)
    assert near.spans_cp.tolist() == every.spans_cp[inside].tolist()


def test_hits_around_a_place_of_a_short_text_are_all(corpus: Corpus) -> None:
    corpus.write("short.txt", "the harbour and the other harbour")
    corpus.take()
    (key,) = corpus.library.search(SearchRequest("harbour"), NEVER).document_ids.tolist()
    near = corpus.library.hits_near("harbour", key, 20)
    assert near.are_all
    assert len(near.spans_cp) == 2


def test_hits_around_a_place_without_white_space_are_left_for_later(corpus: Corpus) -> None:
    corpus.write("long.txt", "好" * 300_000)
    corpus.take()
    (key,) = corpus.library.search(SearchRequest("好"), NEVER).document_ids.tolist()
    near = corpus.library.hits_near("好", key, 0)
    assert (len(near.spans_cp), near.are_all) == (0, False)
