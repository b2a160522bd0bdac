"""The panel says what is chosen, after a pause, and can take it all back."""

from __future__ import annotations

import pytest

from incipit.analysis.thinning import Thinning
from incipit.ui.thinning_panel import ThinningPanel


@pytest.fixture
def panel(qtbot):
    made = ThinningPanel()
    qtbot.addWidget(made)
    return made


def test_nothing_is_chosen_at_first(panel):
    assert not panel.thinning()


def test_everything_that_can_be_chosen_is_said(panel, qtbot):
    with qtbot.waitSignal(panel.changed) as came:
        panel.sampling.setChecked(True)
        panel.amount.setValue(20)
        panel.seed.setValue(9)
        panel.one_each.setChecked(True)
        panel.fold.setChecked(True)
        panel.demanded.setText("S-400 sanction*")
        panel.forbidden.setText("Café")
        panel.within.setValue(3)
    assert came.args == [
        Thinning(("s", "400", "sanction*"), ("cafe",), 3, True, True, 20, None, 9),
    ]


def test_a_share_is_at_most_all(panel, qtbot):
    panel.sampling.setChecked(True)
    panel.amount.setValue(5000)
    with qtbot.waitSignal(panel.changed):
        panel.unit.click()
    assert panel.unit.text() == "percent"
    assert (panel.thinning().sample, panel.thinning().percent) == (None, 100.0)


def test_many_changes_are_one(panel, qtbot):
    told = []
    panel.changed.connect(told.append)
    with qtbot.waitSignal(panel.changed):
        for text in ("b", "bo", "boa"):
            panel.demanded.setText(text)
    assert [one.with_words for one in told] == [("boa",)]


def test_all_is_taken_back_at_once(panel, qtbot):
    panel.sampling.setChecked(True)
    panel.demanded.setText("boat")
    with qtbot.waitSignal(panel.changed) as came:
        panel.reset.click()
    assert not came.args[0]
