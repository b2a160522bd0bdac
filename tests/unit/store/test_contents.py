from __future__ import annotations

import os
import sys
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incipit.store.contents import (
    file_hash,
    folder_of,
    join_path,
    moment_of,
    moment_of_ns,
    order_key,
    pack_original,
    paths_inside,
    search_key,
    signed,
    split_path,
    storable,
    storable_ns,
    tag_key,
    text_hash,
    timestamp,
    unpack_original,
)

moments = st.datetimes(
    min_value=datetime(1, 1, 2),  # noqa: DTZ001 - hypothesis adds the zone
    max_value=datetime(9999, 12, 30),  # noqa: DTZ001 - the same
    timezones=st.sampled_from([UTC, timezone(timedelta(hours=5, minutes=45))]),
)


@given(st.binary(max_size=80).filter(lambda name: b"\0" not in name))
def test_any_path_survives_the_store(raw):
    path = os.fsdecode(b"/" + raw)

    assert join_path(*split_path(path)) == path


@pytest.mark.skipif(sys.platform == "win32", reason="these are paths of POSIX systems")
@pytest.mark.parametrize(
    ("path", "folder", "name"),
    [
        ("/a/b/c.txt", b"/a/b/", b"c.txt"),
        ("/c.txt", b"/", b"c.txt"),
        ("/a/\udcff\udcfe", b"/a/", b"\xff\xfe"),
    ],
)
def test_path_splits_at_its_last_separator(path, folder, name):
    assert split_path(path) == (folder, name)


def test_paths_in_a_folder_have_bounds():
    for folder in (b"/a", b"/a/"):
        first, behind = paths_inside(folder)
        assert all(first <= path < behind for path in (b"/a/b", b"/a/\xff", b"/a/b/c"))
        assert not any(first <= path < behind for path in (b"/a", b"/a.txt", b"/a0", b"/b"))
    first, behind = paths_inside(b"/")
    assert first <= b"/a" < behind


def test_folder_is_shown_without_its_separator():
    assert folder_of(os.fsencode(f"{Path(os.sep, 'a', 'b')}{os.sep}")) == str(
        Path(os.sep, "a", "b")
    )
    assert folder_of(os.fsencode(os.sep)) == os.sep


@given(st.text(max_size=40))
def test_search_key_can_be_stored_and_ignores_case(name):
    key = search_key(name)

    key.encode()
    assert search_key(name.upper().casefold()) == search_key(name.upper())


def test_search_key_ignores_accents_as_words_do():
    assert search_key("Cafe\u0301/Straße") == search_key("CAF\u00c9/STRASSE") == "cafe/strasse"


@given(st.lists(st.integers(0, 10**40) | st.integers(0, 120), min_size=2, max_size=2))
def test_numbers_in_names_are_sorted_by_their_value(numbers):
    few, many = sorted(numbers)

    assert order_key(f"page {few}.txt") <= order_key(f"page {many:045}.txt")
    assert (order_key(f"{few}") == order_key(f"{many}")) == (few == many)


def test_names_are_sorted_as_people_sort_them():
    names = ["Ärger", "1.txt", "b", "a10b2", "a9", "a10b11", "10.txt", "9.txt", "Zebra", "_x"]

    assert sorted(names, key=order_key) == [
        *("1.txt", "9.txt", "10.txt", "_x", "a9", "a10b2", "a10b11", "Ärger", "b", "Zebra")
    ]


def test_tags_differ_by_their_accents():
    assert tag_key("Cafe\u0301") == tag_key("CAF\u00c9") == "caf\u00e9" != tag_key("cafe")


@pytest.mark.skipif(sys.platform == "win32", reason="names are bytes on POSIX systems only")
def test_search_key_shows_what_is_not_text_as_replaced():
    assert search_key("a\udcff.TXT") == "a\ufffd.txt"


@given(st.text(st.characters(codec=None), max_size=40))
def test_any_text_becomes_storable(text):
    storable(text).encode()


def test_plain_text_is_stored_as_it_is():
    assert storable("naïve 😀") == "naïve 😀"


@given(moments)
def test_moments_survive_the_store(moment):
    assert moment_of(timestamp(moment)) == moment


@given(st.lists(moments, min_size=2, max_size=2))
def test_order_of_stamps_is_order_of_time(pair):
    first, second = sorted(pair)

    assert timestamp(first) <= timestamp(second)


def test_file_times_keep_their_microseconds():
    assert moment_of_ns(1_700_000_000_123_456_789) == datetime(
        2023, 11, 14, 22, 13, 20, 123456, tzinfo=UTC
    )


@given(st.integers(-(1 << 70), 1 << 70))
def test_any_file_time_can_be_stored(time_ns):
    stored = storable_ns(time_ns)

    assert -(1 << 63) <= stored < 1 << 63
    assert 1677 <= moment_of_ns(stored).year <= 2262


@given(st.binary(max_size=2000))
def test_originals_come_back(data):
    assert unpack_original(pack_original(data)) == data


def test_hashes_tell_contents_apart():
    assert text_hash("a") != text_hash("b")
    assert text_hash("é") == file_hash("é".encode())
    assert len(text_hash("")) == 16


@given(st.integers(0, (1 << 64) - 1))
def test_inodes_fit_into_signed_integers(number):
    value = signed(number)

    assert -(1 << 63) <= value < 1 << 63
    assert value % (1 << 64) == number


def test_missing_inode_stays_missing():
    assert signed(None) is None
