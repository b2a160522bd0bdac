"""The running application: opening, handing over, switching, closing, and coming back."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont

from incipit import paths
from incipit.analysis.sorting import parse_keys
from incipit.app.wiring import default_folder
from incipit.services.settings import Settings, SettingsFile

JOB_MS = 30_000


def settings():
    return SettingsFile(paths.settings_file()).load()


def test_window_is_there_before_the_library(make_desk, tmp_path, qtbot):
    desk = make_desk()
    desk.begin(tmp_path / "library", [])
    assert desk.window.isVisible()
    assert desk.window.library is None
    qtbot.waitUntil(lambda: desk.window.library is not None)
    assert (tmp_path / "library" / paths.LIBRARY_FILE).exists()


def test_given_paths_are_added_when_the_library_is_there(begin, tmp_path, qtbot):
    text = tmp_path / "a.txt"
    text.write_text("the harbour")
    desk = begin(tmp_path / "library", [text])
    qtbot.waitUntil(lambda: desk.window.library.status().searchable == 1, timeout=JOB_MS)
    qtbot.waitUntil(lambda: not desk.window.imports.busy, timeout=JOB_MS)


def test_second_launch_brings_its_paths_and_the_window(begin, tmp_path, qtbot):
    desk = begin(tmp_path / "library")
    desk.window.showMinimized()
    text = tmp_path / "a.txt"
    text.write_text("the harbour")
    desk._on_asked([text])
    assert not desk.window.windowState() & Qt.WindowState.WindowMinimized
    qtbot.waitUntil(lambda: desk.window.library.status().searchable == 1, timeout=JOB_MS)
    qtbot.waitUntil(lambda: not desk.window.imports.busy, timeout=JOB_MS)


def test_another_library_takes_the_place_of_the_first(begin, tmp_path, qtbot):
    desk = begin(tmp_path / "one")
    first = desk.window.library
    desk.window.library_wanted.emit(tmp_path / "two")
    qtbot.waitUntil(lambda: desk.window.library not in (None, first))
    assert desk.window.library.folder == tmp_path / "two"
    assert settings().last_library == str(tmp_path / "two")
    assert settings().recent_libraries == (str(tmp_path / "two"), str(tmp_path / "one"))


def test_library_of_the_command_line_is_not_the_one_for_next_time(begin, tmp_path):
    begin(tmp_path / "one")
    assert settings().last_library == ""


def test_library_that_cannot_be_opened_says_why_and_can_be_tried_again(make_desk, tmp_path, qtbot):
    folder = tmp_path / "library"
    folder.mkdir()
    (folder / paths.LIBRARY_FILE).write_bytes(b"this is no library at all" * 100)
    desk = make_desk()
    desk.begin(folder, [])
    welcome = desk.window.documents.welcome
    qtbot.waitUntil(lambda: len(welcome.ways()) == 2)
    assert welcome.title() != "Opening the library…"
    (folder / paths.LIBRARY_FILE).unlink()
    welcome.ways()[0].click()
    qtbot.waitUntil(lambda: desk.window.library is not None)


def test_closing_saves_where_the_user_was_and_closes_the_library(begin, tmp_path, qtbot):
    text = tmp_path / "a.txt"
    text.write_text("the harbour")
    desk = begin(tmp_path / "library", [text])
    qtbot.waitUntil(lambda: desk.window.documents.reading.document is not None, timeout=JOB_MS)
    qtbot.waitUntil(lambda: not desk.window.imports.busy, timeout=JOB_MS)
    desk.window.search_bar.set_query("harbour")
    qtbot.waitUntil(lambda: desk.window.documents.searching.request.query == "harbour")
    desk.window.resize(777, 555)
    desk.window.close()
    assert desk.window.library is None
    kept = settings()
    assert kept.state_of(tmp_path / "library").query == "harbour"
    assert kept.state_of(tmp_path / "library").document_id > 0
    assert kept.window.width_px


def test_the_view_its_order_and_its_font_come_back(begin, tmp_path, qtbot):
    text = tmp_path / "a.txt"
    text.write_text("The harbour at noon, the harbour again.")
    folder = tmp_path / "library"
    desk = begin(folder, [text])
    qtbot.waitUntil(lambda: desk.window.documents.reading.document is not None, timeout=JOB_MS)
    qtbot.waitUntil(lambda: not desk.window.imports.busy, timeout=JOB_MS)
    desk.window.search_bar.set_query("harbour")
    desk.window.documents.menu_parts()[1][1].trigger()
    concordance = desk.window.documents.concordance
    qtbot.waitUntil(concordance.is_showing_lines)
    concordance.bar.sorting.set_keys(parse_keys("R1,L2"))
    concordance.bar.fixed.trigger()
    desk.window.resize(780, 600)
    desk.window.documents.splitter.setSizes([420, 360])
    sizes = desk.window.documents.splitter.sizes()
    desk.window.close()

    again = begin(folder).window.documents

    assert again.views.current() == 1
    qtbot.waitUntil(again.concordance.is_showing_lines)
    assert again.concordance.model.concordance.request.keys == parse_keys("R1,L2")
    assert again.concordance.bar.sorting.keys == parse_keys("R1,L2")
    assert again.concordance.list.delegate.line_font.styleHint() is QFont.StyleHint.Monospace
    assert again.splitter.sizes() == pytest.approx(sizes, abs=3)
    # The documents get the width that they need, not that of the lines.
    again.menu_parts()[1][0].trigger()
    assert 0 < again.splitter.sizes()[0] < sizes[0]


def test_closing_in_the_middle_of_an_import_asks_and_ends_it(begin, tmp_path, qtbot):
    files = tmp_path / "files"
    files.mkdir()
    for number in range(300):
        (files / f"{number}.txt").write_text(f"the harbour {number} " * 500)
    desk = begin(tmp_path / "library", [files])
    qtbot.waitUntil(lambda: desk.window.imports.adding, timeout=JOB_MS)
    desk.window.close()
    assert desk.window.library is not None
    (leave,) = [one for one in desk.leaving.question.buttons() if one.text() == "Quit"]
    leave.click()
    qtbot.waitUntil(lambda: desk.window.library is None, timeout=JOB_MS)


def test_last_chosen_library_opens_when_none_is_named(tmp_path):
    assert default_folder(Settings()) == paths.default_library()
    gone = replace(Settings(), last_library=str(tmp_path / "gone"))
    assert default_folder(gone) == paths.default_library()
    (tmp_path / paths.LIBRARY_FILE).touch()
    assert default_folder(replace(gone, last_library=str(tmp_path))) == tmp_path


def test_settings_that_cannot_be_saved_are_no_error(begin, tmp_path, caplog):
    desk = begin(tmp_path / "library")
    file = paths.settings_file()
    file.unlink(missing_ok=True)
    file.parent.rmdir()
    file.parent.write_text("in the way")
    desk.window.settings_changed.emit(Settings())
    assert "settings not saved" in caplog.text
