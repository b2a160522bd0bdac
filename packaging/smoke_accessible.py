"""Print what a screen reader finds in a running Incipit, as JSON: smoke_accessible.py PID.

Runs under the system's own Python, which has the bindings of AT-SPI (Debian: python3-gi and
gir1.2-atspi-2.0), in the D-Bus session of the program. The lists hold the names of everything
that is showing, by role; ``rows`` is the number of documents listed, or null where there is no
list, and ``cells`` are the first of them. Nothing at all is ``{}``.
"""

from __future__ import annotations

import importlib
import json
import sys
from collections.abc import Iterator
from types import ModuleType
from typing import Any

#: An object of the bindings, which have no types.
_Node = Any

_MOST_CELLS = 12
_MOST_CHARACTERS = 4000


def main(pid: int) -> None:
    """Print the tree of the process ``pid``."""
    importlib.import_module("gi").require_version("Atspi", "2.0")
    atspi = importlib.import_module("gi.repository.Atspi")
    desktop = atspi.get_desktop(0)
    for place in range(desktop.get_child_count()):
        program = desktop.get_child_at_index(place)
        if program is not None and program.get_process_id() == pid:
            print(json.dumps(_said(atspi, program)))
            return
    print("{}")


def _said(atspi: ModuleType, program: _Node) -> dict[str, Any]:
    said: dict[str, Any] = {"rows": None, "cells": []}
    for node in _walk(atspi, program):
        role, name = node.get_role_name(), node.get_name()
        if role == "table" and name == "Documents":
            table = node.get_table_iface()
            said["rows"] = atspi.Table.get_n_rows(table)
            first = range(min(said["rows"], _MOST_CELLS))
            cells = [atspi.Table.get_accessible_at(table, row, 0) for row in first]
            said["cells"] = [cell.get_name() for cell in cells if cell is not None]
            continue
        text = node.get_text_iface()
        if text is not None:
            length = min(atspi.Text.get_character_count(text), _MOST_CHARACTERS)
            name = f"{name}: {atspi.Text.get_text(text, 0, length)}"
        if name:
            said.setdefault(role, []).append(name)
    return said


def _walk(atspi: ModuleType, node: _Node) -> Iterator[_Node]:
    """Yield what is showing, and below the list of documents nothing: it may be long."""
    for place in range(node.get_child_count()):
        child = node.get_child_at_index(place)
        if child is None or not child.get_state_set().contains(atspi.StateType.SHOWING):
            continue
        yield child
        if child.get_role_name() != "table":
            yield from _walk(atspi, child)


if __name__ == "__main__":
    main(int(sys.argv[1]))
