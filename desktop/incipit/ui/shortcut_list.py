"""The keys of the program as a page, read from the actions in its menus.

What the lines of the concordance do with keys and mouse stands in no menu, and is added.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

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
            parts.append(_table(_plain(entry.text()), (head, *rows)))
    parts.append(_table(translate("ShortcutList", "Concordance"), (head, *_in_lines())))
    return "\n\n".join(parts) + "\n"


def _table(heading: str, rows: Sequence[tuple[str, str]]) -> str:
    head, *body = rows
    lines = [f"| {words} | {keys} |" for words, keys in (head, ("---", "---"), *body)]
    return f"## {heading}\n\n" + "\n".join(lines)


def _in_lines() -> Iterator[tuple[str, str]]:
    """Yield what the keys mean that `concordance_list` takes."""
    translate = QCoreApplication.translate
    left, right = (_native(keys) for keys in ("Ctrl+Left", "Ctrl+Right"))
    yield (
        translate("ShortcutList", "Sort by the next word to the left or right"),
        f"{left}, {right}",
    )
    yield (
        translate("ShortcutList", "Sort by a word"),
        translate("ShortcutList", "double click on it"),
    )
    yield translate("ShortcutList", "Show the hit on the page"), _native("Return")
    yield translate("ShortcutList", "First and last line"), f"{_native('Home')}, {_native('End')}"
    yield translate("ShortcutList", "Copy the selected lines"), _native("Ctrl+C")


def _native(keys: str) -> str:
    return f"`{QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)}`"


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
