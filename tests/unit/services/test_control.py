"""Orders to running work: end, end until the next start, hold, go on."""

from __future__ import annotations

import threading

from incipit.services.control import JobControl


def test_cancel_is_for_good_and_stop_is_not() -> None:
    cancelled, stopped = JobControl(), JobControl()
    assert not cancelled.is_set()
    cancelled.cancel()
    stopped.stop()
    assert (cancelled.is_set(), cancelled.for_good) == (True, True)
    assert (stopped.is_set(), stopped.for_good) == (True, False)


def test_paused_work_waits_until_it_is_resumed() -> None:
    control = JobControl()
    control.pause()
    assert control.paused
    went_on = threading.Event()

    def work() -> None:
        control.wait_while_paused()
        went_on.set()

    worker = threading.Thread(target=work)
    worker.start()
    assert not went_on.wait(0.05)
    control.resume()
    assert went_on.wait(10)
    worker.join()


def test_paused_work_can_be_ended() -> None:
    control = JobControl()
    control.pause()
    control.cancel()
    control.wait_while_paused()
    assert control.is_set()
    control.pause()
    assert not control.paused
