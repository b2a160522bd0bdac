import pytest
from PySide6.QtCore import Qt

from incipit.ui.elided_label import ElidedLabel


@pytest.fixture
def label(qtbot):
    made = ElidedLabel(Qt.TextElideMode.ElideMiddle)
    qtbot.addWidget(made)
    made.setText("/a/long/path/to/some/file.txt")
    made.show()
    return made


def test_a_text_with_room_is_shown_whole(label):
    label.resize(label.sizeHint())
    assert label.shown_text() == label.text()
    assert label.toolTip() == ""


def test_a_text_without_room_is_elided_and_told(label):
    label.resize(100, 20)
    assert "…" in label.shown_text()
    assert label.shown_text().endswith("xt")
    assert label.toolTip() == "/a/long/path/to/some/file.txt"
    assert not label.grab().isNull()


def test_it_asks_for_a_few_characters_only(label):
    assert label.minimumSizeHint().width() < label.sizeHint().width()


def test_markup_and_line_ends_are_plain_text(label):
    label.setText("<b>one</b>\ntwo")
    assert label.text() == "<b>one</b> two"
    assert label.textFormat() == Qt.TextFormat.PlainText
