import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent

from incipit.ui.reading_keys import extends_selection, extends_to_end, scroll_step

_NONE = Qt.KeyboardModifier.NoModifier
_SHIFT = Qt.KeyboardModifier.ShiftModifier
_CONTROL = Qt.KeyboardModifier.ControlModifier


def _key(key, modifiers=_NONE):
    return QKeyEvent(QEvent.Type.KeyPress, key, modifiers)


@pytest.mark.parametrize(
    ("event", "step"),
    [
        (_key(Qt.Key.Key_Down), 40),
        (_key(Qt.Key.Key_Up), -40),
        (_key(Qt.Key.Key_PageDown), 400),
        (_key(Qt.Key.Key_PageUp), -400),
        (_key(Qt.Key.Key_Space), 400),
        (_key(Qt.Key.Key_Space, _SHIFT), -400),
        (_key(Qt.Key.Key_X), None),
        (_key(Qt.Key.Key_Home), None),
    ],
)
def test_keys_scroll(event, step):
    assert scroll_step(event, line_px=40, page_px=400) == step


@pytest.mark.parametrize(
    ("event", "extends"),
    [
        (_key(Qt.Key.Key_Right, _SHIFT), True),
        (_key(Qt.Key.Key_Right, _SHIFT | _CONTROL), True),
        (_key(Qt.Key.Key_Down, _SHIFT), True),
        (_key(Qt.Key.Key_Right), False),
        (_key(Qt.Key.Key_A, _CONTROL), False),
    ],
)
@pytest.mark.usefixtures("qapp")
def test_shift_selects(event, extends):
    assert extends_selection(event) is extends


@pytest.mark.usefixtures("qapp")
def test_selecting_to_the_ends_of_the_text():
    assert extends_to_end(_key(Qt.Key.Key_End, _SHIFT | _CONTROL)) is True
    assert extends_to_end(_key(Qt.Key.Key_Home, _SHIFT | _CONTROL)) is False
    assert extends_to_end(_key(Qt.Key.Key_End)) is None
