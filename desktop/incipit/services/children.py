"""Processes that start with no more than they need."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

_THREADS = "OPENBLAS_NUM_THREADS"


@contextmanager
def one_matrix_thread() -> Iterator[None]:
    """Have NumPy start no threads where it is imported in the block, or in what starts there.

    Its library for matrices would start one for each core, which keep all of them busy for a
    tenth of a second; nothing here multiplies matrices. Programs that are started later are free
    to calculate.
    """
    asked = os.environ.get(_THREADS)
    os.environ[_THREADS] = "1"
    try:
        yield
    finally:
        if asked is None:
            del os.environ[_THREADS]
        else:
            os.environ[_THREADS] = asked
