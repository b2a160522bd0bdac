"""Titles in markup and in fields, as the formats that people collect have them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incipit.text.stated_titles import (
    is_markup,
    title_in_cues,
    title_in_fields,
    title_in_markup,
)


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("From: anna@a.example\nSubject: Bread for all\n\nDear Bob,", "Bread for all"),
        ("Subject: Re: Bread\n  and salt\nFrom: bob\n\nYes.", "Re: Bread and salt"),
        ("From anna Mon Jan  1 2001\nDate: Mon\nSubject: Bread\n\nDear", "Bread"),
        ("Date: Mon\nSubject: =?utf-8?q?Br=C3=B6t=20und?= Salz\n\nDear", "Bröt und Salz"),
        ("Date: Mon\nSubject: =?x-nowhere?q?Bread?=\n\nDear", "=?x-nowhere?q?Bread?="),
        ("Date: Mon\nSubject: =?undefined?q?Bread?=\n\nDear", "=?undefined?q?Bread?="),
        ("Date: Mon\nSubject: =?punycode?q?8EbML8sX/?=\n\nDear", "=?punycode?q?8EbML8sX/?="),
        ("Date: Mon\nSubject:\nTo: bob\n\nDear", None),
        ("---\ntitle: 'On bread'\ndate: 2020-01-01\n---\n\nText", "On bread"),
        ('---\nlayout: post\ntags:\n  - a\n  - b\ntitle: "Salt"\n---\nText', "Salt"),
        ("Title: Bread\nAuthor: Anna\n\nText", "Bread"),
        ("Title: Bread\n\nText", None),
        ("ANNA: Who is there?\nBOB: Nobody.\n\nTitle: none", None),
        ("Bread\n\nSubject: x\nFrom: y\n", None),
        ("https://example.org/b\nTitle: x\nDate: y", None),
        ("", None),
    ],
)
def test_fields_at_the_top_name_the_text(head, expected):
    assert title_in_fields(head) == expected


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("<!DOCTYPE html>\n<html><head><title>Bread &amp;\n salt</title>", "Bread &\n salt"),
        ('<?xml version="1.0"?>\n<TEI><teiHeader><title>Letters</title>', "Letters"),
        ('<doc id="12" url="u" title="Bread &amp; salt">\nBread\n\nis', "Bread & salt"),
        ("<article><headline>Oil <b>rises</b></headline>", "Oil  rises "),
        ("<html><body>nothing", None),
    ],
)
def test_markup_names_the_text(head, expected):
    assert is_markup(head)
    assert title_in_markup(head) == expected


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("1\n00:00:01,000 --> 00:00:04,000\n<i>Who &amp; why?</i>\n\n2\n", "Who & why?"),
        ("1\n00:00:01,000 --> 00:00:04,000\n- Who?\n- Me.\n\n2", "- Who? - Me."),
        ("WEBVTT\n\n00:01.000 --> 00:04.000 line:0\n<v Anna>Who?", "Who?"),
        ("WEBVTT - x\nKind: y\n\nNOTE a\nb\n\nfirst\n00:01.000 --> 00:04.000\nWho?\n", "Who?"),
        ("1\n00:00:01,000 --> 00:00:04,000\n\n2\n", None),
        ("1\n\nWho --> why?", None),
        ("", None),
    ],
)
def test_subtitles_are_named_by_what_is_said_first(head, expected):
    assert title_in_cues(head) == expected


@pytest.mark.parametrize("head", ["", "a < b", "<3 bread", "Bread <title>x</title>", "<docks>"])
def test_what_only_has_a_bracket_is_no_markup(head):
    assert not is_markup(head)


@given(st.text("ab:\n -\t\"'=?<>", max_size=80))
def test_whatever_stands_at_the_top_is_read(head):
    title_in_markup(head)
    title_in_cues(head)
    named = title_in_fields(head)
    assert named is None or named
