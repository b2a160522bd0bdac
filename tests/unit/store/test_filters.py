from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from incipit.errors import UserError
from incipit.models import Filter
from incipit.store.filters import ids_where


@pytest.fixture
def found(store):
    """Return a function that gives the names of the documents that meet a filter."""

    def find(field, operator, value, upper=""):
        ids = store.ids_where(Filter(field, operator, value, upper))
        assert ids.dtype == np.int64
        assert ids.tolist() == sorted(ids.tolist())
        return sorted(document.name for document in store.documents(ids))

    return find


def test_name_contains_whatever_the_case(corpus, found, store):
    corpus.add_all("Trump-Speech.txt", "speech_2.TXT", "Émile.txt", "other")
    removed = corpus.add("speech_3.txt")
    store.remove([removed])

    assert found("name", ":", "SPEECH") == ["Trump-Speech.txt", "speech_2.TXT"]
    assert found("name", ":", "émile") == found("name", ":", "emile") == ["Émile.txt"]
    assert found("name", "=", "OTHER") == ["other"]
    assert found("name", "=", "oth") == []
    assert found("name", ":", "100%") == []


@pytest.mark.parametrize(
    ("beginning", "titles"),
    [
        ("tur", ["Turkey", "turmoil"]),
        ("TUR", ["Turkey", "turmoil"]),
        ("él", ["Élan", "élève"]),
        ("100%", ["100% sure"]),
        ("100_", []),
        ("quoted", ["“Quoted” words"]),
        ("лев то", ["Лев Толстой"]),
        ("z", []),
    ],
)
def test_titles_begin_as_typed(corpus, store, beginning, titles):
    every = ("Turkey", "turmoil", "Saturday", "Élan", "élève", "100% sure", "“Quoted” words")
    for title in (*every, "Лев Толстой"):
        corpus.add(f"{title}.txt", title, title=title)
    store.remove([corpus.add("turn.txt", "turn", title="turn")])
    found = store.ids_titled(beginning)
    assert found.tolist() == sorted(found.tolist())
    assert sorted(one.title for one in store.documents(found)) == titles


def test_patterns_of_sql_mean_nothing_in_names(corpus, found):
    corpus.add_all("50% off", "50_off", "50 off")

    assert found("name", ":", "%") == ["50% off"]
    assert found("name", ":", "50_") == ["50_off"]


def test_folder_contains_whatever_the_case(corpus, found):
    corpus.add_all("News/2020/a", "news/b", "sport/news.txt")

    assert found("folder", ":", "NEWS") == ["a", "b"]
    assert found("folder", "=", corpus.path("news")) == ["b"]


@pytest.mark.parametrize(
    ("operator", "value", "upper", "names"),
    [
        (":", "2", "", ["2"]),
        ("=", "2", "", ["2"]),
        ("<", "2", "", ["0", "1"]),
        ("<=", "2", "", ["0", "1", "2"]),
        (">", "2", "", ["3", "1000"]),
        (">=", "1,000", "", ["1000"]),
        ("..", "1", "3", ["1", "2", "3"]),
        ("..", "3", "1", []),
        (">", "9" * 18, "", []),
    ],
)
def test_words_are_compared_as_numbers(corpus, found, operator, value, upper, names):
    for count in (0, 1, 2, 3, 1000):
        corpus.add(str(count), "word " * count)

    assert found("words", operator, value, upper) == sorted(names)


def test_torn_words_of_slabs_do_not_count(corpus, found):
    corpus.add("slab", "rn whole words to", is_slab=True)
    corpus.add("bit", "on", is_slab=True)
    corpus.add("text", "two words")

    assert found("words", ":", "2") == ["slab", "text"]
    assert found("words", "..", "0", "1") == ["bit"]


@pytest.fixture
def dated(store, corpus):
    """Documents named by the moment (UTC) they were added."""
    moments = [
        "2025-12-31T23:59:59.999999",
        "2026-01-01T00:00:00.000000",
        "2026-10-31T23:30:00.000000",
        "2026-11-05T12:00:00.000000",
        "2026-11-06T00:00:00.000000",
    ]
    for moment in moments:
        document_id = corpus.add(moment[:16].replace(":", "."), moment)
        with store._connections.writing() as db:
            db.table("documents").update(document_id, {"added_at": moment + "Z"})
    return store


@pytest.mark.parametrize(
    ("operator", "value", "upper", "days"),
    [
        (":", "2026", "", ["01-01", "10-31", "11-05", "11-06"]),
        (":", "2026-11", "", ["11-05", "11-06"]),
        ("=", "2026-11-05", "", ["11-05"]),
        (":", "2026-1", "", ["01-01"]),
        (":", "2025-12", "", ["12-31"]),
        ("<", "2026", "", ["12-31"]),
        ("<=", "2026-10", "", ["01-01", "10-31", "12-31"]),
        (">", "2026-10", "", ["11-05", "11-06"]),
        (">=", "2026-11-06", "", ["11-06"]),
        ("..", "2026-10", "2026-11-05", ["10-31", "11-05"]),
    ],
)
def test_added_takes_years_months_and_days(dated, operator, value, upper, days):
    with dated._connections.reading() as db:
        ids = ids_where(db, Filter("added", operator, value, upper), zone=UTC)

    assert sorted(document.name[5:10] for document in dated.documents(ids)) == days


@pytest.mark.parametrize("zone", [None, UTC, ZoneInfo("Asia/Tokyo"), ZoneInfo("America/Lima")])
@pytest.mark.parametrize("first", ["0001", "0001-01", "0001-01-01"])
@pytest.mark.parametrize("last", ["9999", "9999-12", "9999-12-31"])
def test_the_first_and_the_last_dates_are_dates(dated, zone, first, last):
    conditions = [
        Filter("added", "..", first, last),
        Filter("added", ">", first),
        Filter("added", "<=", last),
        Filter("added", "<", first),
        Filter("added", ":", last),
    ]
    with dated._connections.reading() as db:
        counts = [len(ids_where(db, condition, zone=zone)) for condition in conditions]

    assert counts == [5, 5, 5, 0, 0]


def test_days_begin_where_the_user_is(dated):
    with dated._connections.reading() as db:
        east = ids_where(db, Filter("added", ":", "2026-11"), zone=ZoneInfo("Europe/Istanbul"))

    assert [document.name[5:10] for document in dated.documents(east)] == [
        "10-31",
        "11-05",
        "11-06",
    ]


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="the zone is the system's on Windows")
def test_the_zone_is_the_systems_with_its_summer_time(dated, monkeypatch):
    monkeypatch.setenv("TZ", "Europe/Berlin")
    time.tzset()
    try:
        ids = dated.ids_where(Filter("added", ":", "2026-11-01"))
    finally:
        monkeypatch.undo()
        time.tzset()

    assert [document.name[5:10] for document in dated.documents(ids)] == ["10-31"]


def test_added_now_is_found_today(corpus, found):
    corpus.add("a")
    today = datetime.now().astimezone().date()

    assert found("added", "..", str(today - timedelta(1)), str(today)) == ["a"]


def test_tags_are_found_whatever_the_case(store, corpus, found):
    ids = corpus.add_all("a", "b", "c")
    store.change_tags(ids[:2], ["To Read"], [])

    assert found("tag", ":", "to read") == ["a", "b"]
    assert found("tag", ":", "read") == []


@pytest.mark.parametrize(
    "condition",
    [
        Filter("colour", ":", "red"),
        Filter("name", "<", "b"),
        Filter("tag", ">", "b"),
        Filter("words", ":", "many"),
        Filter("words", ":", "-1"),
        Filter("words", ":", ""),
        Filter("words", ":", "1" * 30),
        Filter("words", "..", "1", ""),
        Filter("words", "~", "1"),
        Filter("added", ":", "yesterday"),
        Filter("added", ":", "2026-13"),
        Filter("added", ":", "2026-02-30"),
        Filter("added", ":", "0000"),
        Filter("added", "~", "2026"),
    ],
)
def test_what_is_not_understood_is_said(store, condition):
    with pytest.raises(UserError) as caught:
        store.ids_where(condition)

    assert caught.value.code == "filter"
