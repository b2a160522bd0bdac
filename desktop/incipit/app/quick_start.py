"""What a start does not wait for: work that Python and libraries do beside being imported."""

from __future__ import annotations

import builtins
import gc
import importlib
import os

_THREADS = "OPENBLAS_NUM_THREADS"


def begin() -> None:
    """Import NumPy and Qt's bindings, and look for no garbage until `finish`.

    NumPy's library for matrices would start a thread for each core, which keep all of them busy
    for a tenth of a second; nothing here multiplies matrices. Qt's bindings would from then on
    search the source of every module that is imported for switches of theirs (``from
    __feature__ import``), which nothing here uses.
    """
    gc.disable()
    asked = os.environ.get(_THREADS)
    os.environ[_THREADS] = "1"
    importlib.import_module("numpy")
    # Programs that are started from here are free to calculate.
    if asked is None:
        del os.environ[_THREADS]
    else:
        os.environ[_THREADS] = asked
    plain_import = builtins.__import__
    importlib.import_module("PySide6.QtCore")
    builtins.__import__ = plain_import


def finish() -> None:
    """Look for garbage again, among what comes from now on only: what is there by now stays."""
    if not gc.isenabled():
        gc.freeze()
        gc.enable()
