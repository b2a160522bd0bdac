"""A page of help is set from Markdown, and takes on the colours of the theme."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QPalette, QTextDocument, QTextTable

from incipit.ui.help_page import HelpPage
from incipit.ui.themes import DARK, LIGHT, palette_of

PAGE = "# Title\n\nSome `code` here.\n\n| A | B |\n| --- | --- |\n| `a` | b |\n\n<b>not bold</b>\n"


@pytest.fixture
def page(qtbot):
    made = HelpPage()
    made.setPalette(palette_of(LIGHT))
    qtbot.addWidget(made)
    made.show_page(PAGE)
    made.show()
    return made


def table_of(page):
    frames = page.document().rootFrame().childFrames()
    return next(frame for frame in frames if isinstance(frame, QTextTable))


def background_of_code(page):
    block = page.document().begin()
    while block.isValid():
        walk = block.begin()
        while not walk.atEnd():
            if walk.fragment().text() == "code":
                return walk.fragment().charFormat().background().color()
            walk += 1
        block = block.next()
    return None


def test_headings_tables_and_code_are_set(page):
    assert page.document().begin().blockFormat().headingLevel() == 1
    assert table_of(page).format().borderCollapse()
    assert background_of_code(page) == LIGHT.surface


def test_html_is_shown_as_it_stands(page):
    assert "<b>not bold</b>" in page.toPlainText()


def test_page_begins_at_its_top(page):
    assert page.textCursor().position() == 0


def test_colours_follow_the_theme(page):
    page.setPalette(palette_of(DARK))
    assert background_of_code(page) == DARK.surface
    assert table_of(page).format().borderBrush().color() == DARK.border
    assert page.palette().color(QPalette.ColorRole.Text) == DARK.text


def test_links_lead_nowhere(page):
    assert not page.openLinks()
    assert not page.openExternalLinks()


@pytest.mark.parametrize(
    "url", ["http://example.org/window-light.png", "file:///etc/hostname", "../../pyproject.toml"]
)
def test_nothing_but_pictures_of_the_program_is_loaded(page, url):
    page.show_page(f"![A picture]({url})\n")
    page.grab()
    (form,) = pictures_of(page)
    assert picture_on(page, form).isNull()


def pictures_of(page):
    block = page.document().begin()
    while block.isValid():
        walk = block.begin()
        while not walk.atEnd():
            if walk.fragment().charFormat().isImageFormat():
                yield walk.fragment().charFormat().toImageFormat()
            walk += 1
        block = block.next()


def picture_on(page, form):
    kind = QTextDocument.ResourceType.ImageResource.value
    return page.document().resource(kind, QUrl(form.name()))


def test_pictures_are_those_of_the_theme(page):
    page.show_page("![The window](window-light.png)\n")
    for colours in (LIGHT, DARK):
        page.setPalette(palette_of(colours))
        (form,) = pictures_of(page)
        shown = picture_on(page, form).pixelColor(3, 3).lightness()
        assert abs(shown - colours.window.lightness()) < 20


def test_pictures_follow_the_width_of_the_page(page):
    page.show_page("![The window](window-light.png)\n")
    for width_px in (700, 400):
        page.resize(width_px, 500)
        page.grab()
        (form,) = pictures_of(page)
        assert page.viewport().width() / 2 < form.width() < page.viewport().width()
        assert picture_on(page, form).width() == form.width() * page.devicePixelRatioF()
        assert page.horizontalScrollBar().maximum() == 0
