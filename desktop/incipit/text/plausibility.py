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

from incipit.text.languages import ALPHABETS, CHARACTERS, FUNCTION_WORDS, LATIN

#: Costs in nats. A letter of no listed language, a symbol, a character that is no text.
_OTHER_LETTER = 8.0
_OTHER_CHARACTER = 9.5
_SYMBOL = 9.0
_EMOJI = 6.0
_HALF_WIDTH = 9.0
_NO_TEXT = 15.0

#: Added for what is odd about the place of a character rather than the character.
_CAPITAL = 1.5
_CAPITAL_INSIDE = 5.0
_MIXED_SCRIPTS = 4.0
_SYMBOL_INSIDE = 5.0
_MISPLACED = 4.0
_STANDS_ALONE = 4.0
_UNBALANCED = 3.0
_ACCENTS_TOGETHER = 2.0

#: Added at most for a language whose common words are not those of the text around.
_OTHER_LANGUAGE = 6.0
_LANGUAGE_PER_SHARE = 60.0

#: The cost of a common sign in its usual place that the text has used before: who writes an
#: ellipsis writes another, while a language has several letters.
_SIGN_AGAIN = 1.0

#: The cost from which on a sign is one that wrong readings show rather than people.
_RARE = 5.0

#: Words that are one letter beyond ASCII; other Latin letters do not stand alone.
_ALONE = frozenset("àèéáíóúòêôåæöøýùÀÈÉÓÁ")

#: Punctuation and signs with their costs, and where they do not stand: a pattern over the
#: kinds of the neighbours before and after (``a`` letter, ``0`` digit, ``.`` other, space
#: for the edge of a word).
_SIGNS = (
    ("’", 1.5, r"[ .][a0]"),
    ("‘“”«»‹›", 2.5, r"[a0][a0]"),
    ("„‚¿¡「『《（【", 2.5, r"[a0]."),
    ("」』》）】", 2.5, r".[a0]"),
    ("–—―", 2.5, r"[ .]a|a[ .]"),
    ("…", 2.5, r"[a0]a"),
    ("£€¥", 2.0, r"a.|.a"),
    ("°½¼¾", 3.5, r"a.|[ .][ .a]"),
    ("º", 3.5, r"a[a0]"),
    ("\u00a0", 3.0, r"(?!)"),
    ("•§©№±", 4.5, r"[a0].|.a"),
    ("×·", 4.5, r"a[0. ]|[0. ]a"),
    ("®™²³ª", 4.5, r".[a0]"),
    ("´", 6.0, r"[ .]a"),
    ("¨¸¯¦¤", 12.0, r"aa"),
    ("\u3000、。，・！？：；", 2.0, r"(?!)"),
)
_SIGN_OF = {
    sign: (base, re.compile(misplaced)) for signs, base, misplaced in _SIGNS for sign in signs
}

_WORDS = re.compile(rb"[A-Za-z\x80-\xff]+")
_WORDS_READ = 1_000

_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")


class Surroundings:
    """The languages that a text may be in, by its words in ASCII, which all encodings share."""

    def __init__(self, data: bytes) -> None:
        words = [word.lower() for word in _WORDS.findall(data)[:_WORDS_READ]]
        known = Counter(word.decode() for word in words if word.isascii())
        shares = {
            language: sum(known[word] for word in common) / max(len(words), 1)
            for language, common in _COMMON_WORDS.items()
        }
        most = max(shares.values())
        self.costs = {
            language: min(_OTHER_LANGUAGE, (most - shares.get(language, 0)) * _LANGUAGE_PER_SHARE)
            for language in _LANGUAGES
        }


def cost(text: str, *, around: Surroundings | None = None, replaced: float = _NO_TEXT) -> float:
    """Return how implausible ``text`` is, in nats; 0 for ASCII, lower is better.

    ``around`` is what its surroundings tell of its language; ``replaced`` is the cost of a
    U+FFFD, which stands for bytes that do not fit.
    """
    letters: Counter[str] = Counter()
    signs: set[str] = set()
    total = 0.0
    for found, count in Counter(_in_context(text)).items():
        before, char, after = found
        if char.isalpha() or unicodedata.category(char)[0] == "M":
            letters[char.lower() if len(char.lower()) == 1 else char] += count
            total += count * _cost_of_place(before, char, after)
        elif char == "\ufffd":
            total += count * replaced
        else:
            each = _cost_of_sign(before, char, after)
            usual = _SIGN_OF.get(char)
            if usual is not None and each == usual[0] < _RARE:
                total -= (count - (char not in signs)) * (each - _SIGN_AGAIN)
                signs.add(char)
            total += count * each
    total += _UNBALANCED * abs(text.count("«") - text.count("»"))
    return total + _cost_of_letters(letters, around.costs if around else _NO_COSTS)


def _in_context(text: str) -> Iterable[tuple[str, str, str]]:
    for found in _BEYOND_ASCII.finditer(text):
        at = found.start()
        yield text[at - 1 : at] if at else "", text[at], text[at + 1 : at + 2]


def _cost_of_letters(letters: Counter[str], languages: dict[str, float]) -> float:
    """Return the cost of letters in the language that fits them best."""
    if not letters:
        return 0.0
    other = {char: _cost_of_other(char) for char in letters}
    return min(
        languages[language]
        + sum(count * costs.get(char, other[char]) for char, count in letters.items())
        for language, costs in _LANGUAGES.items()
    )


def _cost_of_other(char: str) -> float:
    if "\uff61" <= char <= "\uff9f":
        return _HALF_WIDTH
    if unicodedata.category(char) in {"Co", "Cn"}:
        return _NO_TEXT
    if char < "\u0250":
        return _OTHER_LETTER
    return _OTHER_CHARACTER


def _cost_of_place(before: str, char: str, after: str) -> float:
    added = 0.0
    if char.isupper():
        added += _CAPITAL
        if before.islower():
            added += _CAPITAL_INSIDE
    elif char.islower() and after.isascii() and after.isupper():
        added += _CAPITAL_INSIDE
    if before.isalpha():
        added += 0.0 if _script(before) == _script(char) else _MIXED_SCRIPTS
        if not before.isascii() and _script(char) == "LATIN":
            added += _ACCENTS_TOGETHER
    elif not after.isalpha() and _script(char) == "LATIN" and char not in _ALONE:
        added += _STANDS_ALONE
    return added


def _cost_of_sign(before: str, char: str, after: str) -> float:
    around = _kind(before) + _kind(after)
    usual = _SIGN_OF.get(char)
    if usual is not None:
        return usual[0] + (_MISPLACED if usual[1].fullmatch(around) else 0.0)
    if unicodedata.category(char)[0] == "C":
        return _NO_TEXT
    if "\U0001f000" <= char <= "\U0001faff":
        return _EMOJI
    return _SYMBOL + (_SYMBOL_INSIDE if around == "aa" else 0.0)


def _kind(char: str) -> str:
    if not char or char.isspace():
        return " "
    return "a" if char.isalpha() else "0" if char.isdigit() else "."


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


_LANGUAGES = {
    **{language: _zipf(letters, 2.0) for language, letters in LATIN.items()},
    **{language: _zipf(letters, 6.0) for language, letters in ALPHABETS.items()},
    **{language: _zipf(letters, 20.0) for language, letters in CHARACTERS.items()},
}
_COMMON_WORDS = {language: words.split() for language, words in FUNCTION_WORDS.items()}
_NO_COSTS = dict.fromkeys(_LANGUAGES, 0.0)
