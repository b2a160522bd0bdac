"""The keys of the program as a page, read from the actions in its menus."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar

#: Keys of their own that the system's bindings name and few keyboards have.
_RARE_KEYS = frozenset(("Open", "Save", "Undo", "Paste", "Copy", "Cut", "Find", "Print", "Exit"))


def shortcuts_page(bar: QMenuBar) -> str:
    """Return Markdown with a table for each menu that has actions with keys."""
    translate = QCoreApplication.translate
    parts = ["# " + translate("ShortcutList", "Keyboard Shortcuts")]
    head = translate("ShortcutList", "Action"), translate("ShortcutList", "Keys")
    for entry in bar.actions():
        rows = list(_rows(entry))
        if rows:
            lines = [f"| {words} | {keys} |" for words, keys in (head, ("---", "---"), *rows)]
            parts.append(f"## {_plain(entry.text())}\n\n" + "\n".join(lines))
    return "\n\n".join(parts) + "\n"


def _rows(entry: QAction) -> Iterator[tuple[str, str]]:
    """Yield words and keys of the actions below a menu's entry."""
    menu = entry.menu()
    for action in menu.actions() if isinstance(menu, QMenu) else ():
        keys = [
            key.toString(QKeySequence.SequenceFormat.NativeText)
            for key in action.shortcuts()
            if key.toString() not in _RARE_KEYS
        ]
        if keys:
            yield _plain(action.text()), ", ".join(f"`{key}`" for key in keys)
        yield from _rows(action)


def _plain(words: str) -> str:
    return words.replace("&&", "\0").replace("&", "").replace("\0", "&").removesuffix("…")
