"""From the bytes of a file to its text: which encoding, and what the text is.

Owns the order of the decision: marks, patterns of NULs, refusal of what is no text, UTF-8,
then the candidate whose reading is most plausible, with the encodings of neighbouring files
as a prior. Text in ASCII or UTF-8 never gets past the cheap tests.
"""

from __future__ import annotations

import codecs
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from incipit.errors import UnreadableText
from incipit.text.encodings import canonical, label
from incipit.text.guessing import guess
from incipit.text.material import Material, Reading, WholeMaterial
from incipit.text.pieces import composed, with_one_line_end, without_mark
from incipit.text.refusal import MAX_CONTROL_SHARE, refuse
from incipit.text.wide import read_wide

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

#: Of the kinds of file that are no text, the one that may have nothing but ASCII in it.
_PDF = b"%PDF-"

#: How much of a file marks and the names of its kind take.
_LONGEST_START = 16

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


@dataclass(frozen=True, slots=True)
class Decision:
    """How the bytes of a file are read, and how many of them fit no reading."""

    reading: Reading
    encoding: str
    replaced: int = 0


def decode(data: bytes, *, prior: Sequence[str] = (), encoding: str | None = None) -> DecodedText:
    """Return the text of ``data``. Arguments and errors are those of `decide`."""
    made = decide(WholeMaterial(data), prior=prior, encoding=encoding)
    text = _plain("".join(made.reading.pieces()))
    exact = _is_exact(data, text, made.encoding)
    return DecodedText(text, made.encoding, exact, made.replaced)


def text_pieces(decision: Decision) -> Iterator[str]:
    r"""Yield the text that a decision gives, in pieces of about the size of what is read.

    Together they are the text that `decode` gives: ``\n`` as its only line end, NFC, no mark.
    """
    return composed(with_one_line_end(without_mark(decision.reading.pieces(), _BOM)))


def decide(
    material: Material, *, prior: Sequence[str] = (), encoding: str | None = None
) -> Decision:
    """Return how the bytes of a file are to be read.

    ``prior`` are the encodings of other files of the same source, most frequent first.
    ``encoding`` is one that a person chose: it is used or refused, never replaced.

    Raises:
        UnreadableText: with code ``binary`` or ``too-many-control-characters`` where the
            bytes are no text, ``undecodable`` where no encoding fits them, and, for a chosen
            encoding, ``unknown-encoding`` or ``wrong-encoding``.
    """
    if encoding is not None:
        return _decide_for(material, encoding)
    beginning = material.beginning(_LONGEST_START)
    for mark, name in _MARKS:
        if beginning.startswith(mark):
            marked = _read_marked(material, name)
            if marked is not None:
                return marked
    facts = material.facts
    if facts.nuls or facts.control_share > MAX_CONTROL_SHARE:
        wide = read_wide(material)
        return refuse(beginning, facts) if wide is None else Decision(*wide)
    if beginning.startswith(_PDF):
        refuse(beginning, facts)
    return _read_narrow(material, prior)


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
    return _one_line_end(data.decode(_unmarked(_known(encoding)), "replace"))


def _decide_for(material: Material, encoding: str) -> Decision:
    name = _known(encoding)
    try:
        reading = material.read(_unmarked(name))
    except UnicodeDecodeError as misfit:
        raise UnreadableText(
            f"Byte {misfit.start + 1:,} of the file does not fit in {label(name)}.",
            advice=_PICK_ANOTHER,
            code="wrong-encoding",
        ) from misfit
    if reading.has_nul:
        raise UnreadableText(
            f"Read as {label(name)}, the file has NUL characters.",
            advice=_PICK_ANOTHER,
            code="wrong-encoding",
        )
    return Decision(reading, name)


def _unmarked(name: str) -> str:
    """Return the encoding to read in so that a mark is seen: it goes later, a second is text."""
    return "utf-8" if name == "utf-8-sig" else name


def _known(encoding: str) -> str:
    name = canonical(encoding)
    if name is None:
        raise UnreadableText(
            f"The encoding “{encoding}” is not known.",
            advice=_PICK_ANOTHER,
            code="unknown-encoding",
        )
    return name


def _read_marked(material: Material, name: str) -> Decision | None:
    """Return the reading after a mark, or None where what follows contradicts it."""
    replaced = 0
    try:
        reading = material.read(name)
    except UnicodeDecodeError:
        reading = material.read(name, "replace")
        replaced = reading.replaced
    if reading.has_nul or replaced > 1 + _MAX_REPLACED_SHARE * reading.length_cp:
        return None
    return Decision(reading, name, replaced)


def _read_narrow(material: Material, prior: Sequence[str]) -> Decision:
    """Read bytes that are neither wide nor binary."""
    if material.facts.is_ascii:
        reading = _read_escapes(material) if material.facts.has_escape else None
        if reading is not None:
            return Decision(reading, "iso-2022-jp")
        return Decision(material.read("ascii"), "ascii")
    marked = material.beginning(len(codecs.BOM_UTF8)) == codecs.BOM_UTF8
    try:
        return Decision(material.read("utf-8"), "utf-8-sig" if marked else "utf-8")
    except UnicodeDecodeError:
        reading, name = guess(material.without(codecs.BOM_UTF8), prior)
    known = _count_replacements(material) if name == "utf-8" else 0
    return Decision(reading, name, reading.replaced - known)


def _read_escapes(material: Material) -> Reading | None:
    """Return the reading in ISO 2022-JP, or None where the escapes are a terminal's or others."""
    try:
        reading = material.read("iso-2022-jp")
    except UnicodeDecodeError:
        return None
    return None if reading.is_ascii else reading


def _count_replacements(material: Material) -> int:
    """Return how often U+FFFD itself stands in bytes that are UTF-8."""
    sign, count, end = _REPLACEMENT.encode(), 0, b""
    for chunk in material.chunks():
        joined = end + chunk
        count += joined.count(sign)
        end = joined[1 - len(sign) :]
    return count


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
