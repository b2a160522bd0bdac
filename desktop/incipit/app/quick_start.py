"""What a start does not wait for: work that Python and libraries do beside being imported."""

from __future__ import annotations

import builtins
import gc
import importlib

from incipit.services.children import one_matrix_thread


def begin() -> None:
    """Import NumPy and Qt's bindings, and look for no garbage until `finish`.

    Qt's bindings would from then on search the source of every module that is imported for
    switches of theirs (``from __feature__ import``), which nothing here uses.
    """
    gc.disable()
    with one_matrix_thread():
        importlib.import_module("numpy")
    plain_import = builtins.__import__
    importlib.import_module("PySide6.QtCore")
    builtins.__import__ = plain_import


def finish() -> None:
    """Look for garbage again, among what comes from now on only: what is there by now stays."""
    if not gc.isenabled():
        gc.freeze()
        gc.enable()
