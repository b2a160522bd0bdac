"""What each character is to the tokeniser: separator, letter, mark, ignored or a word by itself.

Owns the one table of character classes, filled page by page as texts need it. Knows nothing
of terms (see `folding`) or of spans (see `tokens`).
"""

from __future__ import annotations

import unicodedata

import numpy as np
from numpy.typing import NDArray

#: Classes. Letters and decimal digits of scripts written with spaces are WORD; a character of
#: a script written without spaces is SINGLE; MARK belongs to what stands before it; IGNORED is
#: passed over inside a word; everything else separates.
SEPARATOR, WORD, MARK, IGNORED, SINGLE = range(5)

_UNKNOWN = 255
_PAGE = 256

#: Scripts written without spaces between words, as blocks: Line_Break=SA of UAX #14, the
#: scripts of Chinese and Japanese, and Javanese and Balinese, which are written the same way.
_UNSPACED = (
    (0x0E00, 0x0EFF),  # Thai, Lao
    (0x1000, 0x109F),  # Myanmar
    (0x1780, 0x17FF),  # Khmer
    (0x1950, 0x19DF),  # Tai Le, New Tai Lue
    (0x1A20, 0x1AAF),  # Tai Tham
    (0x1B00, 0x1B7F),  # Balinese
    (0x3005, 0x3007),  # iteration mark, closing mark, zero of Han
    (0x3021, 0x3029),  # Hangzhou numerals
    (0x3031, 0x3035),  # kana repeat marks
    (0x3038, 0x303C),  # Hangzhou numerals, masu mark
    (0x3041, 0x312F),  # Hiragana, Katakana, Bopomofo
    (0x31A0, 0x31BF),  # Bopomofo extended
    (0x31F0, 0x31FF),  # Katakana extensions
    (0x3400, 0x4DBF),  # Han extension A
    (0x4E00, 0x9FFF),  # Han
    (0xA980, 0xA9FF),  # Javanese, Myanmar extended B
    (0xAA60, 0xAADF),  # Myanmar extended A, Tai Viet
    (0xF900, 0xFAFF),  # Han, compatibility
    (0xFF66, 0xFF9F),  # Katakana, half width
    (0x11700, 0x1174F),  # Ahom
    (0x16FE0, 0x18DFF),  # Tangut, Khitan
    (0x1AFF0, 0x1B2FF),  # Kana extensions, Nushu
    (0x20000, 0x3FFFF),  # Han extensions
)

#: Letters by category that people use, or type, as apostrophes, primes and half rings
#: (Qurʾan, Hawaiʻi, isnʼt): they separate as every apostrophe does.
_APOSTROPHES = frozenset("\u0374ʹʺʻʼʽʾʿˈˊˋˮ\u07f4\u07f5Ꞌꞌ")

#: Invisible inside a word: soft hyphen, joiners, bidirectional marks, fillers, variation
#: selectors, tags; and the Arabic elongation mark, which only stretches a word.
_IGNORED = (
    (0x00AD, 0x00AD),
    (0x034F, 0x034F),
    (0x061C, 0x061C),
    (0x0640, 0x0640),
    (0x115F, 0x1160),
    (0x17B4, 0x17B5),
    (0x180B, 0x180F),
    (0x200C, 0x200F),
    (0x202A, 0x202E),
    (0x2060, 0x2060),
    (0x2066, 0x206F),
    (0x3164, 0x3164),
    (0xFE00, 0xFE0F),
    (0xFEFF, 0xFEFF),
    (0xFFA0, 0xFFA0),
    (0xE0000, 0xE0FFF),
)

#: Letters by category that are marks by meaning: the vowel signs of Arabic as typeset, and
#: the voicing marks of half-width Katakana.
_TYPESET_MARKS = (
    (0xFC5E, 0xFC63),
    (0xFCF2, 0xFCF4),
    (0xFE70, 0xFE7F),
    (0xFF9E, 0xFF9F),
)


def class_of(char: str) -> int:
    """Return the class of one character."""
    code = ord(char)
    if char in _APOSTROPHES:
        return SEPARATOR
    if _within(code, _IGNORED):
        return IGNORED
    category = unicodedata.category(char)
    if category[0] == "M" or _within(code, _TYPESET_MARKS):
        return MARK
    if category == "Nd":
        return WORD
    unspaced = _within(code, _UNSPACED)
    if category[0] == "L" or (category == "Nl" and unspaced):
        return SINGLE if unspaced else WORD
    return SEPARATOR


def code_points(text: str) -> NDArray[np.uint32]:
    """Return the code points of ``text``, uint32 of shape (len(text),); read-only."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.dtype("<u4"))


class CharacterTable:
    """The classes of all characters, each page of 256 filled when a text first needs it.

    Filling a page twice gives the same values, so threads may share a table without a lock.
    """

    def __init__(self) -> None:
        self._classes = np.full(0x110000, _UNKNOWN, np.uint8)
        self._fill(0)

    def classes(self, codes: NDArray[np.uint32]) -> NDArray[np.uint8]:
        """Return the class of each code point, uint8 of the same shape."""
        found = self._classes[codes]
        unknown = found == _UNKNOWN
        if not unknown.any():
            return found
        for page in np.unique(codes[unknown] // _PAGE):
            self._fill(int(page))
        return self._classes[codes]

    def _fill(self, page: int) -> None:
        start = page * _PAGE
        self._classes[start : start + _PAGE] = [
            class_of(chr(code)) for code in range(start, start + _PAGE)
        ]


def _within(code: int, ranges: tuple[tuple[int, int], ...]) -> bool:
    return any(first <= code <= last for first, last in ranges)
