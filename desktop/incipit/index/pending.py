"""Names of files that are written but not yet part of an index, and who may remove them.

A name carries the process on whose behalf it was written: that of a worker's parent, which
will commit it. The next writer removes what was left by processes that are gone.
"""

from __future__ import annotations

import os
import re
import secrets
import sys
import time
from multiprocessing import parent_process
from pathlib import Path

_NAME = re.compile(r"^\.pending-(\d+)-([0-9a-f]{16})\.cols$")
_STALE_AFTER_S = 24 * 3600.0


def new_pending_path(folder: Path) -> Path:
    """Return a new temporary name in ``folder``; nothing is created."""
    parent = parent_process()
    owner = os.getpid() if parent is None or parent.pid is None else parent.pid
    return folder / f".pending-{owner}-{secrets.token_hex(8)}.cols"


def segment_id_of(name: str) -> str:
    """Return the segment id in a temporary name.

    Raises:
        ValueError: it is not such a name.
    """
    match = _NAME.match(name)
    if match is None:
        raise ValueError(f"{name} is not a pending segment")
    return match[2]


def remove_abandoned(folder: Path, keep: frozenset[str]) -> list[str]:
    """Remove pending files whose owner is gone, except those in ``keep``; return their names."""
    removed = []
    for path in folder.iterdir():
        match = _NAME.match(path.name)
        if match is None or path.name in keep:
            continue
        try:
            age_s = time.time() - path.stat().st_mtime
            if age_s > _STALE_AFTER_S or not _is_running(int(match[1])):
                path.unlink()
                removed.append(path.name)
        except OSError:
            continue  # Another writer was faster, or the file is in use: it will be seen again.
    return removed


def _is_running(pid: int) -> bool:
    if sys.platform == "win32":
        return _is_running_on_windows(pid)
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _is_running_on_windows(pid: int) -> bool:
    """Ask the kernel: on Windows, ``os.kill`` with any number ends the process."""
    import ctypes

    still_active, query_limited = 259, 0x1000
    kernel = ctypes.windll.kernel32  # type: ignore[attr-defined,unused-ignore] # Windows only
    handle = kernel.OpenProcess(query_limited, False, pid)
    if not handle:
        return False
    code = ctypes.c_ulong()
    kernel.GetExitCodeProcess(handle, ctypes.byref(code))
    kernel.CloseHandle(handle)
    return code.value == still_active
