"""List and page go together: what is found is listed, what is chosen is read, F3 goes on."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from incipit.errors import LibraryUnusable
from incipit.services.settings import LibraryState
from incipit.ui.appearance import ReadingAppearance
from incipit.ui.documents_view import DocumentsView
from incipit.ui.reading_pane import ReadingPane
from incipit.ui.themes import DARK, LIGHT

BY_NAME = LibraryState(sort="name", descending=False)


@pytest.fixture
def make(bridge, qtbot):
    def view():
        pane = ReadingPane(ReadingAppearance(), LIGHT)
        made = DocumentsView(bridge, pane, LIGHT)
        qtbot.addWidget(made)
        made.resize(1000, 600)
        made.show()
        return made

    return view


@pytest.fixture
def view(make, library, qtbot):
    made = make()
    with qtbot.waitSignals([made.answered, made.document_opened]):
        made.attach(library, BY_NAME)
    yield made
    made.detach()


def search(view, qtbot, query):
    with qtbot.waitSignal(view.answered) as answered:
        view.searching.search(query)
    return answered.args[0]


def shown(view):
    document = view.pane.document
    return None if document is None else document.name


def test_first_document_is_open_at_once(view):
    assert view.documents.list.current_row() == 0
    assert shown(view) == "alpha.txt"


def test_new_query_opens_its_first_result_at_its_first_hit(view, qtbot):
    search(view, qtbot, "rain")
    qtbot.waitUntil(lambda: shown(view) == "beta.txt")
    assert view.pane.current_hit == 0


def test_f3_goes_through_hits_and_on_into_the_next_document(view, qtbot):
    search(view, qtbot, "harbour")
    qtbot.waitUntil(lambda: view.pane.current_hit == 0 and shown(view) == "alpha.txt")
    assert view.pane.next_hit()
    assert view.pane.current_hit == 1
    assert not view.pane.next_hit()
    qtbot.waitUntil(lambda: shown(view) == "gamma.txt")
    assert view.pane.current_hit == 0
    assert view.documents.list.current_row() == 1
    view.pane.previous_hit()
    qtbot.waitUntil(lambda: shown(view) == "alpha.txt")
    assert view.pane.current_hit == 1, "backwards a document opens at its last hit"


def test_ends_of_the_list_are_said(view, qtbot):
    search(view, qtbot, "rain")
    qtbot.waitUntil(lambda: shown(view) == "beta.txt")
    with qtbot.waitSignal(view.ended) as ended:
        view.pane.next_hit()
    assert "last" in ended.args[0]
    with qtbot.waitSignal(view.ended) as ended:
        view.go_document(-1)
    assert "first" in ended.args[0]


def test_selection_stays_when_the_order_changes(view, qtbot):
    view.documents.list.go_to(0)
    qtbot.waitUntil(lambda: shown(view) == "alpha.txt")
    with qtbot.waitSignal(view.answered):
        view.documents.order_changed.emit(view.searching.request.sort, True)
    assert view.documents.list.current_row() == 2
    assert shown(view) == "alpha.txt"


def test_clearing_the_query_keeps_nothing_marked(view, qtbot):
    search(view, qtbot, "harbour")
    qtbot.waitUntil(lambda: view.pane.current_hit == 0)
    search(view, qtbot, "")
    qtbot.waitUntil(lambda: view.pane.current_hit == -1)


def test_nothing_found_says_so_and_offers_ways_on(view, qtbot):
    search(view, qtbot, "harbuor")
    assert not view.documents.is_showing_list()
    assert view.documents.state.title() == "Nothing found"
    assert shown(view) is None
    qtbot.waitUntil(lambda: len(view.documents.state.ways()) > 1)
    with qtbot.waitSignal(view.way_chosen) as chosen:
        view.documents.state.ways()[0].click()
    assert chosen.args == ["query:harbour"]
    search(view, qtbot, "harbour")
    assert view.documents.is_showing_list()


def test_phrase_is_offered(view, qtbot):
    with qtbot.waitSignal(view.offered) as offered:
        view.searching.search("s 400")
    assert offered.args[0].query == '"s 400"'


def test_empty_library_says_what_to_do(make, empty_library, qtbot):
    view = make()
    assert view.welcome.title() == "Opening the library…"
    with qtbot.waitSignal(view.answered):
        view.attach(empty_library, LibraryState())
    assert view.is_empty()
    assert view.welcome.title() == "Drop your texts here"
    view.set_adding(True)
    assert view.welcome.title() == "Reading your texts…"
    view.set_adding(False)
    assert view.welcome.title() == "Drop your texts here"
    view.detach()


def test_unusable_library_says_why(make, qtbot):
    view = make()
    view.show_unusable(LibraryUnusable("This library is newer."))
    assert view.welcome.title() == "This library is newer."
    with qtbot.waitSignal(view.way_chosen) as chosen:
        view.welcome.ways()[0].click()
    assert chosen.args == ["retry"]


def test_where_the_user_was_comes_back(view, make, library, qtbot):
    search(view, qtbot, "harbour")
    view.documents.list.go_to(1)
    qtbot.waitUntil(lambda: shown(view) == "gamma.txt")
    state = view.state(LibraryState())
    assert (state.query, state.sort) == ("harbour", "name")
    other = make()
    with qtbot.waitSignals([other.answered, other.document_opened]):
        other.attach(library, state)
    assert shown(other) == "gamma.txt"
    assert other.documents.list.current_row() == 1
    other.detach()


def test_documents_that_were_removed_are_gone_from_the_list(view, library, qtbot):
    first = view.documents.model.id_at(0)
    library.remove([first])
    with qtbot.waitSignal(view.answered):
        view.searching.refresh()
    assert view.documents.model.rowCount() == 2
    qtbot.waitUntil(lambda: shown(view) == "beta.txt")


def test_enter_goes_to_the_page(view, qtbot):
    view.focus_list()
    qtbot.keyClick(view.documents.list, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: view.pane.isAncestorOf(view.focusWidget()))


def test_failed_search_says_so_and_can_be_tried_again(view, library, qtbot, monkeypatch):
    def broken(_request, _cancel):
        raise OSError("gone")

    with monkeypatch.context() as patch:
        patch.setattr(library, "search", broken)
        with qtbot.waitSignal(view.failed):
            view.searching.search("rain")
    assert view.documents.state.title() == "The search failed"
    with qtbot.waitSignal(view.answered):
        view.documents.state.ways()[0].click()
    assert view.documents.is_showing_list()


def test_colours_can_change(view):
    light = view.grab().toImage()
    view.set_colours(DARK)
    assert view.grab().toImage() != light


def test_the_concordance_takes_the_place_of_the_list_with_a_width_of_its_own(view, qtbot):
    view.views.show_view(0)
    before = view.splitter.sizes()
    with qtbot.waitSignal(view.concordance.listed):
        view.menu_parts()[1][1].trigger()
    assert view.concordance.isVisible()
    assert not view.documents.isVisible()
    assert view.splitter.sizes()[0] > before[0]
    view.focus_list()
    assert view.concordance.state.title() == "Every hit in its context"
    view.menu_parts()[1][0].trigger()
    assert view.splitter.sizes() == before
    assert view.documents.isVisible()


def test_the_list_that_is_shown_is_exported(view, qtbot, tmp_path):
    search(view, qtbot, "harbour")
    view.documents.list_export_wanted.emit()
    (dialog,) = view.findChildren(QFileDialog)
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    dialog.setDirectory(str(tmp_path))
    dialog.selectFile("list.csv")
    with qtbot.waitSignal(view.ended):
        dialog.accept()
    assert "alpha.txt" in (tmp_path / "list.csv").read_text("utf-8-sig")


def test_back_selects_the_row_again_and_opens_what_is_not_listed_any_more(view, qtbot):
    back = view.menu_parts()[2][0]
    view.go_document(1)
    qtbot.waitUntil(lambda: shown(view) == "beta.txt")
    back.trigger()
    qtbot.waitUntil(lambda: shown(view) == "alpha.txt")
    assert view.documents.list.current_row() == 0
    search(view, qtbot, "rain")
    qtbot.waitUntil(lambda: shown(view) == "beta.txt")
    back.trigger()
    qtbot.waitUntil(lambda: shown(view) == "alpha.txt")
    # What is done to selected documents is not done to another than the one on the page.
    assert len(view.documents.list.selected_ids()) == 0
    assert not view.pane.navigator.document_label.isVisible()
    with qtbot.waitSignal(view.answered):
        view.searching.refresh()
    assert shown(view) == "alpha.txt", "what came meanwhile does not turn the page"
    view.go_document(1)
    qtbot.waitUntil(lambda: shown(view) == "beta.txt")


def test_folded_duplicates_stay_folded_in_the_next_run(view, make, library, qtbot):
    with qtbot.waitSignal(view.answered):
        view.searching.fold(True)
    state = view.state(LibraryState())
    assert state.fold_duplicates
    view.detach()
    again = make()
    with qtbot.waitSignal(again.answered) as answered:
        again.attach(library, state)

    assert answered.args[0].result.request.fold_duplicates
    assert again.state(LibraryState()).fold_duplicates
    again.detach()


def test_what_stands_beside_the_title_fits_where_the_system_writes_large(view, qtbot):
    large = view.font()
    large.setPointSizeF(2.5 * large.pointSizeF())
    view.setFont(large)
    view.splitter.setSizes([view.width(), 0])
    place = view.pane.navigator
    assert place.isVisible()
    qtbot.waitUntil(lambda: place.width() >= place.sizeHint().width())
    assert view.pane.header.rect().contains(place.geometry())
