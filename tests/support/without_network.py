"""Run a command that dies when it, or a process that it starts, opens a socket to a network.

Run as ``python without_network.py COMMAND...``. The kernel watches (seccomp), so it is proof
for Qt and every other library too, and not for Python alone. Sockets in the file system and
pairs of sockets are free.
"""

from __future__ import annotations

import ctypes
import os
import platform
import struct
import subprocess
import sys
from functools import cache

#: Of each machine: its name for the kernel's audit, and its number of the call ``socket``.
_MACHINES = {"x86_64": (0xC000003E, 41), "aarch64": (0xC00000B7, 198)}
_FAMILIES = (2, 10)  # AF_INET, AF_INET6

_PR_SET_NO_NEW_PRIVS, _PR_SET_SECCOMP, _SECCOMP_MODE_FILTER = 38, 22, 2
_LOAD, _JUMP_IF_EQUAL, _RETURN = 0x20, 0x15, 0x06
_ALLOW, _KILL_PROCESS = 0x7FFF0000, 0x80000000
_AT_CALL, _AT_MACHINE, _AT_FIRST_ARGUMENT = 0, 4, 16

#: The exit code where the kernel cannot watch.
UNAVAILABLE = 77


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("code", ctypes.c_char_p))


def main(command: list[str]) -> int:
    """Have the kernel watch from now on, and become ``command``."""
    machine = _MACHINES.get(platform.machine())
    if not sys.platform.startswith("linux") or machine is None:
        return UNAVAILABLE
    audit, socket_call = machine
    code = b"".join(
        struct.pack("<HBBI", *instruction)
        for instruction in (
            (_LOAD, 0, 0, _AT_MACHINE),
            (_JUMP_IF_EQUAL, 0, 5, audit),
            (_LOAD, 0, 0, _AT_CALL),
            (_JUMP_IF_EQUAL, 0, 3, socket_call),
            (_LOAD, 0, 0, _AT_FIRST_ARGUMENT),
            (_JUMP_IF_EQUAL, 2, 0, _FAMILIES[0]),
            (_JUMP_IF_EQUAL, 1, 0, _FAMILIES[1]),
            (_RETURN, 0, 0, _ALLOW),
            (_RETURN, 0, 0, _KILL_PROCESS),
        )
    )
    program = _Program(len(code) // 8, code)
    system = ctypes.CDLL(None, use_errno=True)
    if system.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0:
        return UNAVAILABLE
    if system.prctl(_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, ctypes.byref(program), 0, 0) != 0:
        return UNAVAILABLE
    return os.execv(command[0], command)


@cache
def can_watch() -> bool:
    """Return whether the kernel of this system can watch for sockets."""
    return subprocess.run([sys.executable, __file__, sys.executable, "-c", ""]).returncode == 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
