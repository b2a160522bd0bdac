"""One word of a text to the term it is found by: case, accents, width and invisible characters.

`fold` is defined on any string and depends on nothing but the string and the Unicode data of
the interpreter. Folding a term again gives the same term.
"""

from __future__ import annotations

import re
import unicodedata

from incipit.text.characters import IGNORED, MARK, SEPARATOR, class_of

#: The length at which a term is cut, in code points. The longest words in use stay below it;
#: encoded data and sequences of nucleotides do not.
MAX_TERM_CP = 80

#: Letters that Unicode does not decompose, and that people type without. Those named
#: "LATIN SMALL LETTER X WITH ..." (ø, ł, đ, ħ, ŧ, ƒ, ɓ, ƙ, ơ) fold to x without standing here.
_LETTERS = {
    "æ": "ae",
    "œ": "oe",
    "ð": "d",
    "þ": "th",
    "ı": "i",
    "ȷ": "j",
    "ĸ": "k",
    "ŋ": "n",
    "ŉ": "n",
    "ſ": "s",
    "ĳ": "ij",
    "ŀ": "l",
    "ǆ": "dz",
    "ǳ": "dz",
    "ǉ": "lj",
    "ǌ": "nj",
    "ẚ": "a",
    "ª": "a",
    "º": "o",
}

_LATIN_WITH = re.compile(r"LATIN SMALL LETTER ([A-Z]) WITH ")

#: Compatibility forms that are the same letter in another width, font or position.
_FORMS = ("<wide>", "<narrow>", "<font>", "<initial>", "<medial>", "<final>", "<isolated>")


def fold(word: str) -> str:
    """Return the term of ``word``: folded, in NFC, at most `MAX_TERM_CP` code points.

    A word without letters or digits folds to what is left of it, possibly nothing.
    """
    return folded(word)[:MAX_TERM_CP]


def folded(word: str) -> str:
    """Return ``word`` folded, in NFC, as long as it is; signs between words stay."""
    if word.isascii():
        return word.lower()
    if not unicodedata.is_normalized("NFD", word) or not _forms_are_plain(word):
        word = unicodedata.normalize("NFD", "".join(map(_plain_form, word)))
    kept: list[str] = []
    base_drops_marks = False
    for char in word:
        kind = class_of(char)
        if kind == IGNORED:
            continue
        if kind == MARK:
            if not base_drops_marks:
                kept.append(char)
            continue
        kept.append(_fold_letter(char))
        base_drops_marks = _drops_marks(kept[-1][-1])
    return unicodedata.normalize("NFC", "".join(kept))


def _forms_are_plain(word: str) -> bool:
    return not any(unicodedata.decomposition(char).startswith(_FORMS) for char in word)


def _plain_form(char: str) -> str:
    if not unicodedata.decomposition(char).startswith(_FORMS):
        return char
    plain = unicodedata.normalize("NFKC", char)
    # A form that stands for several words, or for a space and a mark, stays as it is.
    return char if any(class_of(part) == SEPARATOR for part in plain) else plain


def _drops_marks(base: str) -> bool:
    return base.isascii() or unicodedata.name(base, "").startswith(("LATIN ", "GREEK "))


def _fold_letter(char: str) -> str:
    if char.isascii():
        return char.lower()
    small = char if char in _LETTERS else char.casefold()
    if len(small) > 1 and char.lower() in _LETTERS:
        small = char.lower()
    if small in _LETTERS:
        return _LETTERS[small]
    named = _LATIN_WITH.match(unicodedata.name(small, "")) if len(small) == 1 else None
    return named[1].lower() if named else small
