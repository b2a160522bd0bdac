"""A backup is a verified copy; the one that was there goes only when the new one is good."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QWidget

from incipit.store.backup import verify_backup
from incipit.ui.backup_control import BackupControl


@pytest.fixture
def control(library, bridge, qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    made = BackupControl(bridge, window)
    made.attach(library)
    made.window = window  # the widget lives as long as what is asked over it
    return made


def test_copy_is_written_verified_and_told(control, qtbot, tmp_path):
    target = tmp_path / "copy.incipit-backup"
    told = []
    control.told.connect(told.append)
    with qtbot.waitSignals([control.told, control.told]):
        control.back_up(target)
    verify_backup(target)
    assert [sentence.split()[0] for sentence in told] == ["Backing", "Backed"]
    assert [path.name for path in tmp_path.glob("copy*")] == [target.name]


def test_failed_copy_leaves_the_one_that_was_there(control, bridge, qtbot, tmp_path):
    target = tmp_path / "copy.incipit-backup"
    target.mkdir()
    (target / "kept").write_text("kept")
    with qtbot.waitSignal(bridge.failed):
        control.back_up(target)
    assert (target / "kept").read_text() == "kept"


def test_dialog_proposes_a_name_and_writes_where_it_is_told(control, qtbot, tmp_path):
    dialog = control.ask()
    assert dialog.selectedFiles()[0].endswith(".incipit-backup")
    with qtbot.waitSignals([control.told, control.told]):
        dialog.filesSelected.emit([str(tmp_path / "chosen")])
    dialog.close()
    verify_backup(tmp_path / "chosen")


def test_without_a_library_nothing_is_asked(control):
    control.attach(None)
    assert control.ask() is None
