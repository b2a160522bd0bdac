"""Counts are said in words, with what was left out."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QLabel

from incipit.analysis.counting import HitCount
from incipit.analysis.dispersion import Deviation
from incipit.ui.counts_line import CountsLine, decimal


def shown(qtbot, concordance, overview):
    line = CountsLine()
    qtbot.addWidget(line)
    line.show()
    line.show_counts(concordance, overview)
    return line


def test_hits_documents_frequency_and_spread_are_said(qtbot, library, concordance_of):
    found, _ = concordance_of()
    overview = library.concordance_overview(found, 5)
    line = shown(qtbot, found, overview)
    assert line.text().startswith("3 hits in 2 documents · ")
    assert "per million words" in line.text()
    assert line.spread.text() == f"DP {overview.deviation.dp:.2f}"
    assert line.groups.isVisible()
    line.clear()
    assert line.text() == ""
    assert not line.groups.isVisible()


def test_what_is_left_out_is_said(qtbot, library, concordance_of):
    found, _ = concordance_of(one_per_document=True)
    overview = library.concordance_overview(found, 5)
    edged = replace(overview, count=HitCount(3, 2, 3, 30, edge_hits=4), deviation=None)
    line = shown(qtbot, found, edged)
    assert line.text().startswith("2 of 3 lines shown · 3 hits")
    assert line.text().endswith("4 at cut edges not counted")
    assert not line.spread.isVisible()


def test_counts_of_an_index_in_the_making_are_not_called_whole(qtbot, library, concordance_of):
    found, _ = concordance_of()
    line = shown(qtbot, replace(found, incomplete=True), library.concordance_overview(found, 5))
    assert line.text().endswith("so far, as not all is indexed")


def test_what_is_left_out_stays_in_view_in_a_small_window(qtbot, library, concordance_of):
    found, _ = concordance_of(one_per_document=True)
    overview = library.concordance_overview(found, 5)
    line = shown(qtbot, found, replace(overview, count=HitCount(3, 2, 3, 30, edge_hits=4)))
    label = line.findChild(QLabel)
    line.resize(1200, line.sizeHint().height())
    wide = label.heightForWidth(label.width())
    line.resize(560, line.sizeHint().height())
    assert label.heightForWidth(label.width()) > wide
    assert line.heightForWidth(560) >= label.heightForWidth(label.width())


def test_buttons_ask(qtbot, library, concordance_of):
    found, _ = concordance_of()
    line = shown(
        qtbot, found, replace(library.concordance_overview(found, 5), deviation=Deviation(0.5, 0.6))
    )
    with qtbot.waitSignal(line.definition_wanted):
        line.spread.click()
    with qtbot.waitSignal(line.groups_wanted):
        line.groups.click()


def test_large_numbers_have_no_places():
    assert decimal(12.34) == "12.3"
    assert decimal(12345.6) == "12,346"
