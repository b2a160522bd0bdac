"""Lines of a real library: found, ordered, thinned and read."""

from __future__ import annotations

import re
import threading

import numpy as np
import pytest
from corpora import NEVER
from real_corpora import corpus_files

from incipit.analysis.sorting import LineKey, parse_keys
from incipit.analysis.thinning import Thinning
from incipit.errors import Cancelled, UserError
from incipit.services.concordance_values import ConcordanceRequest
from incipit.text.contexts import Edge

TEXTS = {
    "a.txt": "Ferries\n\nThe ferry was late. “The Ferry!” he said; the ferry came.",
    "b.txt": "No boats\n\nNot one ferry, nor a boat.",
    "sub/c.txt": "No boats\n\nNot one ferry, nor a boat.",
    "sub/d.txt": "Nothing of the kind here.",
}


@pytest.fixture
def filled(corpus):
    return corpus.filled(TEXTS)


def asked(corpus, query, sort="document,position", **thinning):
    request = ConcordanceRequest(query, parse_keys(sort), Thinning(**thinning))
    return corpus.library.concordance(request, NEVER)


def read(corpus, found, width=30):
    return corpus.library.concordance_lines(found, 0, len(found), width_cp=width)


def kwic(corpus, query, *args, **thinning):
    found = asked(corpus, query, *args, **thinning)
    return [
        (one.document.name, one.context.left, one.context.hit, one.context.right)
        for one in read(corpus, found, 12)
    ]


def test_every_hit_is_a_line_with_its_own_spelling(filled):
    assert kwic(filled, "ferry") == [
        ("a.txt", " The ", "ferry", " was late. “"),
        ("a.txt", " late. “The ", "Ferry", "!” he said; "),
        ("a.txt", " said; the ", "ferry", " came."),
        ("b.txt", " Not one ", "ferry", ", nor a boat"),
        ("c.txt", " Not one ", "ferry", ", nor a boat"),
    ]


def test_lines_are_sorted_by_the_words_beside_them(filled):
    rights = [line[3] for line in kwic(filled, "ferry", "R1")]
    assert rights == [" came.", "!” he said; ", ", nor a boat", ", nor a boat", " was late. “"]


def test_a_line_knows_its_hit_its_place_and_its_row(filled):
    found = asked(filled, "ferry", "R1")
    lines = read(filled, found)
    for row, line in enumerate(lines):
        assert found.hit_of(row) == (line.document.id, line.hit)
        assert found.row_of(line.document.id, line.hit) == row
        spans = filled.library.hits("ferry", line.document.id).spans_cp
        assert tuple(spans[line.hit].tolist()) == line.span_cp
        text = filled.library.text(line.document.id)
        assert text[slice(*line.span_cp)] == line.context.hit
        assert 0 <= line.place < 1
    assert found.row_of(lines[0].document.id, 99) is None
    assert found.row_of(999, 0) is None


def test_thinning_leaves_lines_out_and_their_rows(filled):
    found = asked(filled, "ferry", one_per_document=True, fold_copies=True)
    assert [one.document.name for one in read(filled, found)] == ["a.txt", "b.txt"]
    assert len(found.lines) == 5
    second = filled.named("a.txt").id
    assert found.row_of(second, 0) == 0
    assert found.row_of(second, 1) is None
    assert len(asked(filled, "ferry", with_words=("boat",))) == 2
    assert len(asked(filled, "ferry", without_words=("not",), sample=2)) == 2


@pytest.mark.parametrize(
    ("query", "hits"),
    [
        ('"the ferry"', ["The ferry", "The Ferry", "the ferry"]),
        ("not NEAR/2 ferry", ["Not one ferry", "Not one ferry"]),
        ("fer*", ["Ferries", "ferry", "Ferry", "ferry", "ferry", "ferry"]),
        ("/f.*y/ name:b.txt", ["ferry"]),
        ("ferry -boat", ["ferry", "Ferry", "ferry"]),
    ],
)
def test_every_class_of_query_has_lines(filled, query, hits):
    found = asked(filled, query)
    assert [one.context.hit for one in read(filled, found)] == hits


def test_filters_alone_have_no_lines_and_say_so(filled):
    for query in ("name:b.txt", "", "-ferry"):
        found = asked(filled, query)
        assert (len(found), found.has_hits) == (0, False)
    assert asked(filled, "never").has_hits


def test_sorting_is_prepared_once_for_an_index(filled):
    filled.write("e.txt", "A second segment has words of its own.")
    filled.take()
    library = filled.library
    library.prepare_sorting(NEVER)
    made = library._concordances._alphabet[1]
    assert len(made.segments) == 2
    asked(filled, "ferry", "R1,L1")
    assert library._concordances._alphabet[1] is made
    cancel = threading.Event()
    cancel.set()
    filled.write("f.txt", "And a third.")
    filled.take()
    with pytest.raises(Cancelled):
        library.prepare_sorting(cancel)
    assert kwic(filled, "ferry", "R1")


def test_removed_documents_have_no_lines(filled):
    before = asked(filled, "ferry")
    filled.library.remove([filled.named("a.txt").id])
    assert [one and one.document.name for one in read(filled, before)] == [
        *(None, None, None),
        *("b.txt", "c.txt"),
    ]
    assert len(asked(filled, "ferry")) == 2
    filled.upkeep()


def test_a_document_that_changed_meanwhile_is_not_read_wrongly(filled):
    before = asked(filled, "ferry")
    filled.write("b.txt", "Quite another text with a ferry")
    filled.take()
    names = [one and one.document.name for one in read(filled, before)]
    assert names == ["a.txt", "a.txt", "a.txt", None, "c.txt"]
    assert "with a " in [line[1] for line in kwic(filled, "ferry")][3]


def test_new_documents_are_found_and_sorted_among_the_others(filled):
    assert len(asked(filled, "ferry", "R1,L1")) == 5
    filled.write("e.txt", "A ferry aardvark and more words than before: zebra")
    filled.take()
    assert kwic(filled, "ferry", "R1")[0][0] == "e.txt"


def test_a_slab_shows_its_torn_edges(corpus):
    words = "tration should be indicted radical mental shift in the way the two milit "
    corpus.write("x/one.txt", (words * 200)[:8000])
    corpus.write("x/two.txt", (words[7:] * 200)[:8000])
    corpus.write("x/three.txt", (words[3:] * 200)[:8000])
    corpus.take()
    found = asked(corpus, "tration name:one.txt")
    first = read(corpus, found)[0]
    assert first.document.is_slab
    assert first.context.left_edge is Edge.TORN
    overview = corpus.library.concordance_overview(found, 10)
    assert overview.count.edge_hits == 1
    assert overview.count.hits == len(found) - 1


def test_random_order_and_samples_repeat(filled):
    assert kwic(filled, "ferry", "random", seed=3) == kwic(filled, "ferry", "random", seed=3)
    assert kwic(filled, "ferry", sample=2, seed=3) == kwic(filled, "ferry", sample=2, seed=3)


def test_what_cannot_be_thinned_is_refused(filled):
    with pytest.raises(UserError):
        asked(filled, "ferry", sample=0)


def test_cancelling_ends_it(filled):
    cancel = threading.Event()
    cancel.set()
    with pytest.raises(Cancelled):
        filled.library.concordance(ConcordanceRequest("ferry"), cancel)


def test_reading_many_lines_can_be_cancelled(filled):
    found = asked(filled, "ferry")
    cancel = threading.Event()
    cancel.set()
    with pytest.raises(Cancelled):
        filled.library._concordances.read(found, 0, len(found), width_cp=30, cancel=cancel)


def test_a_damaged_index_finds_nothing_and_says_so(filled):
    from incipit import paths

    place = paths.index_folder(filled.place, filled.library._store.identity)
    for file in place.iterdir():
        if file.stat().st_size:
            file.write_bytes(file.read_bytes()[:10])
    found = asked(filled, "ferry")
    assert len(found) == 0
    assert found.incomplete
    assert "rebuilt" in found.notes[0]
    filled.upkeep(rebuild=True)


@pytest.fixture
def news():
    """Return some files of real news. Asked for before the library, which may not stay empty."""
    return [path for path in corpus_files("bbc") if path.suffix == ".txt"][::60]


def test_lines_of_real_texts_are_those_of_a_scan(news, corpus):
    for number, path in enumerate(news):
        corpus.write(f"{number:04}.txt", path.read_bytes())
    corpus.take()
    found = asked(corpus, "market", "L1,R1,hit")

    lines = read(corpus, found, 60)

    plain = []
    for document in corpus.documents():
        text = corpus.library.text(document.id)
        matches = re.finditer(r"(?<![^\W_])market(?![^\W_])", text, re.IGNORECASE)
        plain += [(document.id, match.span()) for match in matches]
    assert sorted((one.document.id, one.span_cp) for one in lines) == sorted(plain)
    assert len(plain) > 5
    beside = [_beside(one) for one in lines]
    assert beside == sorted(beside)
    assert np.array_equal(np.sort(found.order), np.arange(len(plain)))
    assert LineKey.L1 in found.request.keys


def _beside(line):
    def word(text, spans):
        return text[slice(*spans[0])].casefold() if spans else ""

    context = line.context
    return word(context.left, context.left_words), word(context.right, context.right_words)
