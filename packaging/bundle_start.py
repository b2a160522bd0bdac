"""Where the bundle starts: worker processes come in here too, and must be let through."""

from __future__ import annotations

import multiprocessing
import os
import sys
from collections.abc import MutableMapping

from incipit.__main__ import main

#: What the bundle's loader sets for the bundle's own libraries and plugins.
_OURS = ("LD_LIBRARY_PATH", "QT_PLUGIN_PATH", "QML2_IMPORT_PATH")


def hand_back(environment: MutableMapping[str, str]) -> None:
    """Undo what the loader set, for the programs that are started from here.

    This process has its libraries by now, and Qt finds its plugins beside them; a file manager
    or an editor would load ours instead of its own. Worker processes are copies of this
    program: they are told to begin as if by themselves, and their loader sets it all again.
    """
    for name in _OURS:
        environment.pop(name, None)
    before = environment.pop("LD_LIBRARY_PATH_ORIG", None)
    if before is not None:
        environment["LD_LIBRARY_PATH"] = before
    environment["PYINSTALLER_RESET_ENVIRONMENT"] = "1"


if __name__ == "__main__":
    hand_back(os.environ)
    multiprocessing.freeze_support()
    sys.exit(main())
