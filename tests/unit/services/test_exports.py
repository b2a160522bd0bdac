"""One object writes everything that leaves a library."""

from __future__ import annotations

from corpora import NEVER

from incipit.models import SearchRequest
from incipit.services.concordance_export import ExportFormat
from incipit.services.concordance_values import ConcordanceRequest
from incipit.services.document_export import ListFormat


def test_lines_lists_and_texts_are_written_and_counted(corpus, tmp_path):
    corpus.write("a.txt", "the ferry and the other ferry")
    corpus.write("b.txt", "no ferry")
    corpus.take()
    library, exports = corpus.library, corpus.library.exports
    found = library.concordance(ConcordanceRequest("ferry"), NEVER)
    result = library.search(SearchRequest("ferry"), NEVER)
    lines, listed, texts = tmp_path / "l.tsv", tmp_path / "d.csv", tmp_path / "texts"

    assert exports.concordance(found, lines, ExportFormat.TSV, width_cp=20, cancel=NEVER) == 3
    assert exports.documents(result, listed, ListFormat.CSV, cancel=NEVER) == 2
    assert exports.texts(result.document_ids.tolist(), texts, cancel=NEVER) == 2

    assert len(lines.read_text("utf-8").splitlines()) == 4
    assert len(listed.read_text("utf-8-sig").splitlines()) == 3
    assert sorted(path.name for path in texts.iterdir()) == ["a.txt", "b.txt"]
