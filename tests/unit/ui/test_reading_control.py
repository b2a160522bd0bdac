"""Documents come to the page off the UI thread, at the right place, and stale ones do not."""

from __future__ import annotations

import threading

import pytest
from PySide6.QtGui import QGuiApplication

from incipit.models import SearchRequest
from incipit.services.library import Library
from incipit.ui.appearance import ReadingAppearance
from incipit.ui.reading_control import ReadingControl
from incipit.ui.reading_pane import ReadingPane
from incipit.ui.themes import LIGHT

NEVER = threading.Event()


@pytest.fixture
def pane(qtbot):
    made = ReadingPane(ReadingAppearance(), LIGHT)
    qtbot.addWidget(made)
    made.resize(700, 500)
    made.show()
    return made


@pytest.fixture
def control(library, bridge, pane):
    made = ReadingControl(bridge, pane)
    made.attach(library)
    yield made
    made.detach()


@pytest.fixture
def ids(library):
    found = library.search(SearchRequest(), NEVER).document_ids
    return {library.document(int(key)).name: int(key) for key in found}


@pytest.fixture
def slab_library(tmp_path, fill):
    folder = tmp_path / "slabs"
    Library.open(folder).close()
    line = "ships of the harbour and the administration " * 60
    fill(folder, {f"{n}.txt": line[n : n + 1500] for n in range(5)})
    opened = Library.open(folder)
    yield opened
    opened.close()


def open_document(control, qtbot, *arguments):
    with qtbot.waitSignal(control.opened) as opened:
        control.open_document(*arguments)
    return opened.args[0]


def test_document_comes_with_its_hits(control, pane, ids, qtbot):
    document = open_document(control, qtbot, ids["alpha.txt"], "harbour")
    assert document.name == "alpha.txt"
    assert pane.document == document
    assert pane.current_hit == 0
    with qtbot.waitSignal(pane.hit_changed) as changed:
        pane.next_hit()
    assert changed.args == [1, 2]


def test_document_can_open_at_its_last_hit(control, pane, ids, qtbot):
    open_document(control, qtbot, ids["alpha.txt"], "harbour", "last_hit")
    assert pane.current_hit == 1


def test_of_many_documents_the_last_one_shows(control, ids, qtbot):
    opened = []
    control.opened.connect(lambda document: opened.append(document.name))
    for name in ("alpha.txt", "beta.txt", "gamma.txt"):
        control.open_document(ids[name], "")
    qtbot.waitUntil(lambda: bool(opened))
    qtbot.wait(50)
    assert opened == ["gamma.txt"]
    assert control.wanted_id == ids["gamma.txt"]


def test_other_query_on_the_same_document_brings_other_hits_only(control, pane, ids, qtbot):
    open_document(control, qtbot, ids["alpha.txt"], "harbour")
    with qtbot.assertNotEmitted(control.opened):
        control.open_document(ids["alpha.txt"], "letter")
        with qtbot.waitSignal(pane.hit_changed, check_params_cb=lambda _i, total: total == 2):
            pass
    assert pane.document.name == "alpha.txt"


def test_same_document_with_the_same_query_is_left_alone(control, pane, ids, qtbot):
    open_document(control, qtbot, ids["alpha.txt"], "harbour")
    pane.next_hit()
    with qtbot.assertNotEmitted(control.opened, wait=50):
        control.open_document(ids["alpha.txt"], "harbour")
    assert pane.current_hit == 1


def test_reading_position_is_remembered(control, pane, ids, library, qtbot):
    open_document(control, qtbot, ids["alpha.txt"], "")
    pane.position_changed.emit(ids["alpha.txt"], 12)
    qtbot.waitUntil(lambda: library.reading_position(ids["alpha.txt"]) == 12)
    assert control.position_cp == 12


def test_document_that_changed_is_shown_anew_and_one_that_did_not_is_left_alone(
    control, pane, ids, library, fill, qtbot
):
    open_document(control, qtbot, ids["alpha.txt"], "harbour")
    with qtbot.assertNotEmitted(control.opened, wait=50):
        control.renew()
    fill(library.folder, {"alpha.txt": "The first letter\n\nRewritten, about the lighthouse."})
    with qtbot.waitSignal(control.opened):
        control.renew()
    assert "lighthouse" in pane.view.text


def test_vanished_document_is_a_failure(control, qtbot):
    with qtbot.waitSignal(control.failed) as failed:
        control.open_document(99_999, "")
    assert failed.args[0].code == "gone"


def test_closing_empties_the_page(control, pane, ids, qtbot):
    open_document(control, qtbot, ids["alpha.txt"], "")
    control.close_document()
    assert pane.document is None
    assert (control.document, control.wanted_id) == (None, None)


def test_detached_control_opens_nothing(control, ids, qtbot):
    control.detach()
    with qtbot.assertNotEmitted(control.opened, wait=50):
        control.open_document(ids["alpha.txt"], "")


def test_likelihood_of_torn_edges_is_shown_for_slabs(slab_library, bridge, pane, qtbot):
    control = ReadingControl(bridge, pane)
    control.attach(slab_library)
    found = slab_library.search(SearchRequest(sort="name", descending=False), NEVER)
    open_document(control, qtbot, int(found.document_ids[1]), "")
    qtbot.waitUntil(lambda: "torn" in pane.header.edges.text())
    start, end = slab_library.torn_edges(int(found.document_ids[1]))
    assert f"{round(100 * start)} %" in pane.header.edges.text()
    assert f"{round(100 * end)} %" in pane.header.edges.text()
    control.detach()


def cited(pane, qtbot, word):
    start = pane.view.text.index(word)
    pane.view.select((start, start + len(word)))
    QGuiApplication.clipboard().clear()
    pane.copy_with_citation()
    qtbot.waitUntil(lambda: bool(QGuiApplication.clipboard().text()))
    return QGuiApplication.clipboard().text()


def test_a_citation_counts_the_characters_of_the_file(control, pane, library, fill, qtbot):
    text = "One line\nE\u0301le\u0300ve de\u0301ja\u0300 la\u0300\n"
    fill(library.folder, {"apart.txt": text})
    (key,) = library.search(SearchRequest("name:apart"), NEVER).document_ids.tolist()
    document = open_document(control, qtbot, key, "")
    assert cited(pane, qtbot, "l\u00e0") == (
        f"l\u00e0\n\n{document.title} ({document.path}, line 2, character 16)\n"
    )


def test_a_citation_of_what_was_removed_counts_what_is_shown(control, pane, library, fill, qtbot):
    fill(library.folder, {"apart.txt": "e\u0301 word"})
    (key,) = library.search(SearchRequest("name:apart"), NEVER).document_ids.tolist()
    open_document(control, qtbot, key, "")
    library.remove([key])
    assert "line 1, character 3)" in cited(pane, qtbot, "word")


_MANY = 6_000


@pytest.fixture
def long_id(library, fill):
    line = "the old harbour lies there, and a lighthouse stands on the shore of it " * _MANY
    fill(library.folder, {"long.txt": line})
    found = library.search(SearchRequest("lighthouse name:long"), NEVER).document_ids
    return int(found[0])


def test_long_text_is_lit_where_it_opens_before_its_hits_are_counted(control, pane, long_id, qtbot):
    totals = []
    pane.hit_changed.connect(lambda _index, total: totals.append(total))
    open_document(control, qtbot, long_id, "harbour")
    assert pane.current_hit == 0
    assert pane.navigator.hit_label.text() == "counting hits…"
    qtbot.waitUntil(lambda: totals == [_MANY])
    assert pane.navigator.hit_label.text() == f"1 of {_MANY:,}"


def test_long_text_opens_at_its_last_hit(control, pane, long_id, qtbot):
    open_document(control, qtbot, long_id, "harbour", "last_hit")
    start, end = pane.view.visible_span()
    assert start <= pane.view.text.rindex("harbour") < end
    qtbot.waitUntil(lambda: pane.current_hit == _MANY - 1)


def test_hits_of_what_is_read_are_found_without_reading_it_again(
    control, pane, long_id, library, qtbot
):
    open_document(control, qtbot, long_id, "")
    # What is gone cannot be read again; its text is on the page still.
    library.remove([long_id])
    control.open_document(long_id, "lighthouse OR harbour")
    with qtbot.waitSignal(pane.hit_changed) as changed:
        pass
    assert changed.args[1] > 1000


def test_other_query_lights_what_is_read_of_a_long_text(control, pane, long_id, qtbot):
    open_document(control, qtbot, long_id, "")
    pane.view.scroll_to_cp(len(pane.view.text) // 2)
    top = pane.view.top_cp()
    control.open_document(long_id, "lighthouse")
    qtbot.waitUntil(lambda: pane.current_hit >= 0)
    qtbot.waitUntil(lambda: pane.navigator.hit_label.text().endswith(f"of {_MANY:,}"))
    assert abs(pane.current_hit - _MANY // 2) < 20
    assert abs(pane.view.top_cp() - top) < 2_000


def test_other_query_goes_on_to_a_hit_far_below_what_is_read(control, pane, library, fill, qtbot):
    line = "the old harbour lies there, and a lighthouse stands on the shore of it " * _MANY
    middle = len(line) // 2
    text = f"{line[:middle]} beacon {line[middle:]} beacon"
    fill(library.folder, {"far.txt": text})
    (key,) = library.search(SearchRequest("beacon name:far"), NEVER).document_ids.tolist()
    open_document(control, qtbot, key, "")
    pane.view.scroll_to_cp(middle + 5_000)
    control.open_document(key, "beacon")
    qtbot.waitUntil(lambda: pane.current_hit == 1)
    assert pane.view.visible_span()[1] == len(text)
