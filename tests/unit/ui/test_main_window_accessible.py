"""The whole window can be operated and understood without mouse and without sight.

Walks the accessible tree as a screen reader does, and the order of Tab as a keyboard does.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QWidget

from incipit.analysis.counting import HitCount
from incipit.models import (
    FailedFile,
    ImportReport,
    ImportSurvey,
    LibraryStatus,
    VanishedFile,
    VanishedFiles,
)
from incipit.services.concordance_counts import GroupCount
from incipit.services.licences import licences
from incipit.services.settings import LibraryState, Settings
from incipit.ui.agreement_dialog import AgreementDialog
from incipit.ui.counts_dialog import CountsDialog
from incipit.ui.licences_dialog import LicencesDialog
from incipit.ui.main_window import MainWindow
from incipit.ui.report_dialog import ReportDialog
from incipit.ui.state_dialog import StateDialog
from incipit.ui.tags_dialog import TagsDialog
from incipit.ui.theme_switch import ThemeSwitch

# What says nothing of what a thing is.
_MUTE = (QAccessible.Role.NoRole, QAccessible.Role.Client)


@pytest.fixture
def window(bridge, library, qapp, qtbot):
    state = LibraryState(sort="name", descending=False, query="harbour")
    settings = Settings().with_state(library.folder, state)
    made = MainWindow(bridge, ThemeSwitch(qapp, "light"), settings)
    qtbot.addWidget(made)
    made.show_opening(library.folder)
    made.resize(1200, 800)
    made.show()
    with qtbot.waitActive(made):
        made.activateWindow()
    made.attach(library)
    qtbot.waitUntil(lambda: made.pane.document is not None)
    yield made
    made.detach()


def interfaces(root):
    """Yield every accessible object below a widget, itself included."""
    waiting = [QAccessible.queryAccessibleInterface(root)]
    while waiting:
        found = waiting.pop()
        if found is None or not found.isValid() or found.state().invisible:
            continue
        yield found
        waiting += [found.child(number) for number in range(found.childCount())]


def nameless(root):
    """Return what can have the focus and has no name or no role."""
    return [
        (type(found.object()).__name__, str(found.role()))
        for found in interfaces(root)
        if found.state().focusable
        and not found.state().disabled
        and not hands_focus_on(found.object())
        and (not found.text(QAccessible.Text.Name).strip() or found.role() in _MUTE)
    ]


def unsaid(root):
    """Return the labels whose name is something else than they show, or only part of it."""
    return [
        (label.text(), found.text(QAccessible.Text.Name))
        for found in interfaces(root)
        if isinstance(label := found.object(), QLabel)
        and label.text().replace("&", "") not in found.text(QAccessible.Text.Name)
    ]


def hands_focus_on(thing):
    """Return whether something never has the focus itself, as a tab widget, whose tabs have it."""
    return isinstance(thing, QWidget) and thing.focusProxy() is not None


def stops(root):
    """Return the widgets that Tab has to reach."""
    return {
        widget
        for widget in root.findChildren(QWidget)
        if widget.isVisibleTo(root)
        and widget.isEnabled()
        and widget.window() is root
        and widget.focusProxy() is None
        and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
    }


def tabbed(qtbot, limit=200):
    """Return the widgets that Tab reaches from where the focus is."""
    seen = {QApplication.focusWidget()}
    for _ in range(limit):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        seen.add(QApplication.focusWidget())
    return seen


def names(widgets):
    return sorted(
        f"{type(one).__name__} {one.accessibleName() or one.property('text')}" for one in widgets
    )


def test_everything_that_can_have_the_focus_has_a_name_and_a_role(window):
    found = list(interfaces(window))
    assert sum(one.state().focusable for one in found) > 10
    assert nameless(window) == []


def test_labels_say_what_they_show(window, qtbot):
    shown = {label.text() for label in window.findChildren(QLabel) if label.isVisibleTo(window)}
    assert any("documents" in text for text in shown)
    assert unsaid(window) == []
    concordance = window.documents.concordance
    window.documents.views.show_view(1)
    qtbot.waitUntil(lambda: "hits" in concordance.counts.text())
    assert unsaid(window) == []


def test_tab_reaches_everything(window, qtbot):
    window.search_bar.focus()
    missed = stops(window) - tabbed(qtbot)
    assert names(missed) == []


def test_shift_tab_leaves_every_place(window, qtbot):
    window.pane.setFocus()
    seen = set()
    for _ in range(60):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Backtab)
        seen.add(QApplication.focusWidget())
    assert names(stops(window) - seen) == []


@pytest.mark.parametrize(
    "opened",
    ["save_search", "saved_searches", "help_searching", "help_keys", "about", "sources", "explain"],
)
def test_dialogs_have_names_and_can_be_walked(window, library, qtbot, opened):
    library.save_search("Ports", "harbour")
    getattr(window.menus, opened).trigger()
    dialog = dialog_of(window, qtbot)
    check_dialog(dialog, qtbot)


def test_dialog_of_encodings_has_names_and_can_be_walked(window, qtbot):
    window.pane.header.wrong.click()
    dialog = dialog_of(window, qtbot)
    qtbot.waitUntil(dialog.apply.isEnabled)
    check_dialog(dialog, qtbot)


FAILED = (FailedFile("/a/pic.txt", "binary", "This is binary data.", "Only text can be read."),)
REPORT = ImportReport(
    updated=3,
    failed=FAILED,
    left_out=FAILED,
    misfits=FAILED,
    vanished=VanishedFiles([VanishedFile(7, "/a/b.txt")]),
)
GROUPS = [GroupCount(f"/a/{name}", HitCount(3, 1, 2, 1000, 0)) for name in "bc"]


@pytest.mark.parametrize(
    "make",
    [
        lambda window: ReportDialog(REPORT, window),
        lambda window: StateDialog(
            LibraryStatus(3, 2, 1, 1), FAILED, folder="/a", busy=False, parent=window
        ),
        lambda window: AgreementDialog(
            [Path("/a")], ImportSurvey(9, 999, 2, ("x.doc",), 10_000, 500), window
        ),
        lambda window: CountsDialog("harbour", GROUPS, GROUPS, window),
        lambda window: TagsDialog({"to read": 1, "read": 2}, 2, window),
        lambda window: LicencesDialog(licences(), window),
    ],
    ids=["report", "state", "agreement", "counts", "tags", "licences"],
)
def test_dialogs_about_something_have_names_and_can_be_walked(window, qtbot, make):
    dialog = make(window)
    dialog.open()
    check_dialog(dialog, qtbot)


def dialog_of(window, qtbot):
    qtbot.waitUntil(lambda: window.findChild(QDialog) is not None)
    return window.findChild(QDialog)


def check_dialog(dialog: QObject, qtbot):
    with qtbot.waitActive(dialog):
        dialog.activateWindow()
    assert nameless(dialog) == []
    qtbot.waitUntil(lambda: dialog.isAncestorOf(QApplication.focusWidget()))
    missed = stops(dialog) - tabbed(qtbot, 30)
    dialog.reject()
    # Of radio buttons, Tab reaches the chosen one and the arrows the others.
    assert [name for name in names(missed) if not name.startswith("QRadioButton")] == []
