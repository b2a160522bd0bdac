"""Which of the encodings without marks a file is in, by how plausibly it reads in each.

Owns the candidates and their prior. Called only for bytes that are neither ASCII nor UTF-8.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from charset_normalizer import from_bytes

from incipit.errors import UnreadableText
from incipit.text.encodings import canonical
from incipit.text.plausibility import cost

#: The candidates with what speaks against each in advance, in nats: how much rarer than
#: Windows-1252 it is among files that have no mark and are not UTF-8.
_CANDIDATES = {
    "windows-1252": 0.0,
    "utf-8": 0.0,
    "iso-8859-15": 1.0,
    "windows-1250": 1.5,
    "iso-8859-2": 1.5,
    "windows-1251": 1.5,
    "gb18030": 1.5,
    "shift-jis": 1.5,
    "cp932": 1.6,
    "big5": 1.5,
    "cp950": 1.6,
    "big5-hkscs": 1.7,
    "cp949": 1.5,
    "koi8-r": 2.0,
    "koi8-u": 2.5,
    "euc-jp": 2.0,
    "windows-1253": 2.0,
    "iso-8859-7": 2.5,
    "windows-1254": 1.5,
    "iso-8859-9": 2.0,
    "windows-1255": 2.0,
    "iso-8859-8": 2.5,
    "windows-1256": 2.0,
    "iso-8859-6": 2.5,
    "windows-1257": 2.5,
    "iso-8859-13": 3.0,
    "iso-8859-16": 3.0,
    "cp874": 2.0,
    "mac-roman": 3.0,
    "cp850": 4.0,
    "cp437": 4.5,
    "cp852": 4.5,
    "cp866": 3.0,
    "iso-8859-5": 4.0,
    "mac-cyrillic": 4.0,
    "mac-latin2": 5.0,
}

#: Readings that put U+FFFD for what does not fit: UTF-8 torn at an edge or damaged, and the
#: five bytes that Windows-1252 does not know.
_LENIENT = ("utf-8", "windows-1252")

#: The cost in nats of a byte that does not fit.
_MISFIT = 10.0

#: What an encoding gains by being the source's most frequent, second, third.
_PRIOR_GAINS = (4.0, 3.0, 2.0)

_SAMPLE_BYTES = 6_000
_CHUNK_BYTES = 65_536

#: The cost of a high byte above which the detector is asked as well, and above which nothing
#: fits. Prose in the right encoding costs 1.5 to 4 a byte.
_DOUBTFUL = 5.0
_HOPELESS = 11.0


@dataclass(frozen=True, slots=True)
class _Reading:
    cost: float
    encoding: str
    errors: str


def guess(data: bytes, prior: Sequence[str] = ()) -> tuple[str, str]:
    """Return text and encoding of ``data``, bytes that fit no reading as U+FFFD.

    ``prior`` are encodings of the source's other files, most frequent first.

    Raises:
        UnreadableText: with code ``undecodable`` where no encoding gives anything like text.
    """
    sample = _sample(data)
    high_bytes = sum(byte > 0x7F for byte in sample)
    gains = _gains(prior)
    readings = sorted(_readings(sample, gains), key=lambda reading: reading.cost)
    if readings[0].cost > _DOUBTFUL * high_bytes:
        readings = sorted([*readings, *_detected(sample, gains)], key=lambda reading: reading.cost)
    for reading in readings:
        if reading.cost > _HOPELESS * high_bytes + max(_CANDIDATES.values()):
            break
        try:
            return data.decode(reading.encoding, reading.errors), reading.encoding
        except UnicodeDecodeError:
            continue
    raise UnreadableText(
        "The file does not read as text in any encoding.",
        advice="If you know its encoding, choose it for this file.",
        code="undecodable",
    )


def _gains(prior: Sequence[str]) -> dict[str, float]:
    names = [name for name in map(canonical, prior) if name not in (None, "ascii")]
    return {str(name): gain for name, gain in zip(names, _PRIOR_GAINS, strict=False)}


def _readings(sample: bytes, gains: dict[str, float]) -> Iterator[_Reading]:
    for name, handicap in _CANDIDATES.items():
        reading = _read(sample, name, "strict", handicap - gains.get(name, 0.0))
        if reading is None and name in _LENIENT:
            reading = _read(sample, name, "replace", handicap - gains.get(name, 0.0))
        if reading is not None:
            yield reading


def _read(sample: bytes, name: str, errors: str, handicap: float) -> _Reading | None:
    # An incremental decoder does not mind that the sample may end within a character.
    decoder = codecs.getincrementaldecoder(name)(errors)
    try:
        text = decoder.decode(sample)
    except UnicodeDecodeError:
        return None
    return _Reading(cost(text, replaced=_MISFIT) + handicap, name, errors)


def _detected(sample: bytes, gains: dict[str, float]) -> Iterator[_Reading]:
    """Yield readings in encodings that charset-normalizer proposes and are no candidates."""
    for match in from_bytes(sample):
        name = canonical(match.encoding)
        if name is not None and name not in _CANDIDATES:
            reading = _read(sample, name, "strict", max(_CANDIDATES.values()) - gains.get(name, 0))
            if reading is not None:
                yield reading


def _sample(data: bytes) -> bytes:
    """Return words of ``data`` with bytes beyond ASCII, about `_SAMPLE_BYTES` of them.

    White space is never part of a longer character in any candidate, so that words stay whole.
    """
    words: list[bytes] = []
    size = 0
    for chunk in _chunks(data):
        for word in chunk.split():
            if not word.isascii():
                words.append(word[: _SAMPLE_BYTES - size])
                size += len(words[-1]) + 1
                if size >= _SAMPLE_BYTES:
                    return b" ".join(words)
    return b" ".join(words)


def _chunks(data: bytes) -> Iterator[bytes]:
    start = 0
    while start < len(data):
        end = start + _CHUNK_BYTES
        if end < len(data):
            end = max(data.find(b" ", end), data.find(b"\n", end)) + 1 or len(data)
        yield data[start:end]
        start = end
