"""The facade of searching, on an index in several segments."""

from __future__ import annotations

import threading
from pathlib import Path

import numpy as np
import pytest
from index_made import SnapshotOf, made_index

from incipit.errors import Cancelled
from incipit.index.folder import IndexFolder
from incipit.index.inversion import SegmentBuilder, columns_of
from incipit.index.search import hits_in_terms, parse, search, spans, suggestions
from incipit.text.tokens import terms

NOTHING = np.empty(0, np.int64)
CORPORA = Path(__file__).parents[3].parent / "shared" / "corpora"

TEXTS = [
    ["Turkey bought the S-400.", "The U.S. isn't pleased; the s 400 is Russian.", ""],
    ["Nothing of the kind.", "turkey turkey turkey"],
]


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory):
    corpus = [[terms(text) for text in segment] for segment in TEXTS]
    with made_index(tmp_path_factory.mktemp("search") / "index", corpus, [3]) as snapshot:
        yield snapshot


def found(snapshot, text, keys=()):
    matches = search(snapshot, parse(text), keys_for=lambda _: np.array(keys, np.int64))
    return dict(zip(matches.keys.tolist(), matches.hits.tolist(), strict=True))


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("S-400", {0: 1, 1: 1}),
        ('"s 400"', {0: 1, 1: 1}),
        ("isn't", {1: 1}),
        ("the", {0: 1, 1: 2}),
        ("turkey", {0: 1, 4: 3}),
        ("turkey -bought", {4: 3}),
        ("-turkey", {1: 0, 2: 0}),
        ("", {0: 0, 1: 0, 2: 0, 4: 0}),
        ("never", {}),
    ],
)
def test_documents_and_their_hits(snapshot, text, keys):
    assert found(snapshot, text) == keys


def test_filters_ask_once_each_and_have_no_hits_or_scores(snapshot):
    asked = []

    def keys_for(condition):
        asked.append(condition)
        return np.array([1, 2, 99])

    matches = search(snapshot, parse("name:x OR -name:x"), keys_for=keys_for)

    assert sorted(matches.keys.tolist()) == [0, 1, 2, 4]
    assert matches.hits.tolist() == [0] * 4
    assert matches.scores.tolist() == [0.0] * 4
    assert len(asked) == 1


def test_words_and_filters_combine(snapshot):
    assert found(snapshot, "turkey name:x", [1, 4]) == {4: 3}
    assert found(snapshot, "turkey -name:x", [1, 4]) == {0: 1}


def test_arrays_are_parallel_and_of_the_promised_types(snapshot):
    matches = search(snapshot, parse("turkey OR the"), keys_for=None)

    assert matches.keys.dtype == matches.hits.dtype == np.int64
    assert matches.scores.dtype == np.float64
    assert len(matches.keys) == len(matches.hits) == len(matches.scores) == 3
    assert (matches.scores > 0).all()


def test_a_cancelled_search_ends(snapshot):
    cancel = threading.Event()
    cancel.set()

    with pytest.raises(Cancelled):
        search(snapshot, parse("turkey"), keys_for=None, cancel=cancel)
    with pytest.raises(Cancelled):
        suggestions(snapshot, parse("turky"), keys_for=None, cancel=cancel)


def test_a_pattern_that_takes_too_long_is_left_out_and_named(snapshot, monkeypatch):
    monkeypatch.setattr("incipit.index.expansion_automaton.MAX_STATES", 3)

    matches = search(snapshot, parse(r"turkey OR /.u[q-s]k.y?/"), keys_for=None)

    assert sorted(matches.keys.tolist()) == [0, 4]
    assert matches.notes == ("The pattern takes too long on this corpus.",)
    assert matches.hits.tolist() == [1, 3]
    assert hits_in_terms(parse("turkey OR ?*????????*?????"), [["turkey", "b"]]).tolist() == [
        [0, 1]
    ]


def test_hits_in_a_text_are_ranges_of_tokens_in_order():
    text = terms("the turkey of the turkeys")

    spans = hits_in_terms(parse('"the turkey" OR turk*'), [text])

    assert spans.tolist() == [[0, 2], [1, 2], [4, 5]]
    assert spans.dtype == np.int64
    for query in ("", "-turkey", "name:x", "never"):
        assert hits_in_terms(parse(query), [text]).shape == (0, 2)
    assert hits_in_terms(parse("turkey"), []).shape == (0, 2)


def test_hits_in_a_text_may_span_its_parts():
    parts = [["the", "old"], ["harbour"], ["of", "the"]]
    assert hits_in_terms(parse('"old harbour of"'), parts).tolist() == [[1, 4]]


def test_with_results_only_the_phrase_is_suggested(snapshot):
    offers = suggestions(snapshot, parse("s 400"), keys_for=None, has_results=True)

    assert [(offer.query, offer.documents) for offer in offers] == [('"s 400"', 2)]
    assert suggestions(snapshot, parse("turky"), keys_for=None, has_results=True) == ()
    assert suggestions(snapshot, parse("turky"), keys_for=None)[0].query == "turkey"


def test_suggestions_heed_filters(snapshot):
    ways = suggestions(snapshot, parse("turky name:x"), keys_for=lambda _: np.array([4]))

    assert [(way.query, way.documents) for way in ways] == [("turkey name:x", 1)]


# The corpora that lie beside the repository ---------------------------------------------------


@pytest.fixture(scope="module")
def windows(tmp_path_factory):
    """An index of the windows, their names by key, and the terms of the one asked about."""
    folder = CORPORA / "news-windows"
    if not folder.is_dir():
        pytest.skip("the corpus of news windows is not beside the repository")
    path = tmp_path_factory.mktemp("windows") / "index"
    index = IndexFolder.create(path, identity="windows")
    builder, pending, names = SegmentBuilder(path), [], []
    for key, file in enumerate(sorted(folder.glob("*.txt"))):
        builder.add(key, file.read_text("utf-8"))
        names.append(file.name)
        if key % 250 == 249:
            pending.append(builder.flush())
    index.write(adds=[*pending, builder.flush()])
    with index.snapshot() as snapshot:
        yield snapshot, names, terms((folder / "000_4db5420f71583dae.txt").read_text("utf-8"))


@pytest.mark.parametrize("text", ["S-400", "s-400", '"s 400"', "S–400"])
def test_one_window_is_about_the_s_400(windows, text):
    snapshot, names, words = windows

    keys = found(snapshot, text)

    assert {names[key]: hits for key, hits in keys.items()} == {"000_4db5420f71583dae.txt": 17}
    assert len(hits_in_terms(parse(text), [words])) == 17
    assert snapshot.doc_count == 615


@pytest.mark.parametrize(
    ("text", "hits"),
    [("F-35", 3), ("U.S.", 13), ("isn't", 2), ('"mr trump s"', 2), ('"Mr. Trump\'s"', 2)],
)
def test_hits_in_that_window(windows, text, hits):
    words = windows[2]

    alone = SnapshotOf([columns_of([words], [1])])

    assert found(alone, text) == {1: hits}
    assert len(hits_in_terms(parse(text), [words])) == hits
    assert len(words) == 1371


@pytest.mark.parametrize(
    "text",
    [
        "S-400",
        "the",
        "turkey -bought",
        "t*",
        'turkey OR "the s 400"',
        '"s 400" is',
        "the NEAR/3 russian",
        "/s|the/ isn't",
        "-turkey",
        "",
        "never",
    ],
)
def test_spans_are_as_many_as_hits_and_stand_where_the_text_has_them(snapshot, text):
    parsed = parse(text)
    by_document = {}
    for columns, found_spans in zip(
        snapshot.segments, spans(snapshot, parsed, keys_for=lambda _: NOTHING), strict=True
    ):
        documents = np.searchsorted(columns.doc_starts, found_spans[:, 0], side="right") - 1
        places = found_spans - columns.doc_starts[documents][:, None]
        for key, place in zip(columns.doc_keys[documents].tolist(), places.tolist(), strict=True):
            by_document.setdefault(key, []).append(place)

    flat = [terms(one) for segment in TEXTS for one in segment]
    expected = {key: hits_in_terms(parsed, [flat[key]]).tolist() for key in found(snapshot, text)}
    assert by_document == {key: places for key, places in expected.items() if places}
    assert {key: len(places) for key, places in expected.items()} == found(snapshot, text)


def test_spans_heed_filters_and_cancelling(snapshot):
    only_first = spans(snapshot, parse("turkey name:x"), keys_for=lambda _: np.array([0]))
    assert [part.tolist() for part in only_first] == [[[0, 1]], []]
    cancelled = threading.Event()
    cancelled.set()
    with pytest.raises(Cancelled):
        spans(snapshot, parse("turkey"), keys_for=lambda _: NOTHING, cancel=cancelled)
