"""A finite automaton that runs over all words of a lexicon at once.

Owns the way from a pattern to states (positions of the pattern, Glushkov 1961, kept as bits
and joined to sets as words need them) and the run over character columns. A run takes time
in proportion to the letters of the lexicon, whatever the pattern, and gives up on its own.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from incipit.index.expansion_lexicon import Lexicon
from incipit.index.expansion_patterns import (
    CharSet,
    Choice,
    Node,
    PatternError,
    Repeat,
    Sequence,
)

MAX_POSITIONS = 1_000
MAX_STATES = 20_000

#: Repeats of nothing add no positions, and take time all the same.
_MAX_VISITS = 20_000
TIME_LIMIT_S = 2.0

#: The first states: one that nothing leads out of, and the one before the first letter.
_DEAD, _START = 0, 1
_UNKNOWN = -1

_KINDS: dict[str, Callable[[str], bool]] = {
    "d": str.isdecimal,
    "w": lambda char: char.isalnum() or char == "_",
    "s": str.isspace,
}


class PatternTooBroad(PatternError):
    """A pattern that would take too long on these words; ``leaf`` is the query it stands in."""

    leaf: object = None


@dataclass(slots=True)
class Budget:
    """The time that the patterns of one search may still spend on states they have not met."""

    left_s: float = TIME_LIMIT_S


class _Positions:
    """First, last and following positions of a pattern, as bits of Python integers."""

    def __init__(self, node: Node) -> None:
        self.sets: list[CharSet] = []
        self.follow: list[int] = []
        self._visits = 0
        self.nullable, self.first, self.last = self._visit(node)

    def _visit(self, node: Node) -> tuple[bool, int, int]:
        self._visits += 1
        if self._visits > _MAX_VISITS:
            raise PatternTooBroad("The pattern is too long.")
        if isinstance(node, CharSet):
            return self._add(node)
        if isinstance(node, Sequence):
            return self._visit_all(node.parts)
        if isinstance(node, Choice):
            nullable, first, last = False, 0, 0
            for option in node.options:
                empty, begin, end = self._visit(option)
                nullable, first, last = nullable or empty, first | begin, last | end
            return nullable, first, last
        return self._visit_repeat(node)

    def _add(self, node: CharSet) -> tuple[bool, int, int]:
        if len(self.sets) >= MAX_POSITIONS:
            raise PatternTooBroad("The pattern is too long.")
        bit = 1 << len(self.sets)
        self.sets.append(node)
        self.follow.append(0)
        return False, bit, bit

    def _visit_all(self, parts: tuple[Node, ...]) -> tuple[bool, int, int]:
        nullable, first, last = True, 0, 0
        for part in parts:
            empty, begin, end = self._visit(part)
            self._link(last, begin)
            first = first | begin if nullable else first
            last = last | end if empty else end
            nullable = nullable and empty
        return nullable, first, last

    def _visit_repeat(self, node: Repeat) -> tuple[bool, int, int]:
        if node.most is not None:
            optional = tuple(
                Choice((node.part, Sequence(()))) for _ in range(node.most - node.least)
            )
            return self._visit_all((node.part,) * node.least + optional)
        nullable, first, last = self._visit_all((node.part,) * max(node.least, 1))
        # Only the last copy repeats; linking the end of all of them to the first is the same
        # language where one copy was asked for, and wrong for more.
        if node.least <= 1:
            self._link(last, first)
            return nullable or node.least == 0, first, last
        empty, begin, end = self._visit(Repeat(node.part, 0, None))
        self._link(last, begin)
        return nullable, first | (begin if nullable else 0), last | end if empty else end

    def _link(self, last: int, first: int) -> None:
        for position in _bits(last):
            self.follow[position] |= first


class Automaton:
    """Accepts words; ``whole`` says whether a word must be used up, or its beginning will do."""

    def __init__(self, node: Node, *, whole: bool = True) -> None:
        self._positions = _Positions(node)
        self._whole = whole

    def accepted(
        self,
        lexicon: Lexicon,
        first: int,
        end: int,
        *,
        check: Callable[[], None] = lambda: None,
        budget: Budget | None = None,
    ) -> NDArray[np.int64]:
        """Return the terms from ``first`` up to ``end`` that are accepted, int64 ascending.

        ``check`` is called between steps and may raise; ``budget`` is drawn on.

        Raises:
            PatternTooBroad: the work passed the limits of states or time.
        """
        run = _Run(self._positions, lexicon, absorbing=not self._whole, budget=budget or Budget())
        # Longest first, so that those with a letter left are always the first so many.
        terms = np.arange(first, end, dtype=np.int64)
        terms = terms[np.argsort(-lexicon.lengths[terms], kind="stable")]
        lengths = -lexicon.lengths[terms]
        states = np.full(len(terms), _START, np.int64)
        place = 0
        while left := int(np.searchsorted(lengths, -place, side="left")):
            check()
            letters = lexicon.letters[lexicon.starts[terms[:left]] + place]
            states[:left] = run.step(states[:left], letters)
            place += 1
            if 2 * np.count_nonzero(states) < len(states):
                alive = states != _DEAD
                terms, lengths, states = terms[alive], lengths[alive], states[alive]
        return np.sort(terms[run.accepting()[states]])


class _Run:
    """The states met so far, and the table of steps between them, for one lexicon.

    With ``absorbing``, a state that accepts is never left: the beginning of a word will do.
    """

    def __init__(
        self, positions: _Positions, lexicon: Lexicon, *, absorbing: bool, budget: Budget
    ) -> None:
        self._positions = positions
        self._absorbing = absorbing
        self._budget = budget
        self._classes, self._class_bits = _letter_classes(positions.sets, lexicon.alphabet)
        self._width = len(self._class_bits)
        self._numbers: dict[int, int] = {}
        self._next: list[int] = [0, positions.first]
        self._accepts: list[bool] = [False, positions.nullable]
        self._table = np.full(16 * self._width, _UNKNOWN, np.int64)
        self._table[: self._width] = _DEAD

    def accepting(self) -> NDArray[np.bool_]:
        """Return which states accept."""
        return np.array(self._accepts)

    def step(
        self, states: NDArray[np.int64], letters: NDArray[np.unsignedinteger]
    ) -> NDArray[np.int64]:
        """Return the states after one letter each."""
        pairs = states * self._width + self._classes[letters]
        reached: NDArray[np.int64] = self._table[pairs]
        if reached.size and reached.min() == _UNKNOWN:
            started = time.monotonic()
            for pair in np.unique(pairs[reached == _UNKNOWN]).tolist():
                if time.monotonic() - started > self._budget.left_s:
                    raise PatternTooBroad("The pattern takes too long on this corpus.")
                self._fill(*divmod(pair, self._width))
            self._budget.left_s -= time.monotonic() - started
            reached = self._table[pairs]
        return reached

    def _fill(self, state: int, letter_class: int) -> None:
        if len(self._next) > MAX_STATES:
            raise PatternTooBroad("The pattern takes too long on this corpus.")
        if self._absorbing and self._accepts[state]:
            number = state
        else:
            reached = self._next[state] & self._class_bits[letter_class]
            number = self._number(reached) if reached else _DEAD
        self._table[state * self._width + letter_class] = number

    def _number(self, positions: int) -> int:
        number = self._numbers.get(positions)
        if number is None:
            number = self._numbers[positions] = len(self._next)
            following = 0
            for position in _bits(positions):
                following |= self._positions.follow[position]
            self._next.append(following)
            self._accepts.append(bool(positions & self._positions.last))
            if (number + 1) * self._width > len(self._table):
                self._table = np.append(self._table, np.full_like(self._table, _UNKNOWN))
        return number


def _letter_classes(
    sets: list[CharSet], alphabet: NDArray[np.uint32]
) -> tuple[NDArray[np.int64], list[int]]:
    """Group the letters that no set tells apart.

    Returns the class of each letter of the alphabet, and for each class the positions whose
    set holds it, as bits.
    """
    distinct = list(dict.fromkeys(sets))
    members = np.array([_members(one, alphabet) for one in distinct], bool)
    members = members.reshape(len(distinct), len(alphabet))
    patterns, classes = np.unique(members, axis=1, return_inverse=True)
    numbers = {one: number for number, one in enumerate(distinct)}
    set_bits = [0] * len(distinct)
    for position, one in enumerate(sets):
        set_bits[numbers[one]] |= 1 << position
    bits = [
        sum((set_bits[number] for number in np.flatnonzero(pattern)), 0) for pattern in patterns.T
    ]
    return classes.reshape(-1).astype(np.int64), bits or [0]


def _members(one: CharSet, alphabet: NDArray[np.uint32]) -> NDArray[np.bool_]:
    inside = np.zeros(len(alphabet), bool)
    for low, high in one.ranges:
        inside |= (alphabet >= low) & (alphabet <= high)
    for kind in one.kinds:
        holds = _KINDS[kind.lower()]
        of_kind = np.fromiter((holds(chr(code)) for code in alphabet.tolist()), bool, len(alphabet))
        inside |= of_kind if kind.islower() else ~of_kind
    return ~inside if one.negated else inside


def _bits(mask: int) -> list[int]:
    """Return the numbers of the bits that are set."""
    found = []
    while mask:
        low = mask & -mask
        found.append(low.bit_length() - 1)
        mask ^= low
    return found
