"""The word at a place of a text, as a reader means it when pointing at it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from incipit.text.characters import SINGLE, class_of
from incipit.text.tokens import tokenise

# What stands inside words and joins their parts: S-400, isn’t, U.S., 24/7, snake_case, צה״ל.
_JOINTS = re.compile(r"[-‐‑'’ʼ.·״׳]|_+")
_JOINTS_OF_NUMBERS = re.compile(r"[/,:]")
# Longer than any word: how far to look around the place.
_AROUND_CP = 2_000
# So many tokens to each side are looked at for parts of it.
_MOST_TOKENS = 40
# Chinese has no sign of where a word ends; a run of characters up to this may well be one.
_MOST_HAN = 4
_HAN = "CJK"


def word_span_at(text: str, cp: int) -> tuple[int, int] | None:
    """Return the half-open span, in code points, of the word that covers or ends at ``cp``.

    Of words written without spaces it is a run of one script, or one character of many.
    """
    start, end = _surroundings(text, cp)
    tokens = tokenise(text[start:end])
    starts, ends = (tokens.starts_cp + start).tolist(), (tokens.ends_cp + start).tolist()
    at = _index(starts, ends, cp)
    if at is None and text[start:cp].endswith("."):
        # The point may be the last one of U.S.
        at = _index(starts, ends, cp - 1)
    if at is None:
        return None
    is_joined = _are_of_one_run if is_unspaced(text, starts[at]) else _are_joined
    first = last = at
    least = max(0, at - _MOST_TOKENS)
    while first > least and is_joined(text, ends[first - 1], starts[first]):
        first -= 1
    most = min(len(starts) - 1, at + _MOST_TOKENS)
    while last < most and is_joined(text, ends[last], starts[last + 1]):
        last += 1
    if last - first >= _MOST_HAN and _script(text[starts[at]]) == _HAN:
        first = last = at
    end = ends[last]
    abbreviates = (
        last > first and starts[last] == end - 1 and ends[last - 1] - starts[last - 1] == 1
    )
    if abbreviates and text[end - 2] == "." == text[end : end + 1]:
        end += 1
    return (starts[first], end) if cp <= end else None


def is_unspaced(text: str, cp: int) -> bool:
    """Return whether a character of a script written without spaces stands at ``cp``."""
    return 0 <= cp < len(text) and class_of(text[cp]) == SINGLE


def _surroundings(text: str, cp: int) -> tuple[int, int]:
    """Return a part of the text around a place, cut at white space where there is some."""
    least, most = max(0, cp - _AROUND_CP), min(len(text), cp + _AROUND_CP)
    start = end = cp
    while start > least and not text[start - 1].isspace():
        start -= 1
    while end < most and not text[end].isspace():
        end += 1
    return start, end


def _index(starts: Sequence[int], ends: Sequence[int], cp: int) -> int | None:
    """Return the token that covers ``cp``, or else the one that ends there."""
    behind = None
    for number, (first, after) in enumerate(zip(starts, ends, strict=True)):
        if first <= cp < after:
            return number
        if after == cp:
            behind = number
    return behind


def _are_joined(text: str, end: int, start: int) -> bool:
    """Return whether what stands between two tokens makes one word of them."""
    if is_unspaced(text, end - 1) or is_unspaced(text, start):
        return False
    if _JOINTS.fullmatch(text, end, start):
        return True
    between_numbers = text[end - 1].isdigit() and text[start].isdigit()
    return between_numbers and _JOINTS_OF_NUMBERS.fullmatch(text, end, start) is not None


def _are_of_one_run(text: str, end: int, start: int) -> bool:
    """Return whether two characters stand side by side and are of one script."""
    if end != start or not is_unspaced(text, start):
        return False
    before = end - 1
    while before and not is_unspaced(text, before):
        before -= 1
    return _script(text[before]) == _script(text[start])


def _script(char: str) -> str:
    """Return a name for the script of a letter; marks of length and repetition go with theirs."""
    script = unicodedata.name(char, "").partition(" ")[0]
    return {"KATAKANA-HIRAGANA": "KATAKANA", "IDEOGRAPHIC": _HAN}.get(script, script)
