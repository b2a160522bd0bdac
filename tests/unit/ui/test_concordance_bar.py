"""The bar passes on what is chosen, and shows a filter that is in force."""

from __future__ import annotations

import pytest

from incipit.analysis.sorting import LineKey
from incipit.ui.concordance_bar import ConcordanceBar
from incipit.ui.themes import DARK, LIGHT


@pytest.fixture
def bar(qtbot):
    made = ConcordanceBar(LIGHT)
    qtbot.addWidget(made)
    made.show()
    return made


def test_a_filter_in_force_is_seen_with_its_panel_closed(bar, qtbot):
    assert bar.filter.text() == "Filter"
    assert not bar.panel.isVisible()
    bar.filter.click()
    assert bar.panel.isVisible()
    with qtbot.waitSignal(bar.thinned) as came:
        bar.panel.one_each.setChecked(True)
    assert came.args[0].one_per_document
    bar.filter.click()
    assert (bar.filter.text(), bar.panel.isVisible()) == ("Filter: on", False)


def test_choices_are_passed_on(bar, qtbot):
    with qtbot.waitSignal(bar.sorted_otherwise) as came:
        bar.sorting.set_keys((LineKey.R1,))
    assert came.args == [(LineKey.R1,)]
    with qtbot.waitSignal(bar.copy_wanted):
        bar.copy.trigger()
    with qtbot.waitSignal(bar.export_wanted):
        bar.export.trigger()
    with qtbot.waitSignal(bar.fixed_font_changed) as came:
        bar.fixed.trigger()
    assert came.args == [True]


def test_without_lines_nothing_is_offered_for_them(bar):
    bar.set_has_lines(False)
    assert not bar.copy.isEnabled()
    assert not bar.export.isEnabled()
    bar.set_has_lines(True)
    assert bar.export.isEnabled()
    bar.set_colours(DARK)
