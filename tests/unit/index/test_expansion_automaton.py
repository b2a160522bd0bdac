"""The automaton against Python's regular expressions, and its bound in time."""

from __future__ import annotations

import contextlib
import re
import threading
import time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from incipit.index import expansion_automaton
from incipit.index.expansion_automaton import Automaton, Budget, PatternTooBroad
from incipit.index.expansion_lexicon import Lexicon
from incipit.index.expansion_patterns import parse_regex, parse_wildcard

lexicons = st.lists(st.text("ab1_é日", max_size=7), unique=True, max_size=25).map(sorted)
patterns = st.recursive(
    st.sampled_from(["a", "b", "", ".", "[ab1]", "[^a]", r"\d", r"\W", r"\s", "é", "[a-é]"]),
    lambda part: (
        st.builds("{}{}".format, part, part)
        | st.builds("(?:{}|{})".format, part, part)
        | st.builds(
            "(?:{}){}".format,
            part,
            st.sampled_from(["*", "+", "?", "{2}", "{1,3}", "{2,}", "{,2}"]),
        )
    ),
    max_leaves=8,
)


def accepted(pattern, words, *, whole=True, first=0, end=None):
    node, _ = parse_regex(pattern)
    end = len(words) if end is None else end
    return Automaton(node, whole=whole).accepted(Lexicon(words), first, end).tolist()


@settings(max_examples=400)
@given(patterns, lexicons, st.booleans())
def test_words_are_accepted_as_python_would(pattern, words, whole):
    match = re.compile(pattern).fullmatch if whole else re.compile(pattern).match

    assert accepted(pattern, words, whole=whole) == [
        number for number, word in enumerate(words) if match(word)
    ]


@given(lexicons, st.data())
def test_only_the_range_is_looked_at(words, data):
    first = data.draw(st.integers(0, len(words)))
    end = data.draw(st.integers(first, len(words)))

    assert accepted(".*", words, first=first, end=end) == list(range(first, end))


CATASTROPHES = [
    "(a+)+b",
    "(a|a)*b",
    "(a|aa)+b",
    "(.*)*b",
    "(?:a?){100}a{100}",
    "([ab]*)*[ab]*([ab]*)*1",
    "(.|.)*(.|.)*(.|.)*b",
]


@pytest.mark.parametrize("pattern", CATASTROPHES)
def test_catastrophes_of_backtracking_are_none(pattern):
    words = sorted({"a" * length for length in range(1, 80)} | {"ab" * 30, "a" * 79 + "c"})
    started = time.monotonic()

    found = accepted(pattern, words)

    assert time.monotonic() - started < 2
    assert all(re.fullmatch("a*|(?:ab)*1?", words[number]) for number in found)


def test_another_thread_runs_on_while_a_hard_pattern_is_matched():
    random = np.random.default_rng(5)
    words = sorted({"".join(random.choice(list("ab"), 60)) for _ in range(3000)})
    done = threading.Event()

    def hard():
        with contextlib.suppress(PatternTooBroad):
            accepted("[ab]*a[ab]{20}", words)
        done.set()

    thread = threading.Thread(target=hard)
    longest = 0.0
    started = last = time.monotonic()
    thread.start()
    try:
        while not done.is_set():
            time.sleep(0.001)
            now = time.monotonic()
            longest, last = max(longest, now - last), now
    finally:
        thread.join()

    assert last - started < 4 * expansion_automaton.TIME_LIMIT_S
    assert longest < 0.5


def test_too_many_states_end_in_a_sentence(monkeypatch):
    monkeypatch.setattr(expansion_automaton, "MAX_STATES", 50)
    random = np.random.default_rng(5)
    words = sorted({"".join(random.choice(list("ab"), 40)) for _ in range(500)})

    with pytest.raises(PatternTooBroad, match=r"takes too long on this corpus\.$"):
        accepted("[ab]*a[ab]{20}", words)


def test_too_much_time_ends_in_a_sentence():
    node, _ = parse_regex("a.")

    with pytest.raises(PatternTooBroad):
        Automaton(node).accepted(Lexicon(["ab"]), 0, 1, budget=Budget(-1))


def test_several_runs_draw_on_one_budget():
    node, _ = parse_regex("[ab]*a[ab]{9}")
    random = np.random.default_rng(5)
    lexicon = Lexicon(sorted({"".join(random.choice(list("ab"), 30)) for _ in range(200)}))
    budget = Budget(1.0)

    Automaton(node).accepted(lexicon, 0, len(lexicon.lengths), budget=budget)

    assert 0 < budget.left_s < 1


@pytest.mark.parametrize("pattern", ["(?:a{200}){200}", "(?:(?:(?:){200}){200}){200}"])
def test_patterns_without_measure_are_refused_at_once(pattern):
    started = time.monotonic()

    with pytest.raises(PatternTooBroad):
        Automaton(parse_regex(pattern)[0])
    assert time.monotonic() - started < 2


def test_checking_may_end_the_run():
    class Stopped(Exception):
        pass

    def stop():
        raise Stopped

    with pytest.raises(Stopped):
        Automaton(parse_wildcard("a*")).accepted(Lexicon(["a"]), 0, 1, check=stop)
