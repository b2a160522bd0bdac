from __future__ import annotations

import io
import json
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incipit.cli.output import (
    count,
    prepare_streams,
    printable,
    printable_lines,
    say_json,
    say_table,
    shorten,
    warn,
    width,
)

anything = st.text(st.characters(codec=None))


class Terminal(io.StringIO):
    def isatty(self):
        return True


@given(anything)
def test_printable_text_is_one_safe_line(text):
    safe = printable(text)

    safe.encode()
    assert not any(ord(one) < 32 or 127 <= ord(one) < 160 for one in safe)
    assert len(safe.splitlines()) <= 1


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("plain words", "plain words"),
        ("naïve 日本 👩‍🚀 a\u00a0b", "naïve 日本 👩‍🚀 a\u00a0b"),
        ("\x1b[31mred\x07", "\\x1b[31mred\\x07"),
        ("two\nlines\u2028three", "two\\nlines\\u2028three"),
        ("caf\udce9", "caf\\udce9"),
        ("txt.\u202eexe", "txt.\\u202eexe"),
    ],
)
def test_only_what_is_not_to_be_seen_is_escaped(text, safe):
    assert printable(text) == safe


def test_lines_of_a_text_stay_lines():
    assert printable_lines("a\n\tb\x1b[2J\r") == "a\n\tb\\x1b[2J\\r"


@given(anything)
def test_json_comes_back_as_it_was(text):
    written = io.StringIO()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "stdout", written)
        say_json({"path": text})

    line = written.getvalue()
    line.encode()
    assert line.count("\n") == 1
    assert json.loads(line) == {"path": text}


def test_json_is_readable_where_it_can_be(capsys):
    say_json({"title": "Émile 日本"})

    assert capsys.readouterr().out == '{"title": "Émile 日本"}\n'


def test_numbers_stand_right_and_words_left(capsys):
    say_table(("id", "title"), [(1, "one"), (1000, "日本")])

    assert capsys.readouterr().out.splitlines() == ["  id  title", "   1  one", "1000  日本"]


def test_table_fits_a_terminal_by_its_wide_column(monkeypatch):
    terminal = Terminal()
    monkeypatch.setattr(sys, "stdout", terminal)
    monkeypatch.setenv("COLUMNS", "30")

    say_table(("id", "title", "path"), [(1, "a title that is far too long", "/a/b")], wide=1)

    lines = terminal.getvalue().splitlines()
    assert max(map(width, lines)) <= 30
    assert lines[1].endswith("…  /a/b")


def test_table_in_a_pipe_is_whole(capsys):
    say_table(("id", "title"), [(1, "x" * 500)], wide=1)

    assert "x" * 500 in capsys.readouterr().out


@given(st.text(), st.integers(1, 40))
def test_shortened_text_fits(text, columns):
    assert width(shorten(text, columns)) <= max(columns, 1)
    assert shorten(text, width(text) or 1) == text


def test_width_counts_columns():
    assert width("abc") == 3
    assert width("日本") == 4
    assert width("e\u0301") == 1


def test_counts_have_their_nouns():
    assert count(1, "document") == "1 document"
    assert count(2225, "document") == "2,225 documents"
    assert count(0, "copy", "copies") == "0 copies"


def test_warnings_are_one_line_each(capsys):
    warn("a\nb")

    assert capsys.readouterr().err == "incipit: a\\nb\n"


def test_pipes_are_utf_8_and_take_anything(monkeypatch):
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding="ascii")
    monkeypatch.setattr(sys, "stdout", stream)

    prepare_streams()
    stream.write("é\udcff")
    stream.flush()

    assert raw.getvalue() == "é\\udcff".encode()
