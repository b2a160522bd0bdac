import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from incipit.ui.document_header import DocumentHeader


@pytest.fixture
def header(qtbot):
    made = DocumentHeader(QLabel("beside"))
    qtbot.addWidget(made)
    made.resize(900, 70)
    made.show()
    return made


def test_it_says_title_file_words_and_encoding(header, make_document):
    header.show_document(make_document("one two three", encoding="windows-1252"))
    assert header.title.text() == "A first letter"
    assert header.path.text() == "/corpus/letters/first.txt"
    assert header.words.text() == "3 words"
    assert header.encoding.text() == "Windows-1252"
    assert header.encoding.accessibleName() == "Encoding: Western European (Windows-1252)"


def test_one_word_is_one_word(header, make_document):
    header.show_document(make_document("one"))
    assert header.words.text() == "1 word"


def test_a_slab_is_said_to_be_cut(header, make_document):
    header.show_document(make_document("one", is_slab=True))
    assert header.edges.isVisible()
    header.show_document(make_document("one"))
    assert not header.edges.isVisible()


def test_likelihoods_of_the_edges_are_said(header, make_document):
    header.show_document(make_document("one", is_slab=True))
    header.show_edges(0.984, 0.4)
    assert "98 %" in header.edges.text()
    assert "40 %" in header.edges.text()


def test_wrong_characters_are_told(qtbot, header, make_document):
    header.show_document(make_document("one"))
    with qtbot.waitSignal(header.wrong_characters):
        qtbot.mouseClick(header.wrong, Qt.MouseButton.LeftButton)
    assert header.wrong.text() == "Wrong characters?"


def test_the_path_gives_way_where_there_is_no_room(header, make_document):
    header.show_document(make_document("one", path="/corpus/" + "folder/" * 30 + "first.txt"))
    assert "…" in header.path.shown_text()
    header.resize(320, 70)
    assert not header.path.isVisible()
    assert header.encoding.isVisible()


def test_torn_edges_are_in_view_in_a_small_window(header, make_document):
    header.show_document(make_document("one", is_slab=True, token_count=1637))
    assert header.words.text() == "1,635 words"
    header.show_edges(0.13, 0.62)
    header.resize(450, 70)

    assert header.edges.isVisible()
    assert header.wrong.isVisible()


def test_markup_in_a_title_is_text(header, make_document):
    header.show_document(make_document(title="<b>bold</b>"))
    assert header.title.text() == "<b>bold</b>"
    assert header.title.textFormat() == Qt.TextFormat.PlainText


def test_tags_stand_beside_the_words(header, make_document):
    header.show_document(make_document("one"))
    assert not header.tags.isVisible()
    header.show_tags(("arms", "to read"))
    assert header.tags.isVisible()
    assert header.tags.text() == "Tags: arms, to read"
    header.show_tags([f"tag {n}" for n in range(20)])
    header.resize(450, 70)
    assert header.tags.isVisible()
    assert "…" in header.tags.shown_text()
    header.show_tags(())
    assert not header.tags.isVisible()
