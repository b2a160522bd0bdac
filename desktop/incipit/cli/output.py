"""Writing for people and for programs: safe on any terminal, exact in a pipe.

Names and titles come from files and may hold anything. In text for people whatever could
steer a terminal or hide itself is written as an escape; JSON has escapes of its own.
"""

from __future__ import annotations

import json
import shutil
import sys
import unicodedata
from collections.abc import Iterable, Mapping, Sequence

# Controls, lone surrogates, ends of lines.
_ESCAPED = frozenset({"Cc", "Cs", "Zl", "Zp"})
# Marks that turn the direction of what follows.
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_GAP = "  "


def prepare_streams() -> None:
    """Make standard output and error take any text without an error.

    In a pipe the output is UTF-8 on every system.
    """
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is None:
            continue
        encoding = None if stream.isatty() else "utf-8"
        # Together: a new encoding by itself brings the strict handling of errors back.
        reconfigure(encoding=encoding, errors="backslashreplace")


def printable(text: str) -> str:
    """Return ``text`` on one line with everything escaped that is not to be seen."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(_escape(one) if _is_unsafe(one) else one for one in text)


def printable_lines(text: str) -> str:
    """Return ``text`` with the same escapes, but its lines and tabs as they are."""
    return "".join(_escape(one) if _is_unsafe(one) and one not in "\n\t" else one for one in text)


def say(line: str = "") -> None:
    """Write a line of the answer."""
    sys.stdout.write(line + "\n")


def warn(line: str) -> None:
    """Write a line beside the answer."""
    sys.stdout.flush()
    sys.stderr.write(f"incipit: {printable(line)}\n")
    sys.stderr.flush()


def say_json(value: Mapping[str, object]) -> None:
    """Write an object as one line of JSON; lone surrogates of undecodable names are escaped."""
    line = json.dumps(value, ensure_ascii=False)
    try:
        line.encode()
    except UnicodeEncodeError:
        line = json.dumps(value)
    say(line)


def say_table(
    headings: Sequence[str], rows: Iterable[Sequence[str | int]], *, wide: int | None = None
) -> None:
    """Write rows under headings, numbers to the right.

    On a terminal the column ``wide`` is shortened where rows would not fit on a line.
    """
    cells = [[printable(str(cell)) for cell in row] for row in rows]
    lines = [list(headings), *cells]
    widths = [max(width(line[at]) for line in lines) for at in range(len(headings))]
    numeric = [
        bool(cells) and all(_is_number(row[at]) for row in cells) for at in range(len(widths))
    ]
    if wide is not None and sys.stdout.isatty():
        room = shutil.get_terminal_size().columns - len(_GAP) * (len(widths) - 1)
        least = width(headings[wide]) + 8
        widths[wide] = min(widths[wide], max(least, room - sum(widths) + widths[wide]))
        for line in lines:
            line[wide] = shorten(line[wide], widths[wide])
    for line in lines:
        padded = (
            _pad(cell, size, right=right)
            for cell, size, right in zip(line, widths, numeric, strict=True)
        )
        say(_GAP.join(padded).rstrip())


def width(text: str) -> int:
    """Return how many columns of a terminal ``text`` takes."""
    if text.isascii():
        return len(text)
    return sum(_columns(one) for one in text)


def shorten(text: str, columns: int) -> str:
    """Return ``text``, or as much of it as fits with an ellipsis."""
    if width(text) <= columns:
        return text
    kept, used = [], 1
    for one in text:
        used += _columns(one)
        if used > columns:
            break
        kept.append(one)
    return "".join(kept).rstrip() + "…"


def count(number: int, one: str, many: str | None = None) -> str:
    """Return a number with its noun: ``1 document``, ``2,225 documents``."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def _is_unsafe(one: str) -> bool:
    return unicodedata.category(one) in _ESCAPED or one in _TURNING


def _escape(one: str) -> str:
    return one.encode("unicode_escape", "backslashreplace").decode("ascii")


def _columns(one: str) -> int:
    if unicodedata.combining(one):
        return 0
    return 2 if unicodedata.east_asian_width(one) in "WF" else 1


def _is_number(cell: str) -> bool:
    return cell.replace(",", "").replace(".", "").isdigit()


def _pad(cell: str, columns: int, *, right: bool) -> str:
    space = " " * (columns - width(cell))
    return space + cell if right else cell + space
