"""Which of the encodings without marks a file is in, by how plausibly it reads in each.

Owns the candidates and their prior. Called only for bytes that are neither ASCII nor UTF-8.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator, Sequence
from copy import copy
from dataclasses import dataclass

from charset_normalizer import from_bytes

from incipit.errors import UnreadableText
from incipit.text.encodings import canonical
from incipit.text.material import Material, Reading, WholeMaterial
from incipit.text.plausibility import Surroundings, cost

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
    "cp852": 6.0,
    "cp866": 3.0,
    "iso-8859-5": 4.0,
    "mac-cyrillic": 4.0,
    "mac-latin2": 8.0,
}

#: Readings that put U+FFFD for what does not fit: UTF-8 torn at an edge or damaged, and the
#: five bytes that Windows-1252 does not know.
_LENIENT = ("utf-8", "windows-1252")

#: The cost in nats of a byte that does not fit.
_MISFIT = 10.0

#: What an encoding gains by being the source's most frequent, second, third.
_PRIOR_GAINS = (4.0, 3.0, 2.0)

_SAMPLE_BYTES = 3_000

#: How much is read to rule candidates out, and how far they must be behind the best: so many
#: times its cost, and so many nats.
_PIECE_BYTES = 400
_FAR = 1.5
_FAR_AT_LEAST = 20.0

_PART_BYTES = 65_536

#: How far a file is searched for bytes not met before, and how much of such a word counts.
_SCANNED_BYTES = 1_000_000
_LATER_WORD_BYTES = 60

#: The cost of a high byte above which the detector is asked as well. Prose in the right
#: encoding costs 1.5 to 4.5 a byte, noise in the best one 6.5 to 8.
_DOUBTFUL = 4.4

#: The cost of a high byte above which a file is noise, if it has enough of them and they are
#: most of it; a wrong reading of few is more use to a person than none.
_HOPELESS = 6.0
_NOISE_BYTES = 100
_NOISE_SHARE = 0.5

#: Encodings that put one script, or one language, beyond ASCII; how many bytes of it, at what
#: cost a byte, settle the matter where the source's other files are in that encoding. GB18030
#: is not among them, since it reads other Chinese and Japanese encodings almost as well.
_ONE_SCRIPT = frozenset(
    (
        *("shift-jis", "cp932", "big5", "cp950", "cp949", "euc-jp", "koi8-r", "koi8-u"),
        *("windows-1251", "windows-1253", "windows-1255", "windows-1256", "cp874", "cp866"),
    )
)
_ENOUGH_BYTES = 200
_CONVINCING = 3.6

_HIGH = bytes(range(0x80, 0x100))
_WHITE_SPACE = re.compile(rb"[ \n]")


@dataclass(frozen=True, slots=True)
class _SampleReading:
    cost: float
    encoding: str
    errors: str


def guess(material: Material, prior: Sequence[str] = ()) -> tuple[Reading, str]:
    """Return reading and encoding of some bytes, those that fit no reading as U+FFFD.

    ``prior`` are encodings of the source's other files, most frequent first.

    Raises:
        UnreadableText: with code ``undecodable`` where no encoding gives anything like text.
    """
    sample = _Sample(material)
    gains = _gains(prior)
    readings = _usual(sample, gains) or _compared(sample, gains)
    if readings[0].cost > _DOUBTFUL * sample.high_bytes:
        readings = sorted([*readings, *_detected(sample, gains)], key=_by_cost)
    if readings[0].cost > _HOPELESS * sample.high_bytes and sample.may_be_noise:
        readings = []
    for reading in readings:
        try:
            return material.read(reading.encoding, reading.errors), reading.encoding
        except UnicodeDecodeError:
            continue
    raise UnreadableText(
        "The file does not read as text in any encoding.",
        advice="If you know its encoding, choose it for this file.",
        code="undecodable",
    )


def plausible(data: bytes) -> tuple[str, ...]:
    """Return the encodings in which all of a sample of ``data`` reads, the most plausible first.

    None for ASCII, which reads alike in most.
    """
    sample = _Sample(WholeMaterial(data))
    if not sample.data:
        return ()
    found = _compared(sample, {})
    return tuple(reading.encoding for reading in found if reading.errors == "strict")


def _gains(prior: Sequence[str]) -> dict[str, float]:
    names = [name for name in map(canonical, prior) if name not in (None, "ascii")]
    return {str(name): gain for name, gain in zip(names, _PRIOR_GAINS, strict=False)}


def _usual(sample: _Sample, gains: dict[str, float]) -> list[_SampleReading]:
    """Return the reading in the source's most frequent encoding alone, if it convinces.

    Encodings of one script each, of which the sample has enough, need no comparison; a few
    accents in a Latin text may be those of another language, and do.
    """
    for name in list(gains)[:1]:
        if name in _ONE_SCRIPT and sample.high_bytes >= _ENOUGH_BYTES:
            reading = _read(sample, name, "strict", 0.0)
            if reading is not None and reading.cost < _CONVINCING * sample.high_bytes:
                return [reading]
    return []


def _compared(sample: _Sample, gains: dict[str, float]) -> list[_SampleReading]:
    """Return the readings in all candidates, best first.

    A short piece rules most of them out, so that few need the whole sample.
    """
    names = list(_CANDIDATES)
    if len(sample.data) > 2 * _PIECE_BYTES:
        first = sorted(_readings(sample.piece(), gains, names), key=_by_cost)
        limit = first[0].cost * _FAR + _FAR_AT_LEAST
        names = [reading.encoding for reading in first if reading.cost <= limit]
    return sorted(_readings(sample, gains, names), key=_by_cost)


def _readings(
    sample: _Sample, gains: dict[str, float], names: Sequence[str]
) -> Iterator[_SampleReading]:
    for name in names:
        handicap = _CANDIDATES[name] - gains.get(name, 0.0)
        reading = _read(sample, name, "strict", handicap)
        if reading is None and name in _LENIENT:
            reading = _read(sample, name, "replace", handicap)
        if reading is not None:
            yield reading


def _read(sample: _Sample, name: str, errors: str, handicap: float) -> _SampleReading | None:
    decoder = codecs.getincrementaldecoder(name)(errors)
    try:
        text = decoder.decode(sample.data, final=sample.is_whole)
    except UnicodeDecodeError:
        return None
    found = cost(text, around=sample.around, replaced=_MISFIT)
    return _SampleReading(found + handicap, name, errors)


def _detected(sample: _Sample, gains: dict[str, float]) -> Iterator[_SampleReading]:
    """Yield readings in encodings that charset-normalizer proposes and are no candidates."""
    for match in from_bytes(sample.data):
        name = canonical(match.encoding)
        if name is not None and name not in _CANDIDATES:
            reading = _read(sample, name, "strict", max(_CANDIDATES.values()) - gains.get(name, 0))
            if reading is not None:
                yield reading


def _by_cost(reading: _SampleReading) -> float:
    return reading.cost


class _Sample:
    """Words of a file with bytes beyond ASCII, about `_SAMPLE_BYTES` of them.

    White space is never part of a longer character in any candidate, so that words stay
    whole. Later words are taken if they have bytes not met before: ISO 8859-15 may differ
    from Windows-1252 in a single € of a long text. A word too long for the room is the last
    one, and may end within a character; `is_whole` says that none does.
    """

    def __init__(self, material: Material) -> None:
        words: list[bytes] = []
        room = _SAMPLE_BYTES
        met: set[int] = set()
        for word in _words_beyond_ascii(material, at_most=_SCANNED_BYTES):
            if room > 0 or not met.issuperset(word):
                words.append(word[: max(room, _LATER_WORD_BYTES)])
                met.update(words[-1])
                room -= len(word) + 1
                if words[-1] != word:
                    break
        self.is_whole = not words or words[-1] == word
        self.data = b" ".join(words)
        self.high_bytes = len(self.data) - len(self.data.translate(None, _HIGH))
        self.around = Surroundings(material.beginning(_PART_BYTES))
        self.may_be_noise = (
            self.high_bytes >= _NOISE_BYTES and self.high_bytes > _NOISE_SHARE * len(self.data)
        )

    def piece(self) -> _Sample:
        """Return the beginning of the sample, with the same surroundings."""
        piece = copy(self)
        piece.data = self.data[:_PIECE_BYTES]
        piece.is_whole = False
        return piece


def _words_beyond_ascii(material: Material, at_most: int) -> Iterator[bytes]:
    """Yield the words with bytes beyond ASCII; none after ``at_most`` bytes if one was found."""
    found = False
    read = 0
    for part in _parts(material.chunks()):
        if found and read > at_most:
            return
        read += len(part)
        if not part.isascii():
            found = True
            yield from (word for word in part.split() if not word.isascii())


def _parts(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """Cut chunks at white space, into parts of about `_PART_BYTES`."""
    rest = b""
    for chunk in chunks:
        data = rest + chunk
        start = 0
        while space := _WHITE_SPACE.search(data, start + _PART_BYTES):
            yield data[start : space.end()]
            start = space.end()
        rest = data[start:]
        if len(rest) > _SCANNED_BYTES:
            # One word: more of it is not looked at anyway.
            yield rest
            rest = b""
    if rest:
        yield rest
