"""Run a command as somebody whom permissions bind, whoever starts it.

Run as ``python bound_by_permissions.py COMMAND...``. The superuser may read and write
everything; without two of its capabilities it is held to the permissions of what it owns, and
so is every process that it starts.
"""

from __future__ import annotations

import ctypes
import os
import sys

_PR_CAPBSET_DROP = 24
_CAP_DAC_OVERRIDE, _CAP_DAC_READ_SEARCH = 1, 2


def main(command: list[str]) -> None:
    """Give up the right to pass over permissions and become ``command``."""
    if os.geteuid() == 0:
        system = ctypes.CDLL(None, use_errno=True)
        for right in (_CAP_DAC_OVERRIDE, _CAP_DAC_READ_SEARCH):
            if system.prctl(_PR_CAPBSET_DROP, right, 0, 0, 0) != 0:
                raise OSError(ctypes.get_errno(), "the right could not be given up")
    os.execv(command[0], command)


if __name__ == "__main__":
    main(sys.argv[1:])
