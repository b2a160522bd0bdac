"""What a start does not wait for: work that Python and Qt's bindings do beside every import."""

from __future__ import annotations

import builtins
import gc
import importlib


def begin() -> None:
    """Import Qt's bindings and look for no garbage until `finish`.

    From then on they would search the source of every module that is imported for switches of
    theirs (``from __feature__ import``), which nothing here uses: a tenth of a start.
    """
    gc.disable()
    plain_import = builtins.__import__
    importlib.import_module("PySide6.QtCore")
    builtins.__import__ = plain_import


def finish() -> None:
    """Look for garbage again, among what comes from now on only: what is there by now stays."""
    if not gc.isenabled():
        gc.freeze()
        gc.enable()
