"""Titles that a text states as such: in markup, in the lines of fields at its top, in cues."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from itertools import takewhile

#: How many lines of fields are read for a title; those of forwarded mail are many.
_MOST_LINES = 80

_MARKUP_START = re.compile(r"\s*<(?:\?xml|!doctype|html|head|tei|doc|article)\b", re.IGNORECASE)
_ELEMENT = re.compile(r"<(title|headline|h1)\b[^>]*>(.*?)</\1\s*>", re.IGNORECASE | re.DOTALL)
_ATTRIBUTE = re.compile(r"<(?:doc|article)\b[^>]*\stitle=(\"[^\"]*\"|'[^']*')", re.IGNORECASE)
_TAG = re.compile(r"<[^>]*>")

#: "Subject: ..." of a letter (RFC 5322), "title: ..." at the top of Markdown or a transcript.
_FIELD = re.compile(r"([A-Za-z][A-Za-z0-9_-]*)[ \t]*:(?:[ \t]+(.*)|)$")
_TITLE_FIELDS = frozenset({"subject", "title"})

#: The first line of a letter in a mailbox, and the bars around the fields of Markdown.
_BEFORE_FIELDS = re.compile(r"From \S+ .*|---[ \t]*|\+\+\+[ \t]*")

#: The times of a cue of subtitles (SubRip, WebVTT), above what is said.
_CUE = re.compile(r"\s*(?:\d+:)?\d+:\d\d[.,]\d+\s*-->")


def is_markup(head: str) -> bool:
    """Return whether a text that begins with ``head`` is a page or record in markup."""
    return _MARKUP_START.match(head) is not None


def title_in_markup(head: str) -> str | None:
    """Return the title of a page or record, as text without tags, or None."""
    found = _ELEMENT.search(head)
    if found:
        return html.unescape(_TAG.sub(" ", found[2]))
    found = _ATTRIBUTE.search(head)
    return html.unescape(found[1][1:-1]) if found else None


def title_in_cues(head: str) -> str | None:
    """Return what subtitles say first, without tags, or None where there are no cues."""
    lines = head.strip().split("\n", _MOST_LINES)
    at = next((number for number, line in enumerate(lines) if _CUE.match(line)), None)
    # Above the first times stands a number or a name at most, but for the header of WebVTT.
    if at is None or (at > 1 and not lines[0].startswith("WEBVTT")):
        return None
    said = " ".join(takewhile(str.strip, lines[at + 1 : _MOST_LINES]))
    return html.unescape(_TAG.sub("", said)) or None


def title_in_fields(head: str) -> str | None:
    """Return what is named as title or subject in the fields at the top, or None.

    One field alone is none: prose can begin with a word and a colon.
    """
    fields = list(_fields(head))
    if len(fields) < 2:
        return None
    stated = (value for name, value in fields if name.lower() in _TITLE_FIELDS)
    return next((_decoded(value) for value in stated if value), None)


def _fields(head: str) -> Iterator[tuple[str, str]]:
    """Yield the names and values of the lines of fields with which a text begins."""
    lines = head.lstrip("\n").split("\n", _MOST_LINES)
    if _BEFORE_FIELDS.fullmatch(lines[0]):
        del lines[0]
    name, value = "", ""
    for line in lines[:_MOST_LINES]:
        found = _FIELD.match(line)
        if found:
            if name:
                yield name, value
            name, value = found[1], _unquoted((found[2] or "").strip())
        elif name and line[:1] in (" ", "\t") and line.strip():
            # A long value goes on in lines that are indented.
            value = f"{value} {line.strip()}"
        else:
            break
    if name:
        yield name, value


def _unquoted(value: str) -> str:
    quoted = len(value) > 1 and value[0] == value[-1] and value[0] in "\"'"
    return value[1:-1] if quoted else value


def _decoded(value: str) -> str:
    """Return a value with the words of a letter's field that are encoded (RFC 2047)."""
    if "=?" not in value:
        return value
    # Few texts need it, and it takes as long to import as a hundred titles.
    from email.errors import HeaderParseError
    from email.header import decode_header, make_header

    try:
        return str(make_header(decode_header(value)))
    except (HeaderParseError, LookupError, ValueError):
        return value
