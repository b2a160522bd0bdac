from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from real_corpora import corpus_files, corpus_folder
from text_strategies import texts

from incipit.text.decoding import decode
from incipit.text.titles import MAX_HEADING_CP, heading, incipit, incipit_title
from incipit.text.tokens import terms

_BODY = "It was a long day, and nobody had thought of the bread. " * 4


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ad sales boost profit\n\n" + _BODY, "Ad sales boost profit"),
        ("\n\n  Could rivalry overshadow it?  \n\n" + _BODY, "Could rivalry overshadow it?"),
        ("The Price of Peace\n" + _BODY, "The Price of Peace"),
        ("# A note on bread #\n\n" + _BODY, "A note on bread"),
        ("***\n\n== Chapter I ==\n\n" + _BODY, "Chapter I"),
        ("<!DOCTYPE html>\n<html><head><title>Bread &amp;\n salt</title>", "Bread & salt"),
        ("<html><body><h1>Only <b>here</b></h1>", "Only here"),
        ("<html><body>nothing", None),
        ("From: anna\nSubject: Bread\n  for all\n\n" + _BODY, "Bread for all"),
        ("Date: Mon\nSubject: " + "x" * 200 + "\n\n" + _BODY, "x" * MAX_HEADING_CP),
        (
            "1\n00:00:01,000 --> 00:00:04,000\n<i>Who has\nthe bread?</i>\n\n2\n",
            "Who has the bread?",
        ),
        ("On bread\n========\n\n" + _BODY, "On bread"),
        ("Salt\n----\n" + _BODY, "Salt"),
        ("\n" * 9_000 + "Bread\n\n" + _BODY, "Bread"),
        ("Bread\u00adcrumbs \u202eof\u202c\u2003all", "Breadcrumbs of all"),
        ("می\u200cخواهم 👨\u200d👩\u200d👧", "می\u200cخواهم 👨\u200d👩\u200d👧"),
        ("東京の朝\n\n" + "昨日の朝、駅の前で。" * 20, "東京の朝"),
        ("short", "short"),
        (_BODY, None),
        ("Fellow-Citizens:\n\n" + _BODY, None),
        ("It was late. Nobody came\n\n" + _BODY, None),
        ("a wrapped line of prose that goes\non in the next line of the same length\n", None),
        ("id,name,date\n1,Bread and salt and more of it,2024\n", None),
        ("x" * (MAX_HEADING_CP + 1) + "\n\nbody", None),
        ("", None),
        ("\n***\n", None),
    ],
)
def test_heading_is_a_line_that_stands_apart(text, expected):
    assert heading(text) == expected


def test_incipit_leaves_out_the_torn_word_of_a_slab():
    text = "tration should be indicted " + "for persecution of the rest " * 60

    assert incipit(text, is_slab=True).startswith("should be indicted for persecution of")
    assert incipit(text, is_slab=True).endswith("…")
    assert len(incipit(text, is_slab=True)) <= 73
    assert incipit("Only a few words", is_slab=False) == "Only a few words"
    assert incipit("“Quoted” first", is_slab=False) == "“Quoted” first"
    assert incipit("\n" * 9_000 + "bread", is_slab=False) == "bread"


def test_an_incipit_ends_inside_what_is_longer_than_a_line():
    address = "https://example.org/" + "a/" * 60

    assert incipit(f"See {address}", is_slab=False) == f"See {address[:68]}…"
    assert incipit("ab " * 20 + address, is_slab=False) == ("ab " * 20).rstrip() + "…"


@given(texts)
def test_every_text_with_words_has_an_incipit_in_one_line(text):
    line = incipit(text, is_slab=False)

    assert "\n" not in line
    assert line or not terms(text)


def test_title_joins_words_that_are_glued():
    text = (
        "tration said "
        + ("turkey buys the s 400 from russia and mr erdogan said so to mr trump and to us ") * 20
    )
    common = Counter({"s": 95, "400": 30, "mr": 70, "erdogan": 2, "turkey": 5, "russia": 9})
    title = incipit_title(
        text,
        is_slab=True,
        document_frequency=lambda term: common.get(term, 95),
        document_count=100,
    )

    assert title.startswith("said turkey buys the s 400 from russia")
    assert set(title.split(" · ")[1:]) == {"s 400", "mr erdogan", "turkey"}


def test_title_keeps_the_writing_of_ordinary_text():
    text = "The order came late. " + "Only the S-400 was late, said Mr Erdoğan. " * 5
    title = incipit_title(
        text,
        is_slab=False,
        document_frequency=lambda term: {"erdogan": 1, "mr": 40, "400": 3, "s": 60}.get(term, 99),
        document_count=100,
    )

    assert "S-400" in title
    assert "Mr Erdoğan" in title


def test_possessive_is_not_glued():
    text = "xx " + "ba s profit and klm s loss " * 10
    title = incipit_title(
        text,
        is_slab=True,
        document_frequency=lambda term: {"ba": 2, "klm": 3}.get(term, 99),
        document_count=100,
    )

    assert set(title.split(" · ")[1:]) == {"ba", "klm"}


def test_text_of_common_words_is_named_by_its_opening_alone():
    text = "xx one two three " + "one two three " * 90
    title = incipit_title(text, is_slab=True, document_frequency=lambda _: 100, document_count=100)

    assert title == incipit(text, is_slab=True)


def test_text_as_short_as_a_heading_is_its_own_title():
    short = "Late again! The ferry, the ferry... Who runs the ferry? Nobody at all, says my aunt."
    title = incipit_title(
        f"{short}\n", is_slab=False, document_frequency=lambda _: 1, document_count=100
    )
    longer = incipit_title(
        f"{short} {short}", is_slab=False, document_frequency=lambda _: 1, document_count=100
    )

    assert title == short
    assert longer.startswith("Late again! The ferry, the ferry... Who… · ")


def test_articles_are_named_by_their_headlines():
    for path in corpus_files("bbc")[::20]:
        text = decode(path.read_bytes()).text

        assert heading(text) == text.partition("\n")[0]


def test_window_of_the_news_is_named_by_what_sets_it_apart():
    folder = corpus_folder("news-windows")
    known: Counter[str] = Counter()
    for path in corpus_files("news-windows"):
        known.update(set(terms(path.read_text("utf-8"))))
    title = incipit_title(
        (folder / "000_4db5420f71583dae.txt").read_text("utf-8"),
        is_slab=True,
        document_frequency=known.__getitem__,
        document_count=615,
    )

    assert title == "should be indicted for persecution of… · s 400 · patriot · mr erdogan"
