"""The query language as a whole: every row of its table, and whatever may be typed."""

from __future__ import annotations

import re
import time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from index_made import SnapshotOf
from naive_search import hits, matches
from typed_queries import typed
from whoosh import query as wq

from incipit.index.inversion import CONTENT, columns_of
from incipit.index.language import MAX_QUERY_CP, ParsedQuery, literally, parse
from incipit.index.query_nodes import DocumentFilter, Near
from incipit.index.search import hits_in_terms, search
from incipit.models import Filter
from incipit.text.tokens import terms


def word(text):
    return wq.Term(CONTENT, text)


def phrase(text, slop=1):
    return wq.Phrase(CONTENT, text.split(), slop=slop)


def prefix(text):
    return wq.Prefix(CONTENT, text, constantscore=False)


def fuzzy(text, edits):
    return wq.FuzzyTerm(CONTENT, text, maxdist=edits, prefixlength=0, constantscore=False)


def near(a, b, between):
    return Near(a, b, slop=between + 1, ordered=False)


A, B, C, D = map(word, "abcd")


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("turkey erdogan", wq.And([word("turkey"), word("erdogan")])),
        ("S-400", phrase("s 400")),
        ('"s 400"', phrase("s 400")),
        ("isn't", phrase("isn t")),
        ("isn’t", phrase("isn t")),
        ("U.S.", phrase("u s")),
        ("24/7", phrase("24 7")),
        ('"Mr. Trump\'s"', phrase("mr trump s")),
        ('"the S-400 deal"', phrase("the s 400 deal")),
        ("“senior official”", phrase("senior official")),
        ('"senior"', word("senior")),
        ('"a * b"', Near(A, B, slop=2, mindist=2)),
        ('"a * * b"', Near(A, B, slop=3, mindist=3)),
        ('"purchas* of"', Near(prefix("purchas"), word("of"))),
        ('"turkey sanctions"~5', phrase("turkey sanctions", 6)),
        ('"a * b"~3', Near(A, B, slop=5, mindist=2)),
        ('"a b"~0', phrase("a b")),
        ('"deal S-400"~3', Near(word("deal"), phrase("s 400"), slop=4)),
        ("turkey NEAR/5 sanctions", near(word("turkey"), word("sanctions"), 5)),
        ("a NEAR/5 b NEAR/2 c", near(near(A, B, 5), C, 2)),
        ('"a b" NEAR/0 c', near(phrase("a b"), C, 0)),
        ("(a OR b) NEAR/5 c", near(wq.Or([A, B]), C, 5)),
        ("(a b) NEAR/5 c", wq.And([near(A, C, 5), near(B, C, 5)])),
        ("a OR b", wq.Or([A, B])),
        ("a OR b OR c", wq.Or([A, B, C])),
        ("a AND b", wq.And([A, B])),
        ("a b OR c d", wq.And([A, wq.Or([B, C]), D])),
        ("a AND b OR c", wq.Or([wq.And([A, B]), C])),
        ("a NOT b", wq.AndNot(A, B)),
        ("a -b", wq.AndNot(A, B)),
        ("a -b NOT c", wq.AndNot(A, wq.Or([B, C]))),
        ("-b", wq.Not(B)),
        ("-b -c", wq.Not(wq.Or([B, C]))),
        ("a -(b c)", wq.AndNot(A, wq.And([B, C]))),
        ("a OR -b", wq.Or([A, wq.Not(B)])),
        ("NOT a NEAR/5 b", wq.Not(near(A, B, 5))),
        ("a (b OR (c d))", wq.And([A, wq.Or([B, wq.And([C, D])])])),
        ("a a", A),
        ("and or not", wq.And([word("and"), word("or"), word("not")])),
        ("purchas*", prefix("purchas")),
        ("Purchás*", prefix("purchas")),
        ("colo?r", wq.Wildcard(CONTENT, "colo?r", constantscore=False)),
        ("*tion", wq.Wildcard(CONTENT, "*tion", constantscore=False)),
        ("S-4*", Near(word("s"), prefix("4"))),
        ("erdogn~", fuzzy("erdogn", 1)),
        ("Erdoğn~2", fuzzy("erdogn", 2)),
        ('"mr erdogn~ said"', Near(Near(word("mr"), fuzzy("erdogn", 1)), word("said"))),
        (r"/s\d+/", wq.Regex(CONTENT, r"(?:s[\d]{1,})\Z", constantscore=False)),
        (r"/S|É/", wq.Regex(CONTENT, r"(?:(?:s|e))\Z", constantscore=False)),
        ("中文", phrase("中 文")),
        ("foo:bar", phrase("foo bar")),
        ("", None),
        ("   ", None),
    ],
)
def test_what_is_typed_means(text, query):
    parsed = parse(text)

    assert parsed.query == query
    assert parsed.notes == ()


@pytest.mark.parametrize(
    ("text", "condition"),
    [
        ("name:report", Filter("name", ":", "report")),
        ('name:"annual report"', Filter("name", ":", "annual report")),
        ("name:“annual report”", Filter("name", ":", "annual report")),
        ("folder:2019/bbc", Filter("folder", ":", "2019/bbc")),
        ("tag:=important", Filter("tag", "=", "important")),
        ("words:>500", Filter("words", ">", "500")),
        ("words:500..1,000", Filter("words", "..", "500", "1000")),
        ("added:2026-11", Filter("added", ":", "2026-11")),
        ('added:>="2026-11-03"', Filter("added", ">=", "2026-11-03")),
    ],
)
def test_filters_hold_a_condition_on_documents(text, condition):
    parsed = parse(text)

    assert parsed.query == DocumentFilter(condition)
    assert parse(f"a {text} -{text}").query == wq.AndNot(
        wq.And([A, DocumentFilter(condition)]), DocumentFilter(condition)
    )
    assert parsed.notes == ()
    assert not parsed.has_hits


@pytest.mark.parametrize(
    ("text", "understood", "about"),
    [
        ("turkey OR", "turkey", "OR"),
        ("turkey AND", "turkey", "AND"),
        ("OR turkey", "turkey", "OR"),
        ("turkey NOT", "turkey", "NOT"),
        ("turkey NEAR", "turkey", "NEAR"),
        ("turkey NEAR/", "turkey", "NEAR"),
        ("turkey NEAR/5", "turkey", "NEAR"),
        ("turkey OR OR ankara", "turkey OR ankara", "OR"),
        ("NOT NOT turkey", "turkey", "NOT"),
        ("turkey NEAR/5 -ankara", "turkey NEAR/5 ankara", "NEAR"),
        ("turkey NEAR ankara", "turkey NEAR/5 ankara", "NEAR"),
        ("turkey NEAR/5 name:x", "turkey name:x", "NEAR"),
        ("(turkey", "turkey", "("),
        ("turkey)", "turkey", ")"),
        ("turkey ()", "turkey", None),
        ("turkey …", "turkey", None),
        ("-", "", "no word"),
        ("…", "", "no word"),
        ('"❤"', "", "no word"),
        ('"senior off', '"senior off"', "quotation"),
        ('"a b"~', '"a b"', "~"),
        ('"a b"~5000', '"a b"~1000', "1,000"),
        ('"* a"', "a", "*"),
        ("turkey *", "turkey", "*"),
        ("erdogn~7", "erdogn~2", "2 edits"),
        ("purchas*~", "purchas*", "~"),
        ("turkey /(a/", "turkey", "regular expression"),
        ("turkey /(?=a)b/", "turkey", "regular expression"),
        ("turkey /(?:a{200}){200}/", "turkey", "too long"),
        ("turkey name:", "turkey", "name:"),
        ("turkey words:many", "turkey", "words:"),
        ("turkey words:5..x", "turkey", "words:"),
        ("turkey added:2026-13", "turkey", "added:"),
        ("turkey added:yesterday", "turkey", "added:"),
        ("name:>x", "name:x", "name:"),
    ],
)
def test_mistakes_are_named_and_the_rest_is_understood(text, understood, about):
    parsed = parse(text)

    assert parsed.query == parse(understood).query
    assert len(parsed.notes) == (about is not None) or about == "NEAR"
    assert about is None or any(about in note for note in parsed.notes)


@settings(max_examples=400, deadline=2000)
@given(typed)
def test_whatever_is_typed_is_understood_or_named(text):
    parsed = parse(text)

    assert isinstance(parsed, ParsedQuery)
    assert parsed.text == text
    for note in parsed.notes:
        assert re.fullmatch(r"\S[^\n]*[.]", note.replace("\x00", ""), re.DOTALL)
    assert len(set(parsed.notes)) == len(parsed.notes)
    if parsed.query is None:
        assert parsed.parts == ()
        assert not parsed.has_hits


TEXTS = [
    "The S-400 deal isn't a purchase of the U.S., a senior official said.",
    "turkey purchased s 400 and turkey erdogan said sanctions",
    "24/7 colour color 中文 erdogan's notation",
    "",
]


@settings(max_examples=250, deadline=None)
@given(typed)
def test_whatever_is_typed_finds_what_its_tree_means(text):
    words = [terms(text) for text in TEXTS]
    segments = columns_of(words[:2], [0, 1]), columns_of(words[2:], [2, 3])
    parsed = parse(text)

    found = search(SnapshotOf(segments), parsed, keys_for=lambda _: np.array([0, 2]))

    assert found.notes == ()
    if parsed.query is None:
        assert found.keys.tolist() == [0, 1, 2, 3]
    elif not any(type(leaf) is DocumentFilter for leaf in parsed.query.leaves()):
        wanted = [key for key, some in enumerate(words) if matches(parsed.query, some)]
        assert found.keys.tolist() == wanted
        counts = [len(hits(parsed.query, words[key])) for key in wanted]
        assert found.hits.tolist() == counts
    for key, count in zip(found.keys.tolist(), found.hits.tolist(), strict=True):
        assert len(hits_in_terms(parsed, [words[key]])) == count


@pytest.mark.parametrize(
    "text",
    [
        "(" * 5000,
        ")" * 5000,
        "(a " * 3000,
        "NOT " * 2500,
        "-" * 9000,
        '"' * 9000,
        "a* " * 3000,
        '"' + "a* " * 3000 + '"',
        "a OR " * 2000,
        "a NEAR/5 " * 1000,
        "a AND b OR " * 800,
        "*" * 9000,
        "?*" * 4000,
        "~" * 9000,
        "/" + "(a|" * 3000,
        "/" + "a?" * 3000 + "/",
        "name:" * 2000,
        "9" * 9000 + "~" + "9" * 900,
        "words:" + "9" * 9000,
        "NEAR/" + "9" * 9000,
        "x" * 1_000_000,
    ],
    ids=lambda text: text[:8],
)
def test_very_long_input_is_no_freeze(text):
    started = time.monotonic()

    parsed = parse(text)

    assert time.monotonic() - started < 5
    if len(text) > MAX_QUERY_CP:
        assert any("characters" in note for note in parsed.notes)
    hits_in_terms(parsed, [["a", "b"]])


@given(st.sampled_from(["a OR b", "a NEAR/5 b", '"a b"~3', "a b", "(a) (b)"]))
def test_what_has_hits(text):
    assert parse(text).has_hits
    assert parse(f"{text} -c").has_hits
    assert not parse(f"-({text})").has_hits


@pytest.mark.parametrize("text", ["turkey", "S-400", "isn’t", "U.S.", "24/7", "北京", "and"])
def test_a_word_that_means_itself_is_its_own_query(text):
    assert literally(text) == text


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("senior official", '"senior official"'),
        ("OR", '"OR"'),
        ("NOT NEAR", '"NOT NEAR"'),
        ("name:x", '"name:x"'),
        ("/a.b/", '"/a.b/"'),
        ("who “said” it", '"who said it"'),
        ("a* b? ~2", '"a b 2"'),
    ],
)
def test_what_would_mean_something_is_a_phrase(text, query):
    assert literally(text) == query


@given(typed)
def test_words_taken_literally_are_found_as_they_stand(text):
    words = terms(text.translate(dict.fromkeys(map(ord, '*?~"“”„‟＂'), " ")))

    query = parse(literally(text)).query

    assert query == (
        phrase(" ".join(words)) if len(words) > 1 else word(words[0]) if words else None
    )
