"""Tags of some documents are ticked, added and taken off."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from incipit.ui.tags_dialog import TagsDialog

States = Qt.CheckState
COUNTS = {"Arms": 2, "Turkey": 1, "Unused": 0}


@pytest.fixture
def dialog(qtbot):
    made = TagsDialog(COUNTS, 2)
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(made)
    made.show()
    return made


def states(dialog):
    items = map(dialog.list.item, range(dialog.list.count()))
    return {item.text(): item.checkState() for item in items}


def item(dialog, name):
    return dialog.list.findItems(name, Qt.MatchFlag.MatchExactly)[0]


def changes(dialog, qtbot):
    with qtbot.waitSignal(dialog.changed) as changed:
        dialog.apply.click()
    return changed.args


def test_tags_of_all_some_and_none_are_told_apart(dialog):
    assert states(dialog) == {
        "Arms": States.Checked,
        "Turkey": States.PartiallyChecked,
        "Unused": States.Unchecked,
    }
    assert dialog.windowTitle() == "Tags of 2 documents"


def test_what_was_ticked_and_unticked_is_announced(dialog, qtbot):
    item(dialog, "Arms").setCheckState(States.Unchecked)
    item(dialog, "Turkey").setCheckState(States.Checked)

    assert changes(dialog, qtbot) == [("Turkey",), ("Arms",)]
    assert not dialog.isVisible()


def test_a_partly_ticked_tag_can_be_taken_off(dialog, qtbot):
    item(dialog, "Turkey").setCheckState(States.Unchecked)

    assert changes(dialog, qtbot) == [(), ("Turkey",)]


def test_new_tags_are_added_by_enter_and_once(dialog, qtbot):
    assert not dialog.add.isEnabled()
    dialog.field.setText(" to read ")
    assert dialog.add.isEnabled()
    qtbot.keyClick(dialog.field, Qt.Key.Key_Return)
    assert dialog.isVisible(), "Enter adds, and leaves the dialog open"
    dialog.field.setText("TO READ")
    dialog.add.click()
    dialog.field.setText("Late")

    assert changes(dialog, qtbot) == [("to read", "Late"), ()]


def test_naming_a_tag_that_is_there_ticks_it(dialog, qtbot):
    dialog.field.setText("unused")
    qtbot.keyClick(dialog.field, Qt.Key.Key_Return)

    assert changes(dialog, qtbot) == [("Unused",), ()]


def test_nothing_is_announced_where_nothing_changed(dialog):
    heard = []
    dialog.changed.connect(lambda *names: heard.append(names))
    dialog.apply.click()

    assert heard == []
    assert not dialog.isVisible()
