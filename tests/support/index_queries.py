"""Random texts and random Whoosh queries over a small vocabulary, for hypothesis."""

from __future__ import annotations

from hypothesis import strategies as st
from whoosh import query as wq
from whoosh.query import spans as ws

from incipit.index.query_nodes import Near

FIELD = "content"

#: Words that share beginnings, ends and edits, so that patterns find some and miss some.
WORDS = ("a", "ab", "abc", "b", "ba", "bac", "c", "cab", "abcd", "ed", "é", "日")

words = st.sampled_from(WORDS)
documents = st.lists(st.lists(words, max_size=12), max_size=8)
#: Several segments, each of several documents.
corpora = st.lists(documents, max_size=3)
boosts = st.sampled_from([1.0, 1.0, 1.0, 2.5])
searched = st.sampled_from((*WORDS, "never"))

terms = st.builds(lambda word, boost: wq.Term(FIELD, word, boost), searched, boosts)
prefixes = st.builds(
    lambda text, boost, constant: wq.Prefix(FIELD, text, boost, constant),
    st.sampled_from(["", "a", "ab", "c", "x"]),
    boosts,
    st.booleans(),
)
wildcards = st.builds(
    lambda text, boost, constant: wq.Wildcard(FIELD, text, boost, constant),
    st.sampled_from(["*", "?", "a?", "*c", "?b*", "[ab]*", "[!a]?", "a*d"]),
    boosts,
    st.booleans(),
)
regexes = st.builds(
    lambda text, boost, constant: wq.Regex(FIELD, text, boost, constant),
    st.sampled_from([r"a|b", r"[a-c]{2}\Z", "ab?c*$", r"^.b", ".*", r"\w+b", r"(?:ab)+\Z"]),
    boosts,
    st.booleans(),
)
fuzzies = st.builds(
    lambda text, edits, prefix, constant: wq.FuzzyTerm(
        FIELD, text, maxdist=edits, prefixlength=prefix, constantscore=constant
    ),
    st.sampled_from(["ab", "abc", "cab", "e"]),
    st.integers(1, 2),
    st.integers(0, 1),
    st.booleans(),
)
patterns = prefixes | wildcards | regexes | fuzzies

phrases = st.builds(
    lambda some, slop, boost: wq.Phrase(FIELD, some, slop=slop, boost=boost),
    st.lists(searched, min_size=2, max_size=4),
    st.integers(1, 4),
    boosts,
)


#: Patterns that Whoosh's matchers give spans for: those for everything have none.
spanned_patterns = patterns.filter(lambda query: query.text not in ("", "*", ".*"))


def _nears(operands: st.SearchStrategy[wq.Query]) -> st.SearchStrategy[wq.Query]:
    return st.builds(
        lambda a, b, slop, ordered, least: Near(
            a, b, slop=max(slop, least), ordered=ordered, mindist=least
        ),
        operands,
        operands,
        st.integers(1, 4),
        st.booleans(),
        st.integers(1, 2),
    )


_choices = st.builds(wq.Or, st.lists(terms | phrases, min_size=2, max_size=3))
near_operands = terms | spanned_patterns | phrases | _choices
nears = _nears(near_operands) | _nears(near_operands | _nears(near_operands))
near_lists = st.builds(
    lambda some, slop, ordered: ws.SpanNear2(some, slop=slop, ordered=ordered),
    st.lists(terms, min_size=2, max_size=3),
    st.integers(1, 3),
    st.booleans(),
)

leaves = terms | patterns | phrases | nears | near_lists | st.builds(wq.Every)


def _combinations(parts: st.SearchStrategy[wq.Query]) -> st.SearchStrategy[wq.Query]:
    several = st.lists(parts, min_size=1, max_size=4)
    return (
        st.builds(wq.And, several, boosts)
        | st.builds(wq.Or, several, boosts)
        | st.builds(wq.Not, parts)
        | st.builds(wq.AndNot, parts, parts)
        | st.builds(wq.AndMaybe, parts, parts)
        | st.builds(wq.Require, parts, parts)
        | st.builds(wq.ConstantScoreQuery, parts, st.sampled_from([0.5, 1.0, 3.0]))
    )


trees = st.recursive(leaves, _combinations, max_leaves=6)
