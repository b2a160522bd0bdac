"""Letting the window go first where its own processes want a processor too.

Niceness divides time, and no more: a process that calculates is left on its processor until the
next tick of the clock, 4 ms and more, while the window, woken meanwhile, waits for it. Linux takes
it off at once where it asked for no more than the time that nobody else wants.
"""

from __future__ import annotations

import contextlib
import os
import sys

_NICENESS = 10
_LEAST = 19


def give_way() -> None:
    """Take less of a processor than the window, in this thread and all that it starts.

    For what holds locks: it gets on, if slowly, while others take all the time there is.
    """
    if hasattr(os, "nice"):
        os.nice(_NICENESS)


def gives_way() -> bool:
    """Return whether this thread takes less than others, or what started it did."""
    return hasattr(os, "nice") and os.nice(0) >= _NICENESS


def take_what_is_left() -> None:
    """Take what time nobody else wants, in this thread and all that it starts.

    For what only calculates: nobody waits for it while others take all the time there is.
    """
    if hasattr(os, "nice"):
        os.nice(_LEAST)
    if sys.platform == "linux":
        # Where a sandbox does not let a program ask for that, niceness has to do.
        with contextlib.suppress(PermissionError):
            os.sched_setscheduler(0, os.SCHED_IDLE, os.sched_param(0))
