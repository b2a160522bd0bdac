"""How much a reading of bytes looks like something people write.

Owns the measure by which `decoding` chooses among encodings that all fit. The measure is the
negative logarithm of a likelihood under a simple model: each character beyond ASCII is drawn
from the letters of one language (a Zipf law over their order in `languages`), from common
punctuation in its usual surroundings, or from everything else, which is rare. ASCII costs
nothing, since all candidates read it alike.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable

from incipit.text.languages import ALPHABETS, CHARACTERS, LATIN

#: Costs in nats. A letter of no listed language, a symbol, a character that is no text.
_OTHER_LETTER = 8.0
_OTHER_CHARACTER = 9.5
_SYMBOL = 9.0
_HALF_WIDTH = 9.0
_NO_TEXT = 15.0

#: Added for what is odd about the place of a character rather than the character.
_CAPITAL = 1.5
_CAPITAL_INSIDE = 5.0
_MIXED_SCRIPTS = 4.0
_SYMBOL_INSIDE = 5.0
_MISPLACED = 4.0

_COMMON = 3.0

#: Punctuation and signs by where they usually stand: what precedes, the signs, what follows
#: (patterns over single characters, the empty string being the edge of a word).
_USUAL = (
    (re.compile(r"\w?"), "’", re.compile(r"\w?[.,;:!?)\"”]?"), 1.5),
    (re.compile(r"[^\w]?|"), "‘“„«‚‹¿¡「『《（【", re.compile(r"[\w“‘\"'$£€….¿¡]"), 2.5),
    (re.compile(r"[\w.,;:!?…’\"'%)”»]"), "”»›」』》）】", re.compile(r"[^\w]?|"), 2.5),
    (re.compile(r".?"), "–—―…", re.compile(r".?"), 2.5),
    (re.compile(r"[^A-Za-z]?"), "£€¥", re.compile(r"[^A-Za-z]?"), 2.0),
    (re.compile(r"[\d\s]?"), "°½¼¾º", re.compile(r"[^\w]?|[CFfmpst]"), 3.5),
    (re.compile(r"[\w.,;:!?)\s]?"), "\u00a0", re.compile(r".?"), 3.0),
    (re.compile(r"[^\w]?"), "•·©§№×±", re.compile(r".?"), 4.5),
    (re.compile(r"\w?"), "®™²³ª", re.compile(r"[^\w]?"), 4.5),
    (re.compile(r".?"), "\u3000、。，・！？：；", re.compile(r".?"), 2.0),
    (re.compile(r"\w"), "·", re.compile(r"\w"), 5.0),
)
_USUAL_OF = {sign: usual for usual in reversed(_USUAL) for sign in usual[1]}

_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")


def cost(text: str, *, replaced: float = _NO_TEXT) -> float:
    """Return how implausible ``text`` is, in nats; 0 for ASCII, lower is better.

    ``replaced`` is the cost of a U+FFFD, which stands for bytes that do not fit.
    """
    letters: Counter[str] = Counter()
    total = 0.0
    for found, count in Counter(_in_context(text)).items():
        before, char, after = found
        if char.isalpha() or unicodedata.category(char)[0] == "M":
            letters[char.lower() if len(char.lower()) == 1 else char] += count
            total += count * _cost_of_place(before, char)
        elif char == "\ufffd":
            total += count * replaced
        else:
            total += count * _cost_of_sign(before, char, after)
    return total + _cost_of_letters(letters)


def _in_context(text: str) -> Iterable[tuple[str, str, str]]:
    for found in _BEYOND_ASCII.finditer(text):
        at = found.start()
        yield text[at - 1 : at] if at else "", text[at], text[at + 1 : at + 2]


def _cost_of_letters(letters: Counter[str]) -> float:
    """Return the cost of letters in the language that fits them best."""
    if not letters:
        return 0.0
    other = {char: _cost_of_other(char) for char in letters}
    return min(
        sum(count * costs.get(char, other[char]) for char, count in letters.items())
        for costs in _LANGUAGES
    )


def _cost_of_other(char: str) -> float:
    if "\uff61" <= char <= "\uff9f":
        return _HALF_WIDTH
    if unicodedata.category(char) in {"Co", "Cn"}:
        return _NO_TEXT
    if char < "\u0250":
        return _OTHER_LETTER
    return _OTHER_CHARACTER


def _cost_of_place(before: str, char: str) -> float:
    added = 0.0
    if char.isupper():
        added += _CAPITAL
        if before.islower():
            added += _CAPITAL_INSIDE
    if before.isalpha() and _script(before) != _script(char):
        added += _MIXED_SCRIPTS
    return added


def _cost_of_sign(before: str, char: str, after: str) -> float:
    usual = _USUAL_OF.get(char)
    if usual is not None:
        fits = usual[0].fullmatch(before) and usual[2].fullmatch(after)
        return usual[3] + (0.0 if fits else _MISPLACED)
    if unicodedata.category(char)[0] == "C":
        return _NO_TEXT
    inside = before.isalpha() and after.isalpha()
    return _SYMBOL + (_SYMBOL_INSIDE if inside else 0.0)


def _script(char: str) -> str:
    """Return a name for the script of a letter, one for all of Chinese and Japanese."""
    if char.isascii() or char < "\u0250" or "\u1e00" <= char <= "\u1eff":
        return "LATIN"
    if "\u2e80" <= char <= "\u9fff" or "\uf900" <= char <= "\ufaff":
        return "HAN"
    return unicodedata.name(char, "").partition(" ")[0]


def _zipf(letters: str, flat: float) -> dict[str, float]:
    unique = list(dict.fromkeys(letters))
    weights = [1 / (rank + flat) for rank in range(len(unique))]
    total = sum(weights)
    return {
        letter: -math.log(weight / total) for letter, weight in zip(unique, weights, strict=True)
    }


_LANGUAGES = [
    *(_zipf(letters, 2.0) for letters in LATIN.values()),
    *(_zipf(letters, 6.0) for letters in ALPHABETS.values()),
    *(_zipf(letters, 20.0) for letters in CHARACTERS.values()),
]
