"""Searches run on a real library off the UI thread; the latest one is the one that shows."""

from __future__ import annotations

import threading

import pytest

from incipit.models import SearchRequest, SortKey
from incipit.ui import search_control
from incipit.ui.search_control import Keep, SearchControl


@pytest.fixture
def kept():
    return []


@pytest.fixture
def control(library, bridge, kept):
    made = SearchControl(bridge, lambda: kept[-1] if kept else Keep())
    made.attach(library, SearchRequest())
    yield made
    made.detach()


def ask(control, qtbot, act):
    with qtbot.waitSignal(control.found) as found:
        act()
    return found.args[0]


def titles(outcome):
    return [row.document.title for row in outcome.rows]


def test_outcome_comes_with_its_first_rows(control, qtbot):
    outcome = ask(control, qtbot, lambda: control.search("harbour"))
    assert sorted(titles(outcome)) == ["The first letter", "The third letter"]
    assert outcome.result.total_hits == 3
    assert (outcome.first, outcome.is_new) == (0, True)


def test_of_many_searches_the_last_one_shows(control, qtbot):
    shown = []
    control.found.connect(lambda outcome: shown.append(outcome.result.request.query))
    for length in range(1, 8):
        control.search("harbour"[:length])
    qtbot.waitUntil(lambda: "harbour" in shown)
    assert shown == ["harbour"]


def test_asking_the_same_again_is_not_new_and_keeps_its_place(control, kept, qtbot):
    outcome = ask(control, qtbot, lambda: control.search("harbour"))
    last = int(outcome.result.document_ids[1])
    kept.append(Keep(selected_id=last, top_id=last))
    again = ask(control, qtbot, control.refresh)
    assert (again.is_new, again.selected_row, again.top_row) == (False, 1, 1)


def test_document_that_is_gone_is_not_kept(control, kept, qtbot):
    kept.append(Keep(selected_id=99_999))
    assert ask(control, qtbot, control.refresh).selected_row is None


def test_order_changes_and_the_query_stays(control, qtbot):
    ask(control, qtbot, lambda: control.search("letter"))
    down = ask(control, qtbot, lambda: control.reorder(SortKey.NAME, descending=True))
    up = ask(control, qtbot, lambda: control.reorder(SortKey.NAME, descending=False))
    assert (
        titles(down)
        == titles(up)[::-1]
        == ["The third letter", "The second letter", "The first letter"]
    )
    assert control.request.query == "letter"


def test_duplicates_can_be_folded(control, qtbot):
    assert not control.request.fold_duplicates
    ask(control, qtbot, lambda: control.fold(True))
    assert control.request.fold_duplicates


def test_many_refreshes_make_one_search(control, qtbot):
    shown = []
    control.found.connect(shown.append)
    for _ in range(5):
        control.refresh_soon()
    qtbot.waitUntil(lambda: bool(shown), timeout=500)
    for _ in range(5):
        control.refresh_soon()
        qtbot.wait(20)
    assert len(shown) == 1, "the second refresh has to wait for its time"


def test_rows_of_a_page_come_with_their_generation(control, qtbot):
    outcome = ask(control, qtbot, lambda: control.search("harbour"))
    with qtbot.waitSignal(control.rows_came) as came:
        control.load_rows(7, outcome.result, 0, 64)
    generation, first, rows = came.args
    assert (generation, first, len(rows)) == (7, 0, 2)


def test_completions_come_with_what_they_complete(control, qtbot):
    with qtbot.waitSignal(control.completed) as came:
        control.complete("har")
    prefix, completions = came.args
    assert prefix == "har"
    assert [(found.word, found.documents) for found in completions] == [("harbour", 2)]


def test_suggestions_come_for_a_query_without_results(control, qtbot):
    ask(control, qtbot, lambda: control.search("harbuor"))
    with qtbot.waitSignal(control.suggested) as came:
        control.suggest(has_results=False)
    query, suggestions = came.args
    assert query == "harbuor"
    assert "harbour" in [found.query for found in suggestions]


def test_phrase_is_offered_beside_results(control, qtbot):
    ask(control, qtbot, lambda: control.search("s 400"))
    with qtbot.waitSignal(control.suggested) as came:
        control.suggest(has_results=True)
    assert [found.query for found in came.args[1]] == ['"s 400"']


def test_search_that_was_meant_is_in_the_history(control, library, qtbot):
    control.remember("harbour")
    qtbot.waitUntil(lambda: library.recent_searches() == ("harbour",))


def test_empty_search_is_not_remembered(control, library, bridge, qtbot):
    control.remember("  ")
    done = []
    bridge.run_after_all(lambda: None, done.append)
    qtbot.waitUntil(lambda: bool(done))
    assert library.recent_searches() == ()


def test_detached_control_asks_nothing(control, qtbot):
    control.detach()
    with qtbot.assertNotEmitted(control.found, wait=50):
        control.search("harbour")
        control.refresh()
        control.complete("har")
        control.suggest(has_results=False)


def test_library_is_never_called_on_the_ui_thread(control, library, qtbot, monkeypatch):
    threads = set()
    real = library.search

    def watched(request, cancel):
        threads.add(threading.current_thread())
        return real(request, cancel)

    monkeypatch.setattr(library, "search", watched)
    ask(control, qtbot, lambda: control.search("rain"))
    assert threads
    assert threading.main_thread() not in threads


def test_failure_is_announced(control, library, qtbot, monkeypatch):
    def broken(_request, _cancel):
        raise OSError("gone")

    monkeypatch.setattr(library, "search", broken)
    with qtbot.waitSignal(control.failed) as failed:
        control.search("x")
    assert isinstance(failed.args[0], OSError)


def test_slow_search_is_said_to_be_under_way(control, library, qtbot, monkeypatch):
    may_end = threading.Event()
    real = library.search

    def slow(request, cancel):
        may_end.wait(5)
        return real(request, cancel)

    monkeypatch.setattr(library, "search", slow)
    with qtbot.waitSignal(control.slow):
        control.search("rain")
    with qtbot.waitSignal(control.found):
        may_end.set()


def test_orders_are_read_ahead(library, bridge, monkeypatch, qtbot):
    monkeypatch.setattr(search_control, "_AHEAD_MS", 0)
    read = threading.Event()
    prepare = library.prepare_orders
    monkeypatch.setattr(library, "prepare_orders", lambda cancel: prepare(cancel) or read.set())
    control = SearchControl(bridge, Keep)
    control.attach(library, SearchRequest())
    qtbot.waitUntil(read.is_set)
    control.detach()
