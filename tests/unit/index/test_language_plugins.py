"""What typed characters are; what they mean stands in `test_language`."""

from __future__ import annotations

import inspect

import pytest
from whoosh.qparser import QueryParser, plugins, syntax, taggers

from incipit.index.language import parse


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("a OR(b)", "a OR b"),
        ("(a)OR(b)", "a OR b"),
        ("(a)(b)", "a b"),
        ('a"b c"d', 'a "b c" d'),
        ("a\tOR\nb", "a OR b"),
        ("-(a)", "NOT a"),
        ('-"a b"', 'NOT "a b"'),
        ("-/a.b/", "NOT /a.b/"),
        ("(-a)", "-a"),
        ("„a b”", '"a b"'),
        ("NEAR", ""),
        ("((a))", "a"),
        ("() a ( ( ) )", "a"),
    ],
)
def test_these_are_the_same(text, same):
    assert parse(text).query == parse(same).query


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("24/7", "24 7"),
        ("/etc/hosts/x", "etc hosts x"),
        ("a/b/c", "a b c"),
        ("foo-bar", "foo bar"),
        ("--a", "a"),
        ("a-", "a"),
        ("ORB", "orb"),
        ("xOR", "xor"),
        ("NOTa", "nota"),
        ("NEAR5", "near5"),
        ("rename:x", "rename x"),
        ("a:b", "a b"),
        ("Or", "or"),
    ],
)
def test_these_are_only_words(text, words):
    assert parse(text).query == parse(f'"{words}"').query
    assert parse(text).notes == ()


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("a (b c) d", ["(b c) d", "a d", "a (b c)"]),
        ("(a OR b)  c", ["b c", "a c", "a OR b"]),
        ("NOT  a b", ["b", "NOT  a"]),
        ('a "b c"~3 d', ['"b c"~3 d', "a d", 'a "b c"~3']),
        ("a NEAR/3 b c", ["c", "a NEAR/3 b"]),
    ],
)
def test_ranges_of_characters_survive_the_filters(text, parts):
    assert [part.without for part in parse(text).parts] == parts


def test_whooshs_parser_is_as_it_was():
    signatures = {
        QueryParser.process: ["self", "text", "pos", "debug"],
        QueryParser.__init__: [
            "self",
            "fieldname",
            "schema",
            "plugins",
            "termclass",
            "phraseclass",
            "group",
        ],
        taggers.RegexTagger.create: ["self", "parser", "match"],
        plugins.GroupPlugin.do_groups: ["self", "parser", "group"],
        plugins.OperatorsPlugin.filters: ["self", "parser"],
        plugins.OperatorsPlugin.OpTagger.__init__: [
            "self",
            "expr",
            "grouptype",
            "optype",
            "leftassoc",
            "memo",
        ],
        plugins.OperatorsPlugin.OpTagger.create: ["self", "parser", "match"],
        syntax.GroupNode.__init__: ["self", "nodes", "boost", "kwargs"],
        syntax.InfixOperator.replace_self: ["self", "parser", "group", "position"],
        syntax.PrefixOperator.replace_self: ["self", "parser", "group", "position"],
    }

    for method, parameters in signatures.items():
        assert list(inspect.signature(method).parameters) == parameters, method.__qualname__
