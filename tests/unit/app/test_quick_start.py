"""A start is not held up by what Python and Qt's bindings do beside every import."""

from __future__ import annotations

import gc
import subprocess
import sys

SEEN = """
import builtins, gc, os, sys
from incipit.app import quick_start
plain, surroundings = builtins.__import__, dict(os.environ)
quick_start.begin()
assert dict(os.environ) == surroundings
assert not os.path.exists("/proc/self/task") or len(os.listdir("/proc/self/task")) == 1
from PySide6.QtCore import QObject
assert builtins.__import__ is plain
assert QObject().metaObject().className() == "QObject"
assert not gc.isenabled()
quick_start.finish()
assert gc.isenabled()
assert gc.get_freeze_count() > 1000
"""


def test_imports_stay_plain_and_garbage_is_looked_for_after_the_start():
    done = subprocess.run([sys.executable, "-c", SEEN], capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")


def test_finishing_what_was_not_begun_changes_nothing():
    from incipit.app import quick_start

    before = gc.get_freeze_count()
    quick_start.finish()
    assert gc.get_freeze_count() == before
    assert gc.isenabled()
