"""The command ``incipit``: a command's name goes to the command line, all else to the window."""

from __future__ import annotations

import sys
from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Run ``incipit`` with ``arguments`` (those of the process when None); return its exit code.

    ``incipit`` alone or with paths opens the window. A path that is also a command's name is
    given as ``./import``.
    """
    given = list(sys.argv[1:] if arguments is None else arguments)
    if is_for_window(given):
        from incipit.app import quick_start

        quick_start.begin()
        from incipit.app.main import run

        return run(given)
    if given in (["--install-desktop"], ["--remove-desktop"]):
        from incipit.app.desktop_entry import run as run_option

        return run_option(given[0])
    from incipit.cli.main import run as run_command

    return run_command(given)


def is_for_window(arguments: Sequence[str]) -> bool:
    """Return whether nothing in ``arguments`` is for the command line."""
    from incipit.cli import COMMANDS

    rest = list(arguments)
    while rest:
        first = rest.pop(0)
        if first == "--library":
            rest[:1] = []
        elif not first.startswith("--library="):
            return (first not in COMMANDS and not first.startswith("-")) or first == "--"
    return True


if __name__ == "__main__":
    sys.exit(main())
