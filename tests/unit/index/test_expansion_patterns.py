"""Patterns: what is understood, what is refused, and the way back to Python's syntax."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incipit.index.expansion_patterns import (
    ANY,
    ANYTHING,
    CharSet,
    Choice,
    PatternError,
    Repeat,
    Sequence,
    literal,
    literal_prefix,
    parse_regex,
    parse_wildcard,
    to_regex,
)
from incipit.text.tokens import fold


def char(text):
    return literal(text).parts[0]


@pytest.mark.parametrize(
    ("text", "node"),
    [
        ("", Sequence(())),
        ("ab", literal("ab")),
        ("a|b", Choice((char("a"), char("b")))),
        ("a*", Repeat(char("a"), 0, None)),
        ("a+?", Repeat(char("a"), 1, None)),
        ("a{2,}", Repeat(char("a"), 2, None)),
        ("a{,3}", Repeat(char("a"), 0, 3)),
        ("a{2}", Repeat(char("a"), 2, 2)),
        ("a{x}", literal("a{x}")),
        ("(?:ab)?", Repeat(literal("ab"), 0, 1)),
        ("(a)", char("a")),
        (".", ANY),
        (r"\d", CharSet(kinds="d")),
        (r"[^a-c\d]", CharSet(((97, 99),), "d", negated=True)),
        ("[]a-]", CharSet(((93, 93), (97, 97), (45, 45)))),
        (r"\.", char(".")),
        (r"[\]]", char("]")),
        (r"\t", char("\t")),
    ],
)
def test_what_a_regular_expression_means(text, node):
    assert parse_regex(text) == (node, False)


@pytest.mark.parametrize("text", ["^ab$", r"\Aab\Z", r"(?:ab)$"])
def test_anchors_stand_at_the_edges(text):
    node, whole = parse_regex(text)

    assert node == literal("ab")
    assert whole


def test_an_escaped_dollar_is_no_anchor():
    assert parse_regex(r"a\$") == (literal("a$"), False)


@pytest.mark.parametrize(
    "text",
    [
        "(a",
        "a)",
        "[a",
        "[",
        "[b-a]",
        "*a",
        "a**",
        "a++",
        "a{3,2}",
        "a{1000}",
        "(?=a)",
        "(?P<x>a)",
        r"(a)\1",
        r"\bword",
        "a^b",
        "a|b$",
        "\\",
        "(" * 60 + ")" * 60,
    ],
)
def test_what_is_not_understood_is_said_in_one_sentence(text):
    with pytest.raises(PatternError) as problem:
        parse_regex(text)

    sentence = str(problem.value)
    assert re.fullmatch(r"\S.*[.]", sentence)
    assert sentence.count(". ") == 0


def test_literals_are_folded_as_words_are():
    node, _ = parse_regex("É[A-C]Straße", fold=fold)

    assert node == Sequence(
        (char("e"), CharSet(((97, 99),)), *literal("stra").parts, literal("ss"), char("e"))
    )


@pytest.mark.parametrize(
    ("text", "prefix"),
    [
        ("abc", "abc"),
        ("ab*", "a"),
        ("a[b]c", "abc"),
        ("a|b", ""),
        ("a.c", "a"),
        ("(?:ab)c", "ab"),
        ("", ""),
        ("a?", ""),
    ],
)
def test_the_beginning_that_is_sure(text, prefix):
    assert literal_prefix(parse_regex(text)[0]) == prefix


@pytest.mark.parametrize(
    ("text", "node"),
    [
        ("a*?", Sequence((char("a"), ANYTHING, ANY))),
        ("[ab]", Sequence((CharSet(((97, 97), (98, 98))),))),
        ("[!a-c]", Sequence((CharSet(((97, 99),), negated=True),))),
        ("a[", literal("a[")),
        ("[]]", Sequence((char("]"),))),
    ],
)
def test_what_a_wildcard_means(text, node):
    assert parse_wildcard(text) == node


patterns = st.recursive(
    st.sampled_from(["a", "b", ".", "[ab]", "[^a]", r"\d", r"\w", "1", r"\."]),
    lambda part: (
        st.builds("({})".format, part)
        | st.builds("{}{}".format, part, part)
        | st.builds("(?:{}|{})".format, part, part)
        | st.builds("(?:{}){}".format, part, st.sampled_from(["*", "+", "?", "{2}", "{1,3}"]))
    ),
    max_leaves=8,
)


@given(patterns, st.text("ab1.é", max_size=8))
def test_the_way_back_to_pythons_syntax_means_the_same(pattern, word):
    node, _ = parse_regex(pattern)

    again = to_regex(node)

    assert bool(re.fullmatch(again, word)) == bool(re.fullmatch(pattern, word))
    assert parse_regex(again)[0] == node or re.compile(again)


def understood(text):
    try:
        return parse_regex(text, fold=fold)[0]
    except PatternError:
        return None


@given(st.text(max_size=30) | st.text(r"ab\[](){}|*+?.^$-,1", max_size=20))
def test_whatever_is_understood_is_python_too(text):
    node = understood(text)

    if node is not None:
        re.compile(to_regex(node))


def test_numbers_of_any_length_are_no_error():
    assert parse_regex("a{" + "9" * 5000 + "}") == (literal("a{" + "9" * 5000 + "}"), False)
