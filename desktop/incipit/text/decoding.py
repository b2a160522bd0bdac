"""From the bytes of a file to its text: which encoding, and what the text is.

Owns the order of the decision: marks, patterns of NULs, refusal of what is no text, UTF-8,
then the candidate whose reading is most plausible, with the encodings of neighbouring files
as a prior. Text in ASCII or UTF-8 never gets past the cheap tests.
"""

from __future__ import annotations

import codecs
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from incipit.errors import UnreadableText
from incipit.text.encodings import canonical, label
from incipit.text.guessing import guess
from incipit.text.refusal import MAX_CONTROL_SHARE, control_share, refuse
from incipit.text.wide import decode_wide

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

#: Of the kinds of file that are no text, the one that may have nothing but ASCII in it.
_PDF = b"%PDF-"

_BOM = "\ufeff"
_REPLACEMENT = "\ufffd"

#: The share of characters that do not fit above which a mark is taken for an accident.
_MAX_REPLACED_SHARE = 0.02

_PICK_ANOTHER = "Choose another encoding for this file."


@dataclass(frozen=True, slots=True)
class DecodedText:
    r"""The text of a file, and how it came about.

    ``text`` has ``\n`` as its only line end, is in NFC and has no byte order mark.
    ``encoding`` is a name of `encodings`. ``exact`` says that ``text.encode(encoding)`` is
    the file, byte for byte. ``replaced`` counts the bytes that fit no reading, each shown as
    U+FFFD.
    """

    text: str
    encoding: str
    exact: bool
    replaced: int = 0


def decode(data: bytes, *, prior: Sequence[str] = (), encoding: str | None = None) -> DecodedText:
    """Return the text of ``data``.

    ``prior`` are the encodings of other files of the same source, most frequent first.
    ``encoding`` is one that a person chose: it is used or refused, never replaced.

    Raises:
        UnreadableText: with code ``binary`` or ``too-many-control-characters`` where the
            bytes are no text, ``undecodable`` where no encoding fits them, and, for a chosen
            encoding, ``unknown-encoding`` or ``wrong-encoding``.
    """
    if encoding is not None:
        return _decode_as(data, encoding)
    for mark, name in _MARKS:
        if data.startswith(mark):
            marked = _decode_marked(data, name)
            if marked is not None:
                return marked
    if b"\0" in data or control_share(data) > MAX_CONTROL_SHARE:
        wide = decode_wide(data)
        return refuse(data) if wide is None else _finished(data, *wide)
    if data.startswith(_PDF):
        refuse(data)
    return _decode_narrow(data, prior)


def preview(data: bytes, encoding: str, *, size_bytes: int = 4_000) -> str:
    """Return how the beginning of ``data`` reads in ``encoding``, misfits as U+FFFD.

    Raises:
        UnreadableText: with code ``unknown-encoding``.
    """
    name = _known(encoding)
    decoder = codecs.getincrementaldecoder(name)("replace")
    return _plain(decoder.decode(data[:size_bytes], final=len(data) <= size_bytes))


def as_written(data: bytes, encoding: str) -> str:
    r"""Return the text of ``data`` with its characters as they stand in it, not composed.

    Without a byte order mark, with ``\n`` as its only line end and U+FFFD for misfits, so that
    in NFC it is the text that `decode` made with this encoding.

    Raises:
        UnreadableText: with code ``unknown-encoding``.
    """
    return _one_line_end(_raw(data, _known(encoding), "replace"))


def _decode_as(data: bytes, encoding: str) -> DecodedText:
    name = _known(encoding)
    try:
        text = _raw(data, name)
    except UnicodeDecodeError as misfit:
        raise UnreadableText(
            f"Byte {misfit.start + 1:,} of the file does not fit in {label(name)}.",
            advice=_PICK_ANOTHER,
            code="wrong-encoding",
        ) from misfit
    if "\0" in text:
        raise UnreadableText(
            f"Read as {label(name)}, the file has NUL characters.",
            advice=_PICK_ANOTHER,
            code="wrong-encoding",
        )
    return _finished(data, text, name)


def _raw(data: bytes, name: str, errors: str = "strict") -> str:
    """Return what bytes say, with their mark: that goes later, and a second one is text."""
    return data.decode("utf-8" if name == "utf-8-sig" else name, errors)


def _known(encoding: str) -> str:
    name = canonical(encoding)
    if name is None:
        raise UnreadableText(
            f"The encoding “{encoding}” is not known.",
            advice=_PICK_ANOTHER,
            code="unknown-encoding",
        )
    return name


def _decode_marked(data: bytes, name: str) -> DecodedText | None:
    """Return the text after a mark, or None where what follows contradicts it."""
    replaced = 0
    try:
        text = data.decode(name)
    except UnicodeDecodeError:
        text = data.decode(name, "replace")
        replaced = text.count(_REPLACEMENT)
    if "\0" in text or replaced > 1 + _MAX_REPLACED_SHARE * len(text):
        return None
    return _finished(data, text, name, replaced)


def _decode_narrow(data: bytes, prior: Sequence[str]) -> DecodedText:
    """Read bytes that are neither wide nor binary."""
    if data.isascii():
        text = _decode_escapes(data) if b"\x1b" in data else None
        if text is not None:
            return _finished(data, text, "iso-2022-jp")
        return _finished(data, data.decode("ascii"), "ascii")
    marked = data.startswith(codecs.BOM_UTF8)
    try:
        return _finished(data, data.decode("utf-8"), "utf-8-sig" if marked else "utf-8")
    except UnicodeDecodeError:
        text, name = guess(data.removeprefix(codecs.BOM_UTF8), prior)
    known = data.count(_REPLACEMENT.encode()) if name == "utf-8" else 0
    return _finished(data, text, name, text.count(_REPLACEMENT) - known)


def _decode_escapes(data: bytes) -> str | None:
    """Return the text of ISO 2022-JP, or None where the escapes are a terminal's or others."""
    try:
        text = data.decode("iso-2022-jp")
    except UnicodeDecodeError:
        return None
    return None if text.isascii() else text


def _finished(data: bytes, raw: str, encoding: str, replaced: int = 0) -> DecodedText:
    text = _plain(raw)
    return DecodedText(text, encoding, _is_exact(data, text, encoding), replaced)


def _plain(raw: str) -> str:
    text = _one_line_end(raw)
    if not text.isascii() and not unicodedata.is_normalized("NFC", text):
        text = unicodedata.normalize("NFC", text)
    return text


def _one_line_end(raw: str) -> str:
    text = raw.removeprefix(_BOM)
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text


def _is_exact(data: bytes, text: str, encoding: str) -> bool:
    try:
        return text.encode(encoding) == data
    except UnicodeEncodeError:
        return False
