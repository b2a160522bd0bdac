r"""Regular expressions and wildcards on one word, parsed to a small tree.

Owns the syntax: literals, ``.``, sets, ``\d \w \s`` and their opposites, groups, ``|`` and
quantifiers. What needs backtracking (references, looking around) is refused in words, so that
everything that is accepted runs in linear time (see `expansion_automaton`).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

MAX_NESTING = 40
MAX_REPEATS = 200

_ESCAPED_SETS = frozenset("dDwWsS")
_CONTROL = {"t": "\t", "n": "\n", "r": "\r", "f": "\f", "v": "\v", "a": "\a"}
_QUANTIFIERS: dict[str, tuple[int, int | None]] = {"*": (0, None), "+": (1, None), "?": (0, 1)}
_COUNTED = re.compile(r"\{(\d{0,9})(,?)(\d{0,9})\}")


class PatternError(ValueError):
    """A pattern that is not understood; the message is one plain sentence."""


@dataclass(frozen=True, slots=True)
class CharSet:
    r"""One character: any of ``ranges`` (inclusive code points) and ``kinds``, or none of them.

    ``kinds`` are letters of ``\d``, ``\W`` and so on.
    """

    ranges: tuple[tuple[int, int], ...] = ()
    kinds: str = ""
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Sequence:
    """Its parts one after the other; the empty sequence matches nothing written."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """Any one of its options."""

    options: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Repeat:
    """Its part at least ``least`` and at most ``most`` times (None: any number)."""

    part: Node
    least: int
    most: int | None


Node = CharSet | Sequence | Choice | Repeat

#: Any character, and anything at all.
ANY = CharSet(negated=True)
ANYTHING = Repeat(ANY, 0, None)


def literal(text: str) -> Sequence:
    """Return the pattern that matches ``text`` as it stands."""
    return Sequence(tuple(CharSet(((ord(char), ord(char)),)) for char in text))


def parse_wildcard(text: str) -> Node:
    """Return the pattern of a wildcard, as Python's ``fnmatch`` reads it."""
    parts: list[Node] = []
    place = 0
    while place < len(text):
        char = text[place]
        place += 1
        if char == "*":
            parts.append(ANYTHING)
        elif char == "?":
            parts.append(ANY)
        elif char == "[" and (end := text.find("]", place + 1 + text.startswith("!", place))) > 0:
            parts.append(_glob_set(text[place:end]))
            place = end + 1
        else:
            parts.extend(literal(char).parts)
    return Sequence(tuple(parts))


def parse_regex(text: str, *, fold: Callable[[str], str] | None = None) -> tuple[Node, bool]:
    r"""Return the pattern, and whether it must reach the end of the word.

    ``^`` and ``\A`` may open the pattern, ``$`` and ``\Z`` may close it. ``fold`` is applied to
    literal characters, as words of the index are folded.

    Raises:
        PatternError: the syntax is wrong, or needs more than a finite automaton.
    """
    for start in ("^", r"\A"):
        text = text.removeprefix(start)
    anchored = False
    for end in ("$", r"\Z"):
        if text.endswith(end) and not _is_escaped(text, len(text) - len(end)):
            text, anchored = text[: -len(end)], True
            break
    parser = _RegexParser(text, fold or str)
    node = parser.parse()
    if anchored and parser.has_options and fold is None:
        raise PatternError("A $ after | closes one option only, which is not understood.")
    return node, anchored


def literal_prefix(node: Node) -> str:
    """Return the characters with which everything that ``node`` matches begins."""
    if isinstance(node, CharSet):
        one = len(node.ranges) == 1 and not node.kinds and not node.negated
        return chr(node.ranges[0][0]) if one and node.ranges[0][0] == node.ranges[0][1] else ""
    prefix = ""
    if isinstance(node, Sequence):
        for part in node.parts:
            piece = literal_prefix(part)
            prefix += piece
            if not isinstance(part, CharSet) or not piece:
                break
    return prefix


def to_regex(node: Node) -> str:
    """Return the pattern in the syntax of Python's ``re``."""
    if isinstance(node, CharSet):
        return _set_text(node)
    if isinstance(node, Sequence):
        return "".join(map(to_regex, node.parts))
    if isinstance(node, Choice):
        return f"(?:{'|'.join(map(to_regex, node.options))})"
    most = "" if node.most is None else str(node.most)
    part = to_regex(node.part)
    if not isinstance(node.part, CharSet):
        part = f"(?:{part})"
    return f"{part}{{{node.least},{most}}}"


def _glob_set(inside: str) -> CharSet:
    negated = inside.startswith("!")
    chars = inside[negated:]
    ranges: list[tuple[int, int]] = []
    place = 0
    while place < len(chars):
        low = high = ord(chars[place])
        if chars[place + 1 : place + 2] == "-" and place + 2 < len(chars):
            high = ord(chars[place + 2])
            place += 2
        place += 1
        if low <= high:
            ranges.append((low, high))
    return CharSet(tuple(ranges), negated=negated)


def _is_escaped(text: str, place: int) -> bool:
    before = text[:place]
    return (len(before) - len(before.rstrip("\\"))) % 2 == 1


def _set_text(node: CharSet) -> str:
    if node == ANY:
        return r"[\s\S]"
    if len(node.ranges) == 1 and not node.kinds and not node.negated:
        low, high = node.ranges[0]
        if low == high:
            return re.escape(chr(low))
    inside = "".join(
        re.escape(chr(low)) + (f"-{re.escape(chr(high))}" if high > low else "")
        for low, high in node.ranges
    ) + "".join(f"\\{kind}" for kind in node.kinds)
    if not inside:
        return r"[^\s\S]"
    return f"[{'^' if node.negated else ''}{inside}]"


class _RegexParser:
    """Recursive descent over one pattern."""

    def __init__(self, text: str, fold: Callable[[str], str]) -> None:
        self._text = text
        self._fold = fold
        self._at = 0
        self._depth = 0
        #: Whether the pattern is a choice outside of all groups.
        self.has_options = False

    def parse(self) -> Node:
        node = self._choice()
        if self._at < len(self._text):
            raise PatternError("The regular expression has a ) without its (.")
        return node

    def _peek(self) -> str:
        return self._text[self._at : self._at + 1]

    def _take(self) -> str:
        char = self._peek()
        self._at += 1
        return char

    def _choice(self) -> Node:
        self._depth += 1
        if self._depth > MAX_NESTING:
            raise PatternError("The regular expression has too many groups inside each other.")
        options = [self._sequence()]
        while self._peek() == "|":
            self._take()
            options.append(self._sequence())
        self._depth -= 1
        self.has_options = self._depth == 0 and len(options) > 1
        return options[0] if len(options) == 1 else Choice(tuple(options))

    def _sequence(self) -> Node:
        parts: list[Node] = []
        while self._peek() not in ("", "|", ")"):
            parts.append(self._repeated(self._atom()))
        return parts[0] if len(parts) == 1 else Sequence(tuple(parts))

    def _repeated(self, part: Node) -> Node:
        bounds = self._quantifier()
        if bounds is None:
            return part
        least, most = bounds
        if max(least, most or 0) > MAX_REPEATS:
            raise PatternError(f"A regular expression repeats at most {MAX_REPEATS} times.")
        if most is not None and most < least:
            raise PatternError("The regular expression repeats from more to fewer times.")
        if self._peek() == "+":
            raise PatternError("Possessive repeats are not understood in regular expressions.")
        if self._peek() == "?":
            self._take()  # A lazy repeat finds the same words.
        if self._quantifier() is not None:
            raise PatternError("The regular expression repeats a repeat.")
        return Repeat(part, least, most)

    def _quantifier(self) -> tuple[int, int | None] | None:
        if self._peek() in _QUANTIFIERS and self._peek():
            return _QUANTIFIERS[self._take()]
        counted = _COUNTED.match(self._text, self._at)
        if counted is None or not (counted[1] or counted[3]):
            return None
        self._at = counted.end()
        least = int(counted[1] or 0)
        if not counted[2]:
            return least, least
        return least, int(counted[3]) if counted[3] else None

    def _atom(self) -> Node:
        char = self._take()
        if char == "(":
            return self._group()
        if char == "[":
            return self._set()
        if char == ".":
            return ANY
        if char == "\\":
            return self._escape()
        if char in "*+?":
            raise PatternError(f"The regular expression has a {char} with nothing to repeat.")
        if char in "^$":
            raise PatternError(f"A {char} is understood only at the edge of a regular expression.")
        return self._literal(char)

    def _group(self) -> Node:
        if self._peek() == "?":
            if not self._text.startswith("?:", self._at):
                raise PatternError(
                    "Looking around and named groups are not understood in regular expressions."
                )
            self._at += 2
        node = self._choice()
        if self._take() != ")":
            raise PatternError("The regular expression has a ( without its ).")
        return node

    def _literal(self, char: str) -> Node:
        folded = literal(self._fold(char) or char)
        return folded.parts[0] if len(folded.parts) == 1 else folded

    def _escape(self) -> Node:
        char = self._take()
        if not char:
            raise PatternError("The regular expression ends in a backslash.")
        if char in _ESCAPED_SETS:
            return CharSet(kinds=char)
        if char in _CONTROL:
            return literal(_CONTROL[char]).parts[0]
        if char.isalnum():
            raise PatternError(f"\\{char} is not understood in regular expressions.")
        return self._literal(char)

    def _set(self) -> Node:
        negated = self._peek() == "^"
        if negated:
            self._take()
        ranges: list[tuple[int, int]] = []
        kinds = ""
        first = True
        while first or self._peek() != "]":
            first = False
            low = self._set_item()
            if len(low) == 2:
                kinds += low[1]
                continue
            high = low
            if self._peek() == "-" and self._text[self._at + 1 : self._at + 2] not in ("]", ""):
                self._take()
                high = self._set_item()
            if len(high) == 2 or high < low:
                raise PatternError("A range in the regular expression goes from more to less.")
            ranges.extend(self._folded_range(low, high))
        self._take()
        return CharSet(tuple(ranges), "".join(sorted(set(kinds))), negated)

    def _set_item(self) -> str:
        """Return one character, or a backslash and the letter of a kind."""
        char = self._take()
        if not char:
            raise PatternError("The regular expression has a [ without its ].")
        if char != "\\":
            return char
        char = self._take()
        if char in _ESCAPED_SETS and char:
            return f"\\{char}"
        if char in _CONTROL:
            return _CONTROL[char]
        if not char or char.isalnum():
            raise PatternError(f"\\{char} is not understood in regular expressions.")
        return char

    def _folded_range(self, low: str, high: str) -> list[tuple[int, int]]:
        start, end = self._fold(low) or low, self._fold(high) or high
        if len(start) == 1 and len(end) == 1 and start <= end:
            return [(ord(start), ord(end))]
        return [(ord(low), ord(high))]
