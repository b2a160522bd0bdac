"""What was searched, in words, and what is left when a part is turned off."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from typed_queries import typed

from incipit.index.describe import MAX_PARTS, describe
from incipit.index.language import parse


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("turkey", "turkey"),
        ("S-400", "the phrase “s 400”"),
        ('"a * b"', "the phrase “a * b”"),
        ('"purchas* of"', "the phrase “purchas* of”"),
        ('"mr erdogn~ said"', "the phrase “mr erdogn~1 said”"),
        ('"turkey sanctions"~5', "“turkey sanctions” in this order, at most 5 words between"),
        ('"a * b"~1', "“a * b” in this order, at most 1 word between"),
        ('"S-400 deal"~2', "“s 400 deal” in this order, at most 2 words between"),
        ("a NEAR/5 b", "a within 5 words of b"),
        ("a NEAR/1 b", "a within 1 word of b"),
        ("a NEAR/0 b", "a next to b"),
        ('(a OR b) NEAR/3 "c d"', "(a or b) within 3 words of the phrase “c d”"),
        ("a NEAR/3 b NEAR/2 c", "(a within 3 words of b) within 2 words of c"),
        ("a OR b", "a or b"),
        ("a OR (b c)", "a or (b and c)"),
        ("a NOT b", "a without b"),
        ("a -(b OR c)", "a without b without c"),
        ("a -(b c)", "a without (b and c)"),
        ("-b", "without b"),
        ("a OR (b -c)", "a or (b without c)"),
        ("purchas*", "words beginning with purchas"),
        ("*tion", "words like *tion"),
        ("erdogn~", "words within 1 edit of erdogn"),
        ("erdogn~2", "words within 2 edits of erdogn"),
        (r"/S\d+/", r"words matching /S\d+/"),
        ("name:report", "name has “report”"),
        ("name:=report", "name is “report”"),
        ("folder:2019", "folder has “2019”"),
        ("tag:x", "tagged “x”"),
        ("words:>1500", "more than 1,500 words"),
        ("words:>=5", "at least 5 words"),
        ("words:<5", "fewer than 5 words"),
        ("words:<=5", "at most 5 words"),
        ("words:5", "5 words"),
        ("words:5..1000", "5 to 1,000 words"),
        ("added:2026-11", "added in 2026-11"),
        ("added:=2026", "added in 2026"),
        ("added:<2026", "added before 2026"),
        ("added:<=2026", "added until 2026"),
        ("added:>2026", "added after 2026"),
        ("added:>=2026", "added since 2026"),
        ("added:2025..2026", "added from 2025 to 2026"),
        ("a name:x", "a and name has “x”"),
    ],
)
def test_what_is_searched_in_words(text, words):
    assert describe(parse(text).query) == words


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("", []),
        ("a", [("a", "")]),
        ("a -b", [("a", "-b"), ("without b", "a")]),
        ("a b OR c d", [("a", "b OR c d"), ("b", "a c d"), ("or c", "a b d"), ("d", "a b OR c")]),
        ("(a b) OR c", [("a and b", "c"), ("or c", "(a b)")]),
        ("(a OR b) c", [("a", "b c"), ("or b", "a c"), ("c", "a OR b")]),
        ("a * b", [("a", "* b"), ("b", "a *")]),
        ("* OR b OR c", [("b", "* OR c"), ("or c", "* OR b")]),
        ("S-400 name:x", [("the phrase “s 400”", "name:x"), ("name has “x”", "S-400")]),
    ],
)
def test_parts_can_be_turned_off(text, parts):
    assert [(part.text, part.without) for part in parse(text).parts] == parts


@settings(deadline=None)
@given(typed)
def test_without_a_part_the_others_are_left(text):
    parts = [part.text.removeprefix("or ") for part in parse(text).parts]

    for number, part in enumerate(parse(text).parts):
        left = [other.text.removeprefix("or ") for other in parse(part.without).parts]
        wanted = parts[:number] + parts[number + 1 :]
        # What was joined by AND inside an OR comes apart once it stands by itself.
        assert set(" and ".join(left).split(" and ")) == set(" and ".join(wanted).split(" and "))


def test_very_many_parts_are_counted():
    parts = parse(" ".join(f"w{number}" for number in range(200))).parts

    assert len(parts) == MAX_PARTS + 1
    assert parts[-1].text == "and 150 more"
    assert len(parse(parts[-1].without).parts) == MAX_PARTS


@pytest.mark.parametrize(
    ("text", "offer"),
    [
        ("s 400", '"s 400"'),
        ("turkey s 400 deal", 'turkey "s 400" deal'),
        ("s 400 f 35", '"s 400" "f 35"'),
        ("u s", '"u s"'),
        ("mr trump s", 'mr "trump s"'),
        ("400 missiles", '"400 missiles"'),
        ("s 400 -russia", '"s 400" -russia'),
        ("s 400 name:x", '"s 400" name:x'),
        ("s 400 OR f 35", '"s 400" OR "f 35"'),
        ("turkey OR mr trump s", 'turkey OR mr "trump s"'),
        ("turkey AND s AND 400", 'turkey "s 400"'),
        ("alpha AND trump AND s OR beta", None),
        ("s (400 OR 300)", None),
        ("turkey erdogan", None),
        ('"s 400"', None),
        ("S-400", None),
        ("s", None),
        ("s OR 400", None),
        ("s -400", None),
        ("s* 400", None),
    ],
)
def test_single_letters_and_numbers_are_offered_as_a_phrase(text, offer):
    assert parse(text).offer == offer


@settings(deadline=None)
@given(typed)
def test_an_offer_is_a_query_of_its_own(text):
    offer = parse(text).offer

    if offer is not None:
        assert offer != text
        assert parse(offer).query is not None
        assert parse(offer).offer is None or parse(offer).offer != offer


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Turkey S-400", ["turkey", "s", "400"]),
        ('"Senior official"~3 x', ["senior", "official", "x"]),
        ("a* *b c~ d", ["d"]),
        ("a -b (c OR d)", ["a", "c", "d"]),
        ("name:report a words:>5", ["a"]),
        (r"/s\d/ a", ["a"]),
    ],
)
def test_words_that_stand_for_themselves_are_known_with_their_place(text, words):
    found = parse(text).words

    assert [word.term for word in found] == words
    for word in found:
        assert text[word.start_cp : word.end_cp].lower() == word.term
        assert word.in_phrase == (word.term in ("senior", "official"))


@pytest.mark.parametrize(
    ("text", "filters"),
    [
        ("turkey name:deal", [False, True]),
        ("-name:slab turkey words:>5", [True, False, True]),
        ("turkey -sanctions", [False, False]),
        ("folder:a OR folder:b", [True, True]),
    ],
)
def test_filters_are_marked_as_such(text, filters):
    assert [part.is_filter for part in parse(text).parts] == filters
