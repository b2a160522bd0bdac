"""What is shown can be translated: it goes through tr(), in a form that translators' tools read."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

#: Calls whose first argument, or the one at that place, is shown as it stands.
SHOWING = {
    "addAction": 0, "addButton": 0, "addItem": 0, "addMenu": 0, "addSection": 0, "addTab": 1,
    "drawText": -1, "setAccessibleDescription": 0, "setAccessibleName": 0, "setDetailedText": 0,
    "setInformativeText": 0, "setPlaceholderText": 0, "setPrefix": 0, "setStatusTip": 0,
    "setSuffix": 0, "setText": 0, "setTitle": 0, "setToolTip": 0, "setWindowTitle": 0, "tell": 0,
    "QAction": 0, "QCheckBox": 0, "QGroupBox": 0, "QLabel": 0, "QPushButton": 0, "QRadioButton": 0,
    "QToolButton": 0,
}  # fmt: skip

#: The name of the program is the same in every language.
NAMES = {"Incipit"}


@pytest.fixture
def windows(modules: dict[str, Path]) -> dict[str, ast.Module]:
    """Return the modules that show something, read."""
    return {
        name: ast.parse(path.read_text("utf-8"))
        for name, path in modules.items()
        if name.startswith(("incipit.ui.", "incipit.app."))
    }


def calls(tree: ast.Module) -> Iterator[tuple[str, ast.Call]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield getattr(node.func, "attr", getattr(node.func, "id", "")), node


def untranslated(tree: ast.Module) -> Iterator[str]:
    """Yield the words that a call shows without their having gone through tr()."""
    for name, call in calls(tree):
        place = SHOWING.get(name)
        if place is None or len(call.args) <= max(place, 0):
            continue
        shown = call.args[place]
        if isinstance(shown, ast.Constant | ast.JoinedStr):
            for part in ast.walk(shown):
                words = part.value if isinstance(part, ast.Constant) else None
                if isinstance(words, str) and any(map(str.isalpha, words)):
                    yield words


def test_every_word_that_is_shown_goes_through_tr(windows: dict[str, ast.Module]) -> None:
    found = {name: set(untranslated(tree)) - NAMES for name, tree in windows.items()}

    assert {name: words for name, words in found.items() if words} == {}


def test_what_goes_through_tr_stands_there_word_for_word(windows: dict[str, ast.Module]) -> None:
    texts = [
        (name, call.args[0 if called == "tr" else 1])
        for name, tree in windows.items()
        for called, call in calls(tree)
        if called in {"tr", "translate"}
    ]

    assert len(texts) > 100
    assert [name for name, text in texts if not isinstance(text, ast.Constant)] == []


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ('label.setText("Gone")', ["Gone"]),
        ('QLabel(f"{count} files")', [" files"]),
        ('label.setText(self.tr("Gone"))', []),
        ('label.setText(f"{name} ({key})")', []),
    ],
)
def test_the_search_finds_what_it_should(code: str, words: list[str]) -> None:
    assert list(untranslated(ast.parse(code))) == words
