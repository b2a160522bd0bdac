"""What is no text, and the reasons given for it."""

from __future__ import annotations

from typing import NoReturn

from incipit.errors import UnreadableText

#: Controls that texts contain: tab, line ends, page feed, backspace, escape, the end-of-file
#: sign of DOS.
_TEXT_CONTROLS = frozenset(b"\b\t\n\v\f\r\x1a\x1b")
_CONTROLS = bytes(code for code in (*range(32), 127) if code not in _TEXT_CONTROLS)

#: The share of other controls above which bytes are no text.
MAX_CONTROL_SHARE = 0.02

#: How files of known kinds begin. The kind completes "This is ...".
_KINDS = (
    (b"%PDF-", "a PDF document"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"\xd0\xcf\x11\xe0", "an office document of an old format"),
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"GIF8", "an image"),
    (b"\x1f\x8b", "a compressed file"),
    (b"BZh", "a compressed file"),
    (b"\xfd7zXZ\x00", "a compressed file"),
    (b"7z\xbc\xaf\x27\x1c", "an archive"),
    (b"Rar!\x1a\x07", "an archive"),
    (b"SQLite format 3\x00", "a database"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"ID3", "a sound file"),
    (b"OggS", "a sound file"),
)

_NOT_TEXT = "Only plain text can be read. Save or export its text, and add that."


def known_kind(data: bytes) -> str | None:
    """Return what kind of file begins so, for those that are never plain text."""
    return next((kind for start, kind in _KINDS if data.startswith(start)), None)


def control_share(data: bytes) -> float:
    """Return the share of bytes that are controls which texts do not contain."""
    if not data:
        return 0.0
    return 1 - len(data.translate(None, _CONTROLS)) / len(data)


def refuse(data: bytes) -> NoReturn:
    """Refuse bytes that are no text, with the reason that says most.

    Raises:
        UnreadableText: always; code ``binary`` or ``too-many-control-characters``.
    """
    kind = known_kind(data)
    if kind is not None:
        raise UnreadableText(f"This is {kind}, not plain text.", advice=_NOT_TEXT, code="binary")
    nuls = data.count(0)
    if nuls:
        raise UnreadableText(
            f"This is binary data, not text: {nuls:,} of its {len(data):,} bytes are NUL.",
            advice=_NOT_TEXT,
            code="binary",
        )
    raise UnreadableText(
        f"This is not text: {control_share(data):.0%} of its bytes are control characters.",
        advice=_NOT_TEXT,
        code="too-many-control-characters",
    )
