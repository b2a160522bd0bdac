"""What is no text, and the reasons given for it."""

from __future__ import annotations

from typing import NoReturn

from incipit.errors import UnreadableText
from incipit.text.material import ByteFacts

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


def known_kind(beginning: bytes) -> str | None:
    """Return what kind of file begins so, for those that are never plain text."""
    return next((kind for start, kind in _KINDS if beginning.startswith(start)), None)


def refuse(beginning: bytes, facts: ByteFacts) -> NoReturn:
    """Refuse a file that is no text, with the reason that says most.

    Raises:
        UnreadableText: always; code ``binary`` or ``too-many-control-characters``.
    """
    kind = known_kind(beginning)
    if kind is not None:
        raise UnreadableText(f"This is {kind}, not plain text.", advice=_NOT_TEXT, code="binary")
    if facts.nuls:
        raise UnreadableText(
            f"This is binary data, not text: {facts.nuls:,} of its {facts.size_bytes:,} bytes are"
            " NUL.",
            advice=_NOT_TEXT,
            code="binary",
        )
    raise UnreadableText(
        f"This is not text: {facts.control_share:.0%} of its bytes are control characters.",
        advice=_NOT_TEXT,
        code="too-many-control-characters",
    )
