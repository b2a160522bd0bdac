"""Puts a window of text into a QTextDocument: font, leading, measure, space between paragraphs.

Text goes in as text: nothing in it is interpreted.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtGui import (
    QFont,
    QFontInfo,
    QFontMetricsF,
    QGuiApplication,
    QTextBlockFormat,
    QTextCursor,
    QTextDocument,
)

from incipit.ui.appearance import ReadingAppearance, measure_px, reading_font
from incipit.ui.displayed_text import TextWindow

# From line to line, in sizes of the font; faces differ in the leading they bring themselves.
_LEADING_EM = 1.62
# Space between paragraphs that stand on lines of their own without a blank line, in lines.
_PARAGRAPH_SPACE = 0.45
# A text of lines mostly shorter than this was wrapped by hand: its lines are no paragraphs.
_WRAPPED_CP = 110
_SAMPLE_CP = 20_000
_LEAST_MARGIN_PX = 28


@dataclass(frozen=True, slots=True)
class PageSetting:
    """How the page is set, in pixels: side margins centre the measure in the view."""

    font: QFont
    side_margin_px: int
    top_margin_px: int
    paragraph_space_px: int


def page_setting(appearance: ReadingAppearance, text: str, room_px: int) -> PageSetting:
    """Return how ``text`` is set in a view of a width: the measure centred, or what fits."""
    font = reading_font(appearance, QGuiApplication.font())
    side = max(_LEAST_MARGIN_PX, (room_px - measure_px(font, appearance.measure_chars)) / 2)
    if room_px < 6 * _LEAST_MARGIN_PX:
        side = room_px / 12
    return PageSetting(
        font=font,
        side_margin_px=int(side),
        top_margin_px=line_height_px(font),
        paragraph_space_px=paragraph_space_px(text, font),
    )


def paragraph_space_px(text: str, font: QFont) -> int:
    """Return the space after each line of a text: none where its lines are no paragraphs."""
    sample = text[:_SAMPLE_CP]
    lines = sample.split("\n")
    if "" in lines[:-1]:
        return 0
    longest = sum(len(line) > _WRAPPED_CP for line in lines)
    return round(_PARAGRAPH_SPACE * line_height_px(font)) if 2 * longest >= len(lines) else 0


def line_height_px(font: QFont) -> int:
    """Return the height of a line of the page.

    It is whole pixels, so that lines of a window laid out anew fall where they were.
    """
    own = QFontMetricsF(font).ascent() + QFontMetricsF(font).descent()
    return round(max(_LEADING_EM * QFontInfo(font).pixelSize(), own))


def set_window(
    document: QTextDocument,
    window: TextWindow,
    setting: PageSetting,
    dress: Callable[[], None] = lambda: None,
) -> None:
    """Replace what the document holds by a window of text, in one layout.

    ``dress`` may give formats to the layouts of blocks: now they cost no layout of their own.
    """
    line_end = QTextBlockFormat()
    # The least height: lines of taller scripts may grow.
    line_end.setLineHeight(
        line_height_px(setting.font), QTextBlockFormat.LineHeightTypes.MinimumHeight.value
    )
    line_end.setBottomMargin(setting.paragraph_space_px)
    document.clear()
    document.setDefaultFont(setting.font)
    cursor = QTextCursor(document)
    cursor.beginEditBlock()
    cursor.setBlockFormat(line_end)
    cursor.insertText(window.plain)
    if setting.paragraph_space_px:
        _close_up(document, window, line_end)
    _set_margins(document, setting)
    dress()
    cursor.endEditBlock()


def set_page(document: QTextDocument, setting: PageSetting) -> None:
    """Change margins and font of a document that holds its text already."""
    document.setDefaultFont(setting.font)
    cursor = QTextCursor(document)
    cursor.beginEditBlock()
    _set_margins(document, setting)
    cursor.endEditBlock()


def _set_margins(document: QTextDocument, setting: PageSetting) -> None:
    frame = document.rootFrame()
    page = frame.frameFormat()
    page.setLeftMargin(setting.side_margin_px)
    page.setRightMargin(setting.side_margin_px)
    page.setTopMargin(setting.top_margin_px)
    page.setBottomMargin(2 * setting.top_margin_px)
    frame.setFrameFormat(page)


def _close_up(document: QTextDocument, window: TextWindow, line_end: QTextBlockFormat) -> None:
    """Leave no space where a block ends inside a line."""
    inside_line = QTextBlockFormat(line_end)
    inside_line.setBottomMargin(0)
    cursor = QTextCursor(document)
    for number in (~window.ends_line).nonzero()[0].tolist():
        cursor.setPosition(document.findBlockByNumber(number).position())
        cursor.setBlockFormat(inside_line)
