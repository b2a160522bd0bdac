"""What nobody caught is written to the log folder, and the user is told where."""

from __future__ import annotations

import logging
import sys
import threading
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QMessageBox

from incipit.app.crash import CrashHook, report_text


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "logs"


@pytest.fixture
def hook(folder):
    before = sys.excepthook, threading.excepthook
    root = logging.getLogger()
    handlers = list(root.handlers)
    level = root.level
    made = CrashHook(folder)
    yield made
    close_dialogs()
    made.uninstall()
    assert (sys.excepthook, threading.excepthook) == before
    assert (root.handlers, root.level) == (handlers, level)


def dialogs():
    return [
        widget
        for widget in QApplication.topLevelWidgets()
        if isinstance(widget, QMessageBox) and widget.isVisible()
    ]


def close_dialogs():
    for dialog in dialogs():
        dialog.reject()


def broken():
    try:
        raise KeyError("the missing word")
    except KeyError as problem:
        return problem


def test_report_is_written_and_told(hook, folder, qtbot):
    with qtbot.waitSignal(hook.reported) as reported:
        path = hook.report(broken())
    assert reported.args == [path]
    assert path.parent == folder
    text = path.read_text("utf-8")
    assert "KeyError: 'the missing word'" in text
    assert "PySide6" in text
    dialog = dialogs()[0]
    assert str(path) in dialog.informativeText()


def test_report_can_be_copied(hook, qtbot):
    with qtbot.waitSignal(hook.reported):
        hook.report(broken())
    copy = next(b for b in dialogs()[0].buttons() if b.text() == "Copy Report")
    copy.click()
    assert "the missing word" in QGuiApplication.clipboard().text()


def test_many_crashes_are_one_dialog_and_many_reports(hook, folder, qtbot):
    for _ in range(3):
        with qtbot.waitSignal(hook.reported):
            hook.report(broken())
    assert len(dialogs()) == 1
    assert len(list(folder.glob("crash-*.txt"))) == 3
    close_dialogs()
    with qtbot.waitSignal(hook.reported):
        hook.report(broken())
    assert len(dialogs()) == 1


def test_exception_in_a_slot_is_reported(hook, qtbot):
    hook.install()
    with qtbot.captureExceptions(), qtbot.waitSignal(hook.reported) as reported:
        # pytest-qt has its own hook in place of ours while it captures.
        QTimer.singleShot(0, lambda: sys.excepthook is not None and hook.report(broken()))
    assert isinstance(reported.args[0], Path)


def test_hook_of_the_process_reports(hook, qtbot):
    hook.install()
    problem = broken()
    with qtbot.waitSignal(hook.reported):
        sys.excepthook(type(problem), problem, problem.__traceback__)


def test_exception_of_a_thread_is_reported_here(hook, qtbot):
    hook.install()
    with qtbot.waitSignal(hook.reported):
        thread = threading.Thread(target=lambda: 1 // 0)
        thread.start()
        thread.join()


def test_ctrl_c_is_no_crash(hook, folder, capsys):
    hook.install()
    problem = KeyboardInterrupt()
    sys.excepthook(type(problem), problem, None)
    assert list(folder.glob("crash-*.txt")) == []
    assert "KeyboardInterrupt" in capsys.readouterr().err


def test_log_is_written(hook, folder):
    hook.install()
    logging.getLogger("incipit.test").info("something happened")
    assert "something happened" in (folder / "incipit.log").read_text("utf-8")


def test_without_a_place_for_logs_the_dialog_holds_the_report(tmp_path, qtbot):
    blocked = tmp_path / "file"
    blocked.write_text("in the way")
    hook = CrashHook(blocked / "logs")
    assert hook.report(broken()) is None
    qtbot.waitUntil(lambda: bool(dialogs()))
    assert "the missing word" in dialogs()[0].detailedText()
    close_dialogs()


def test_old_reports_go(hook, folder, qtbot):
    for _ in range(23):
        with qtbot.waitSignal(hook.reported):
            hook.report(broken())
    assert len(list(folder.glob("crash-*.txt"))) == 20


def test_report_holds_the_whole_chain():
    try:
        try:
            raise ValueError("inner")
        except ValueError as inner:
            raise KeyError("outer") from inner
    except KeyError as problem:
        text = report_text(problem)
    assert "inner" in text
    assert "outer" in text
