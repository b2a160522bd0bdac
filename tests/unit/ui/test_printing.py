import pytest
from PySide6.QtCore import QMarginsF
from PySide6.QtGui import QPageSize, QPainter, QPdfWriter
from PySide6.QtWidgets import QWidget

from incipit.ui.appearance import ReadingAppearance
from incipit.ui.printing import print_document


class _Paper(QPdfWriter):
    """A PDF writer that counts its pages."""

    def __init__(self, path):
        super().__init__(str(path))
        self.pages = 1
        self.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
        self.setPageMargins(QMarginsF(20, 20, 20, 20))
        self.setResolution(150)

    def newPage(self):  # noqa: N802 named by Qt
        self.pages += 1
        return super().newPage()


@pytest.fixture
def paper(qapp, tmp_path):  # noqa: ARG001 fonts need the application
    return _Paper(tmp_path / "printed.pdf")


def _print(paper, document, text, **values):
    return print_document(paper, document, text, ReadingAppearance(), **values)


def test_a_short_text_is_one_page(paper, make_document, tmp_path):
    assert _print(paper, make_document(), "Some words.\n\nAnd more.")
    assert paper.pages == 1
    assert (tmp_path / "printed.pdf").stat().st_size > 1_000


def test_a_longer_text_takes_the_pages_it_needs(paper, make_document):
    assert _print(paper, make_document(), "word\n" * 200)
    assert 3 <= paper.pages <= 6


def test_a_line_without_end_is_wrapped(paper, make_document):
    assert _print(paper, make_document(), "word " * 6_000)
    assert 5 <= paper.pages <= 14


def test_only_the_pages_asked_for_are_printed(paper, make_document):
    assert _print(paper, make_document(), "word\n" * 400, first_page=2, last_page=3)
    assert paper.pages == 2


def test_an_empty_text_is_an_empty_page(paper, make_document):
    assert _print(paper, make_document(), "")
    assert paper.pages == 1


def test_printing_a_long_text_goes_to_the_end(qtbot, paper, make_document):
    parent = QWidget()
    qtbot.addWidget(parent)
    text = ("word " * 900 + "\n") * 50
    assert _print(paper, make_document(), text, parent=parent)
    assert paper.pages > 50


def test_the_device_is_free_afterwards(paper, make_document):
    _print(paper, make_document(), "word")
    painter = QPainter()
    assert painter.begin(paper)
    painter.end()
