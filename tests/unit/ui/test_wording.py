"""Numbers, sizes and times read as people write them."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QLocale

from incipit.models import LibraryStatus, SearchRequest, SearchResult
from incipit.ui import wording


@pytest.fixture(autouse=True)
def english():
    before = QLocale()
    QLocale.setDefault(QLocale(QLocale.Language.English))
    yield
    QLocale.setDefault(before)


def test_numbers_have_separators():
    assert wording.number(1234567) == "1,234,567"


def test_bare_c_locale_reads_as_english():
    QLocale.setDefault(QLocale.c())
    assert wording.number(99812) == "99,812"


def test_numbers_follow_the_locale():
    QLocale.setDefault(QLocale(QLocale.Language.German))
    assert wording.number(1234) == "1.234"


@pytest.mark.parametrize(
    ("say", "one", "many"),
    [
        (wording.documents, "1 document", "2,000 documents"),
        (wording.hits, "1 hit", "2,000 hits"),
        (wording.files, "1 file", "2,000 files"),
    ],
)
def test_one_is_not_many(say, one, many):
    assert (say(1), say(2000)) == (one, many)


@pytest.mark.parametrize(
    ("size_bytes", "words"),
    [
        (0, "0 bytes"),
        (1, "1 byte"),
        (999, "999 bytes"),
        (8000, "8.0 kB"),
        (123_456, "123 kB"),
        (1_500_000_000, "1.5 GB"),
        (7 * 10**15, "7,000 TB"),
    ],
)
def test_sizes(size_bytes, words):
    assert wording.size(size_bytes) == words


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0.0, "1 ms"),
        (0.0042, "4 ms"),
        (38, "38 s"),
        (600, "10 min"),
        (7500, "2 h 5 min"),
    ],
)
def test_durations(seconds, words):
    assert wording.duration(seconds) == words


def test_status_leaves_out_what_is_none():
    assert wording.status(LibraryStatus(10, 10, 0, 0)) == "10 searchable"
    full = LibraryStatus(100_000, 99_812, 140, 48)
    assert wording.status(full) == "99,812 searchable, 140 queued, 48 failed"


def test_place_names_the_own_folder_by_a_tilde(monkeypatch):
    monkeypatch.setenv("HOME", "/home/ada")
    assert wording.place("/home/ada/letters/1.txt") == "~/letters/1.txt"
    assert wording.place("/home/adam/letters") == "/home/adam/letters"
    assert wording.place("/home/ada/caf\udce9") == "~/caf?"


def test_path_shows_what_is_no_text_as_a_question_mark():
    assert wording.path("/a/caf\udce9.txt") == "/a/caf?.txt"


def test_found_names_hits_and_time_for_a_query_only():
    ids = np.arange(3)
    result = SearchResult(SearchRequest("x"), ids, np.zeros(3), np.ones(3, np.int64), 5, 0.004)
    assert wording.found(result) == "3 documents  ·  5 hits  ·  4 ms"
    everything = SearchResult(SearchRequest(), ids, np.zeros(3), np.zeros(3, np.int64), 0, 0.004)
    assert wording.found(everything) == "3 documents"


def test_found_says_that_it_is_not_all_while_the_index_is_made():
    some = (np.arange(3), np.zeros(3), np.ones(3, np.int64), 5, 0.004)
    result = SearchResult(SearchRequest("x"), *some, incomplete=True)
    assert wording.found(result) == "3 documents  ·  5 hits  ·  so far, as not all is indexed"
    # Everything is listed from the library itself.
    assert "so far" not in wording.found(SearchResult(SearchRequest(), *some, incomplete=True))
