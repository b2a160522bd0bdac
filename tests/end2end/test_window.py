"""From a drop to a hit that is lit, through the real window, library and processes."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from incipit.ui.list_states import sample_folder
from incipit.ui.report_dialog import ReportDialog

LETTERS = {
    "alpha.txt": "The first letter\n\nA letter about the harbour and the ships in the harbour.",
    "beta.txt": "The second letter\n\nNothing here but rain, and one more ship.",
    "gamma.txt": "The third letter\n\nThe harbour again; the S-400 passed it.",
    "deep/delta.txt": "another of these s 400 and one line only",
}


@pytest.fixture
def letters(tmp_path):
    folder = tmp_path / "letters"
    for name, text in LETTERS.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    return folder


def test_drop_type_read_and_go_on(person, letters):
    user = person()
    assert user.drops(letters) == Qt.DropAction.CopyAction
    user.waits_for_the_import()
    user.waits(lambda: user.window.status.text() == "4 searchable")
    assert user.window.notice.text() == "4 added"

    user.types("harbour")
    assert sorted(user.titles()) == ["The first letter", "The third letter"]
    user.waits(lambda: len(user.lit()[0]) == 2)
    assert user.reads() == "alpha.txt"
    assert user.lit() == (["harbour", "harbour"], ["harbour"])

    user.window.menus.next_hit.trigger()
    assert user.window.pane.current_hit == 1
    user.window.menus.next_hit.trigger()
    user.waits(lambda: user.reads() == "gamma.txt")
    user.waits(lambda: user.lit() == (["harbour"], ["harbour"]))
    user.window.menus.previous_hit.trigger()
    user.waits(lambda: user.reads() == "alpha.txt")
    assert user.window.pane.current_hit == 1


def test_one_spelling_finds_the_others(person, letters):
    user = person(given=[letters])
    user.waits_for_the_import()
    for query in ("S-400", "s-400", '"s 400"'):
        user.types(query)
        assert user.result().total_hits == 2, query
        user.waits(lambda: len(user.lit()[0]) == 1)
        assert user.lit()[0][0].lower() in ("s-400", "s 400")


def test_list_and_page_work_without_a_mouse(person, letters):
    user = person(given=[letters])
    user.waits_for_the_import()
    user.types("letter")
    user.presses(Qt.Key.Key_Down)
    assert user.window.documents.documents.list.hasFocus()
    before = user.reads()
    user.presses(Qt.Key.Key_Down)
    user.waits(lambda: user.reads() not in (None, before))
    user.presses(Qt.Key.Key_Return)
    user.waits(lambda: user.window.pane.isAncestorOf(user.window.focusWidget()))
    user.window.menus.search.trigger()
    user.presses(Qt.Key.Key_Escape)
    assert user.window.search_bar.query() == ""


def test_dropping_the_same_again_adds_nothing(person, letters):
    user = person(given=[letters])
    user.waits_for_the_import()
    (letters / "alpha.txt").write_text("The first letter\n\nRewritten, about the lighthouse.")
    user.drops(letters)
    user.waits(lambda: "unchanged" in user.window.notice.text())
    assert user.window.notice.text() == "1 updated, 3 unchanged"
    user.types("lighthouse")
    assert user.titles() == ["The first letter"]


def test_binary_is_refused_with_its_reason_and_the_rest_goes_on(person, letters):
    (letters / "picture.txt").write_bytes(b"\x00\x01\x02PNG\x00\x00")
    user = person()
    user.drops(letters)
    user.waits(lambda: user.window.findChild(ReportDialog) is not None)
    report = user.window.import_dialogs.last_report
    assert report.added == 4
    assert [failure.code for failure in report.failed] == ["binary"]
    assert "binary" in report.failed[0].reason
    user.waits(lambda: user.window.status.text() == "4 searchable, 1 failed")
    user.window.findChild(ReportDialog).reject()


def test_cancelled_import_keeps_what_was_committed(person, tmp_path):
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(6000):
        (folder / f"{number:04}.txt").write_text(
            f"Letter {number}\n\n" + "the harbour again " * 300
        )
    user = person()
    cancel = user.window.status.progress.cancelled
    user.window.imports.committed.connect(lambda _status: cancel.emit())
    user.drops(folder)
    user.waits(lambda: user.window.import_dialogs.last_report is not None)
    user.waits_for_the_import()
    report = user.window.import_dialogs.last_report
    assert report.cancelled
    assert 0 < report.added < 6000
    status = user.window.library.status()
    assert status.documents == report.added
    user.types("harbour")
    assert len(user.result().document_ids) == status.searchable


def test_restart_comes_back_to_where_it_was(person, letters):
    user = person(given=[letters])
    user.waits_for_the_import()
    user.window.resize(701, 520)
    user.types("harbour")
    user.window.documents.documents.list.go_to(1)
    user.waits(lambda: user.reads() == "gamma.txt")
    user.window.close()
    assert user.window.library is None

    again = person()
    again.waits(lambda: again.reads() == "gamma.txt")
    assert again.window.search_bar.query() == "harbour"
    assert again.window.documents.documents.list.current_row() == 1
    assert (again.window.width(), again.window.height()) == (701, 520)
    again.waits(lambda: again.lit()[0] == ["harbour"])


def test_removal_can_be_undone_after_a_restart(person, letters):
    user = person(given=[letters])
    user.waits_for_the_import()
    user.types("rain")
    user.window.documents.documents.list.setFocus()
    user.presses(Qt.Key.Key_Delete)
    user.waits(lambda: len(user.result().document_ids) == 0)
    user.waits_for_the_import()
    user.window.close()

    again = person()
    again.waits(again.window.menus.undo.isEnabled)
    again.window.menus.undo.trigger()
    again.waits(lambda: again.result() is not None and len(again.result().document_ids) == 1)
    again.waits_for_the_import()
    assert (letters / "beta.txt").exists()


def test_sample_is_one_click_away(person):
    user = person()
    user.waits(lambda: user.window.documents.welcome.title() == "Drop your texts here")
    user.window.documents.welcome.ways()[2].click()
    user.waits_for_the_import()
    count = len(list(sample_folder().rglob("*.txt")))
    user.waits(lambda: user.window.status.text() == f"{count} searchable")
    user.waits(lambda: user.reads() is not None)


def test_phrases_of_a_normalised_corpus(person, corpus):
    user = person()
    user.drops(corpus("news-windows"))
    user.waits_for_the_import()
    user.waits(lambda: user.window.status.text() == "615 searchable")
    for query in ("S-400", "s-400", '"s 400"'):
        user.types(query)
        assert (len(user.result().document_ids), user.result().total_hits) == (1, 17), query
        assert user.reads() == "000_4db5420f71583dae.txt"
    user.waits(lambda: len(user.lit()[1]) == 1)
    assert set(user.lit()[0]) == {"s 400"}


def test_changed_file_changes_on_the_page(person, letters):
    user = person(given=[letters])
    user.waits_for_the_import()
    user.types("rain")
    user.waits(lambda: user.reads() == "beta.txt")
    (letters / "beta.txt").write_text(
        "The second letter\n\nThe rain has gone, and so have the ships."
    )
    user.drops(letters)
    user.waits(lambda: "has gone" in user.window.pane.view.text)
    user.waits_for_the_import()
    user.waits(lambda: user.lit()[0] == ["rain"])
