"""Work runs off the UI thread, its outcome comes back to it, and stale outcomes do not."""

from __future__ import annotations

import gc
import threading
import weakref

import pytest

from incipit.errors import Cancelled
from incipit.ui.bridge import Bridge


def test_work_runs_elsewhere_and_its_outcome_comes_here(bridge, qtbot):
    threads = []
    came = []
    bridge.run(
        lambda _cancel: threads.append(threading.current_thread()) or 41,
        lambda value: came.append((value, threading.current_thread())),
    )
    qtbot.waitUntil(lambda: bool(came))
    assert came == [(41, threading.main_thread())]
    assert threads[0] is not threading.main_thread()


def test_exception_goes_to_who_asked(bridge, qtbot):
    came = []
    bridge.run(lambda _cancel: 1 // 0, pytest.fail, failed=came.append)
    qtbot.waitUntil(lambda: bool(came))
    assert isinstance(came[0], ZeroDivisionError)


def test_exception_that_nobody_asked_for_is_announced(bridge, qtbot):
    with qtbot.waitSignal(bridge.failed) as announced:
        bridge.run(lambda _cancel: 1 // 0, pytest.fail)
    assert isinstance(announced.args[0], ZeroDivisionError)


def test_newer_run_in_a_lane_cancels_the_older_and_drops_its_outcome(bridge, qtbot):
    older_may_end = threading.Event()
    seen = []
    came = []

    def older(cancel):
        older_may_end.wait(5)
        seen.append(cancel.is_set())
        return "older"

    bridge.run(older, came.append, lane="search")
    bridge.run(lambda _cancel: "newer", came.append, lane="search")
    qtbot.waitUntil(lambda: came == ["newer"])
    older_may_end.set()
    qtbot.waitUntil(lambda: seen == [True])
    done = []
    bridge.run_after_all(lambda: None, done.append)
    qtbot.waitUntil(lambda: bool(done))
    assert came == ["newer"]


def test_outcome_that_was_on_its_way_when_it_became_stale_is_dropped(bridge, qtbot):
    finished = threading.Event()
    came = []

    def work(_cancel):
        finished.set()
        return "stale"

    bridge.run(work, came.append, lane="search")
    assert finished.wait(5)
    # The outcome waits in the queue of this thread now; the newer question comes first.
    bridge.run(lambda _cancel: "fresh", came.append, lane="search")
    qtbot.waitUntil(lambda: "fresh" in came)
    assert came == ["fresh"]


def test_lanes_do_not_disturb_each_other(bridge, qtbot):
    came = []
    bridge.run(lambda _cancel: "rows", came.append, lane="rows")
    bridge.run(lambda _cancel: "search", came.append, lane="search")
    qtbot.waitUntil(lambda: sorted(came) == ["rows", "search"])


def test_cancelled_work_is_no_failure(bridge, qtbot):
    def work(_cancel):
        raise Cancelled

    done = []
    bridge.run(work, pytest.fail, failed=pytest.fail)
    bridge.run_after_all(lambda: "after", done.append)
    qtbot.waitUntil(lambda: done == ["after"])


def test_listener_brings_events_of_any_thread_here_in_order(bridge, qtbot):
    came = []
    tell = bridge.listener(lambda event: came.append((event, threading.current_thread())))
    speaker = threading.Thread(target=lambda: [tell(number) for number in range(5)])
    speaker.start()
    speaker.join()
    qtbot.waitUntil(lambda: len(came) == 5)
    assert came == [(number, threading.main_thread()) for number in range(5)]


def test_run_after_all_waits_for_what_is_under_way(bridge, qtbot):
    may_end = threading.Event()
    order = []
    bridge.run(lambda _cancel: may_end.wait(5) and order.append("first"), lambda _none: None)
    bridge.run_after_all(lambda: order.append("last"), lambda _none: order.append("told"))
    may_end.set()
    qtbot.waitUntil(lambda: "told" in order)
    assert order == ["first", "last", "told"]


def test_closing_cancels_and_waits():
    bridge = Bridge()
    began = threading.Event()

    def work(cancel):
        began.set()
        while not cancel.is_set():
            began.wait(0.001)

    bridge.run(work, pytest.fail)
    assert began.wait(5)
    assert bridge.close()
    ticket = bridge.run(lambda _cancel: pytest.fail("ran after closing"), pytest.fail)
    assert ticket.is_set()


def test_closing_does_not_wait_for_what_never_began():
    bridge = Bridge(workers=1)
    began = threading.Event()
    bridge.run(lambda cancel: began.set() or [None for _ in iter(cancel.is_set, True)], pytest.fail)
    bridge.run(lambda _cancel: pytest.fail("ran after closing"), pytest.fail)
    assert began.wait(5)
    assert bridge.close(limit_s=2)


def test_closing_says_when_a_call_would_not_end(caplog):
    bridge = Bridge()
    may_end = threading.Event()
    bridge.run(lambda _cancel: may_end.wait(10), lambda _none: None)
    assert not bridge.close(limit_s=0.05)
    assert "did not end" in caplog.text
    may_end.set()


def test_thread_that_goes_on_holds_neither_bridge_nor_callbacks():
    class Owner:
        def take(self, _value):
            pytest.fail("told after closing")

    bridge, owner = Bridge(), Owner()
    may_end, ended = threading.Event(), threading.Event()

    def work(_cancel):
        may_end.wait(10)
        ended.set()

    bridge.run(work, owner.take)
    bridge.close(limit_s=0)
    left = [weakref.ref(bridge), weakref.ref(owner)]
    del bridge, owner
    gc.collect()
    assert [one() for one in left] == [None, None]
    may_end.set()
    assert ended.wait(5)
