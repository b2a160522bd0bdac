"""``incipit kwic`` prints every hit in its context."""

from __future__ import annotations

import csv
import io
import json
import sys

import pytest

from incipit.services.concordance_export import COLUMNS


def rights(ended):
    return [one["right"] for one in ended.objects]


def test_lines_are_aligned_on_the_hit(filled):
    done = filled("kwic", "deal", "--width", "20")

    assert done.code == 0
    assert {line.index("[deal]") for line in done.out.splitlines()} == {28}
    assert done.err == "3 lines\n"


def test_documents_edges_are_marked(filled):
    (first, *_) = filled("kwic", "minister name:one.txt").out.splitlines()
    assert "|[Minister] calls" in first


def test_order_and_sample_are_as_asked(filled):
    assert rights(filled("kwic", "deal", "--sort", "R1", "--json", "--width", "9")) == [
        " final ",
        " is final",
        " isn t ",
    ]
    first = filled("kwic", "the", "--sample", "2", "--seed", "5", "--json")
    assert len(first.objects) == 2
    again = filled("kwic", "the", "--sample", "2", "--seed", "5", "--json")
    assert again.out == first.out
    assert filled("kwic", "the", "--sample", "50%").err == "2 lines of 4 hits\n"


def test_words_around_the_hit_are_heeded(filled):
    assert len(filled("kwic", "deal", "--with", "s 400", "--within", "3", "--json").objects) == 2
    assert len(filled("kwic", "deal", "--without", "Final", "--within", "1").out.split("\n")) == 3
    assert len(filled("kwic", "gardens", "--fold-duplicates", "--json").objects) == 1
    assert len(filled("kwic", "deal", "--one-per-document", "--json").objects) == 2


def test_csv_is_read_back(filled):
    done = filled("kwic", "s-400", "--csv")
    heading, *rows = csv.reader(done.out.splitlines())
    assert tuple(heading) == COLUMNS
    assert [row[6] for row in rows] == ["S-400", "s 400", "s 400"]


def test_numbers_alone(filled):
    (found,) = filled("kwic", "deal", "--count").objects
    assert (found["hits"], found["documents"], found["hits_at_torn_edges"]) == (3, 2, 0)
    assert 0 < found["dp"] <= found["dp_norm"] <= 1


@pytest.mark.parametrize("ending", ["csv", "tsv", "jsonl", "html", "txt"])
def test_files_are_written_whole(filled, tmp_path, ending):
    path = tmp_path / f"out.{ending}"
    done = filled("kwic", "deal", "--output", path)
    assert (done.code, done.out) == (0, "")
    assert done.err == f"3 lines written to {path}\n"
    assert path.read_text("utf-8").count("final") >= 3


def test_a_terminal_shows_how_far_an_export_has_come(filled, tmp_path, monkeypatch):
    class Terminal(io.StringIO):
        def isatty(self):
            return True

    monkeypatch.setattr(sys, "stderr", Terminal())
    filled("kwic", "deal", "--output", tmp_path / "out.csv")
    told = sys.stderr.getvalue()
    assert "Writing 3 of 3 lines" in told
    # Taken away before the line that stays.
    assert told.endswith(f"\r\x1b[K3 lines written to {tmp_path / 'out.csv'}\n")


def test_nothing_found_is_told_from_nothing_to_find(filled):
    assert filled("kwic", "zebra").code == 1
    done = filled("kwic", "name:one.txt")
    assert done.code == 1
    assert "no hits to show" in done.err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--sort", "L9"), "cannot be sorted"),
        (("--within", "99"), "1 to 50 words"),
        (("--sample", "0%"), "more than 0"),
        (("--output", "x.docx"), "says no format"),
    ],
)
def test_what_cannot_be_done_is_said(filled, arguments, said):
    done = filled("kwic", "deal", *arguments)
    assert done.code == 2
    assert said in done.err


def test_what_is_no_number_is_refused_by_the_parser(filled):
    with pytest.raises(SystemExit):
        filled("kwic", "deal", "--sample", "some")


def test_what_could_steer_a_terminal_is_escaped(filled, files):
    (files / "odd.txt").write_text("before \x1b[31m zebra \u202e after", "utf-8")
    filled("import", files)
    done = filled("kwic", "zebra")
    assert "\x1b" not in done.out
    assert "\u202e" not in done.out
    (line,) = filled("kwic", "zebra", "--json").objects
    assert json.dumps(line)
