"""Exports hold every line and say where they come from; nothing half-written stays."""

from __future__ import annotations

import csv
import json
from html.parser import HTMLParser

import pytest
from corpora import NEVER

import incipit
from incipit.analysis.sorting import parse_keys
from incipit.analysis.thinning import Thinning
from incipit.errors import Cancelled, UserError
from incipit.services.concordance_export import COLUMNS, ExportFormat, format_of
from incipit.services.concordance_values import ConcordanceRequest

TEXTS = {
    "a.txt": 'One\tferry,\nwith "quotes" & <tags>; =SUM(1)',
    "b.txt": "Another ferry, émigré — 東京 𝒳.",
}


@pytest.fixture
def filled(corpus):
    return corpus.filled(TEXTS)


def export(corpus, path, form, query="ferry", cancel=NEVER, **thinning):
    request = ConcordanceRequest(query, parse_keys("R1,random"), Thinning(**thinning))
    found = corpus.library.concordance(request, NEVER)
    told = []
    written = corpus.library.exports.concordance(
        found, path, form, width_cp=40, cancel=cancel, progress=lambda *args: told.append(args)
    )
    assert told[-1] == (len(found), len(found))
    return written


def check_about(about):
    assert about["query"] == "ferry"
    assert about["sort"] == "R1,random"
    assert about["sample"] == 5
    assert about["seed"] == 8
    assert about["library"] == "library"
    assert about["program"] == f"Incipit {incipit.__version__}"
    assert about["date"][:2] == "20"


@pytest.mark.parametrize("form", [ExportFormat.CSV, ExportFormat.TSV])
def test_tables_are_read_back_and_described_beside(filled, tmp_path, form):
    path = tmp_path / "out.table"
    assert export(filled, path, form, sample=5, seed=8) == 2
    with path.open(encoding="utf-8-sig", newline="") as stream:
        if form is ExportFormat.CSV:
            rows = list(csv.reader(stream))
        else:
            rows = [line.split("\t") for line in stream.read().splitlines()]
    assert tuple(rows[0]) == COLUMNS
    assert [row[5:8] for row in rows[1:]] == [
        ["Another ", "ferry", ", émigré — 東京 𝒳."],
        ["One ", "ferry", ', with "quotes" & <tags>; =SUM(1)'],
    ]
    assert path.read_bytes().startswith(b"\xef\xbb\xbf") == (form is ExportFormat.CSV)
    check_about(json.loads((tmp_path / "out.table.about.json").read_text("utf-8")))


def test_json_lines_say_first_what_they_are(filled, tmp_path):
    export(filled, tmp_path / "out.jsonl", ExportFormat.JSON_LINES, sample=5, seed=8)
    first, *lines = map(json.loads, (tmp_path / "out.jsonl").read_text("utf-8").splitlines())
    check_about(first["about"])
    assert [line["hit"] for line in lines] == ["ferry", "ferry"]
    assert lines[1]["word"] == 2
    assert lines[1]["left_edge"] == "document"


def test_text_is_aligned_on_the_hit(filled, tmp_path):
    export(filled, tmp_path / "out.txt", ExportFormat.TEXT)
    head, _, body = (tmp_path / "out.txt").read_text("utf-8").partition("\n\n")
    assert "# query: ferry" in head
    assert "# sample" not in head
    assert {line.index("[ferry]") for line in body.splitlines()} == {41}


def test_html_shows_text_as_text(filled, tmp_path):
    export(filled, tmp_path / "out.html", ExportFormat.HTML)
    page = (tmp_path / "out.html").read_text("utf-8")
    tags = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag, _attrs):
            tags.append(tag)

    Reader().feed(page)
    assert "tags" not in tags
    assert "script" not in tags
    assert tags.count("tr") == 2
    assert "&lt;tags&gt;" in page


@pytest.mark.parametrize("form", ExportFormat)
def test_cancelled_exports_leave_nothing(filled, tmp_path, form):
    folder = tmp_path / "exports"
    folder.mkdir()
    (folder / "out").write_text("before")

    class Late:
        asked = 0

        def is_set(self):
            self.asked += 1
            return self.asked > 2

    with pytest.raises(Cancelled):
        export(filled, folder / "out", form, cancel=Late())
    assert [path.name for path in folder.iterdir()] == ["out"]
    assert (folder / "out").read_text() == "before"


def test_places_that_cannot_be_written_are_named(filled, tmp_path):
    with pytest.raises(UserError):
        export(filled, tmp_path / "no" / "out.csv", ExportFormat.CSV)


def test_formats_go_by_the_ending(tmp_path):
    assert format_of(tmp_path / "A.CSV") is ExportFormat.CSV
    assert format_of(tmp_path / "a.jsonl") is ExportFormat.JSON_LINES
    with pytest.raises(UserError) as refused:
        format_of(tmp_path / "a.docx")
    assert refused.value.code == "format"
