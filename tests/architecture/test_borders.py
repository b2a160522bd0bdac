"""What import-linter cannot see: SQL in strings, imports by name, Qt by accident, the network."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

SQL = re.compile(
    r"\s*(select\s.*\bfrom\b|insert\s+(or\s+\w+\s+)?into\b|update\s+\w+\s+set\b|delete\s+from\b"
    r"|replace\s+into\b|create\s+(temp\w*\s+|virtual\s+|unique\s+)*(table|index|view|trigger)\b"
    r"|alter\s+table\b|drop\s+(table|index|view|trigger)\b|pragma\s+\w+|with\s+\w+\s+as\s*\("
    r"|begin\s+(immediate|exclusive|deferred)\b|attach\s+database\b|vacuum\b)",
    re.IGNORECASE | re.DOTALL,
)

#: Libraries that live in one place, and the modules (by prefix) that may name them.
HOMES = {
    "PySide6": ("incipit.ui", "incipit.app"),
    "shiboken6": ("incipit.ui", "incipit.app"),
    "whoosh": ("incipit.index",),
    "sqlite3": ("incipit.store",),
    "sqlite_utils": ("incipit.store",),
    "appdirs": ("incipit.paths",),
}

#: Modules of the standard library that speak to the network.
NETWORK = {
    "ftplib", "http", "imaplib", "poplib", "smtplib", "socketserver", "ssl", "telnetlib",
    "urllib.request", "xmlrpc",
}  # fmt: skip

#: What `socket` may be used for: a pair of connected ends inside the process.
LOCAL_SOCKET = {"socketpair"}

#: The part of QtNetwork that stays on the machine: sockets in the file system.
LOCAL_QT_NETWORK = {"QLocalServer", "QLocalSocket"}

IMPORT_WITHOUT_QT = """
import importlib, sys

class Blocker:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {"PySide6", "shiboken6"}:
            raise ImportError(f"{name} is blocked in this test")

sys.meta_path.insert(0, Blocker())
for name in sys.argv[1:]:
    importlib.import_module(name)
assert not any(name.startswith(("PySide6", "shiboken6")) for name in sys.modules)
print(len(sys.argv) - 1)
"""


def test_sql_stands_in_store_only(modules: dict[str, Path]) -> None:
    found = [
        f"{name}:{node.lineno}: {node.value.strip()[:60]}"
        for name, path in modules.items()
        if not name.startswith("incipit.store")
        for node in _strings(path)
        if SQL.match(node.value)
    ]

    assert found == []


def test_the_pattern_knows_the_sql_of_the_store(modules: dict[str, Path]) -> None:
    strings = [
        node.value
        for name, path in modules.items()
        if name.startswith("incipit.store")
        for node in _strings(path)
    ]

    assert sum(bool(SQL.match(string)) for string in strings) > 20


@pytest.mark.parametrize(
    "prose", ["Select a document in the list", "Update the list", "With hits", "Create a library"]
)
def test_the_pattern_wants_more_than_a_first_word(prose: str) -> None:
    assert SQL.match(prose) is None


def test_no_library_is_imported_by_name_outside_its_home(modules: dict[str, Path]) -> None:
    found = [
        f"{name}: {library}"
        for name, path in modules.items()
        for library in _named_imports(path)
        if not name.startswith(HOMES.get(library.partition(".")[0], ("incipit",)))
    ]

    assert found == []


def test_everything_below_the_window_imports_without_qt(modules: dict[str, Path]) -> None:
    below = [name for name in modules if not name.startswith(("incipit.ui", "incipit.app"))]

    result = subprocess.run(
        [sys.executable, "-c", IMPORT_WITHOUT_QT, *below],
        env=os.environ | {"PYTHONPATH": str(modules["incipit"].parents[1])},
        capture_output=True,
        text=True,
    )

    assert result.returncode == 0, result.stderr
    assert int(result.stdout) == len(below)


def test_nothing_can_reach_the_network(modules: dict[str, Path]) -> None:
    found = [
        f"{name}: {imported}"
        for name, path in modules.items()
        for imported in _imports(path)
        if _reaches_out(imported)
    ]

    assert found == []


def test_sockets_stay_inside_the_process(modules: dict[str, Path]) -> None:
    found = [
        f"{name}:{node.lineno}: socket.{node.attr}"
        for name, path in modules.items()
        if "socket" in _imports(path)
        for node in ast.walk(_tree(path))
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.value.id == "socket"
        and node.attr not in LOCAL_SOCKET
    ]
    found += [
        f"{name}: {imported}"
        for name, path in modules.items()
        for imported in _imports(path)
        if imported.startswith("socket.")
    ]

    assert found == []


def _reaches_out(imported: str) -> bool:
    if imported.startswith("PySide6.QtNetwork"):
        return imported.rpartition(".")[2] not in LOCAL_QT_NETWORK
    return any(imported == name or imported.startswith(name + ".") for name in NETWORK)


def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"), str(path))


def _strings(path: Path) -> list[ast.Constant]:
    """Return the string constants of a module, its docstrings left out."""
    tree = _tree(path)
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    return [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and id(node) not in docstrings
    ]


def _imports(path: Path) -> list[str]:
    """Return the dotted names that a module imports, `from a import b` as `a.b`."""
    found: list[str] = []
    for node in ast.walk(_tree(path)):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            found += [f"{node.module}.{alias.name}" for alias in node.names]
    return found


def _named_imports(path: Path) -> list[str]:
    """Return the constant names given to import_module and __import__."""
    return [
        node.args[0].value
        for node in ast.walk(_tree(path))
        if isinstance(node, ast.Call)
        and (getattr(node.func, "attr", "") or getattr(node.func, "id", ""))
        in {"import_module", "__import__"}
        and node.args
        and isinstance(node.args[0], ast.Constant)
    ]
