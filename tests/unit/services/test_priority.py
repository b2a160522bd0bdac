"""Processes of the window's own let it go first, each as far as others wait for it."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import pytest

from incipit.services import priority

pytestmark = pytest.mark.skipif(not hasattr(os, "nice"), reason="there is no niceness to lower")


def state_after(act: Callable[[], object] | None) -> tuple[bool, int]:
    """Return whether a fresh process gives way after ``act``, and how it is scheduled."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(_state_after, act).result()


def _state_after(act: Callable[[], object] | None) -> tuple[bool, int]:
    if act is not None:
        act()
    policy = os.sched_getscheduler(0) if sys.platform == "linux" else 0
    return priority.gives_way(), policy


def test_a_process_gives_way_once_it_is_told_to() -> None:
    assert not state_after(None)[0]
    assert state_after(priority.give_way)[0]


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has times that nobody wants")
def test_what_only_calculates_is_taken_off_at_once_and_what_holds_locks_is_not() -> None:
    assert state_after(priority.take_what_is_left) == (True, os.SCHED_IDLE)
    assert state_after(priority.give_way) == (True, os.SCHED_OTHER)
