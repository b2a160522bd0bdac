"""A file read in chunks gives what it gives when it is read at once."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from prose import ENCODED, PROSE

from incipit.errors import UnreadableText
from incipit.text.decoding import decide, decode, text_pieces
from incipit.text.material import ChunkedMaterial, WholeMaterial, facts_of

_SIZES = (1, 3, 7, 1000, 1 << 20)

_FILES = [
    *[PROSE[language].encode(encoding) for language, encoding in ENCODED],
    *[
        ("\ufeff\ufeffline e\u0301\r\nend\r\r\n" + PROSE["russian"]).encode(encoding)
        for encoding in ("utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")
    ],
    *["plain 👍 words\r\n".encode(encoding) for encoding in ("utf-16-le", "utf-32-be")],
    "漢字 and kana かな".encode("iso-2022-jp"),
    b"\x1b[31mred\x1b[0m\r\n",
    "€ and \ufffd twice \ufffd ".encode() * 20 + b"\xff torn",
    b"\xef\xbb\xbfmarked \xe9 and broken " + "naïve ".encode() * 30,
    "wide".encode("utf-16") + b"\x00\xd8" + "after a torn pair".encode("utf-16-le"),
    b"",
    b"\r",
]
_REFUSED = [
    b"%PDF-1.7 plain",
    b"nul \0 in ascii!" * 31,
    b"\x01\x02\x03" * 40 + b"words",
    b"\x89PNG\r\n\x1a\n\x00",
    bytes(range(128, 256)) * 30,
]


def _chunked(data, size):
    def chunks():
        return (data[start : start + size] for start in range(0, len(data), size))

    return ChunkedMaterial(chunks, facts_of(chunks()))


@pytest.mark.parametrize("size", _SIZES)
@pytest.mark.parametrize("data", _FILES)
def test_chunks_are_read_as_the_whole_is(data, size):
    whole = decode(data)
    decision = decide(_chunked(data, size))
    assert "".join(text_pieces(decision)) == whole.text
    assert (decision.encoding, decision.replaced) == (whole.encoding, whole.replaced)


@pytest.mark.parametrize("size", _SIZES)
@pytest.mark.parametrize("data", _REFUSED)
def test_chunks_are_refused_as_the_whole_is(data, size):
    with pytest.raises(UnreadableText) as whole:
        decode(data)
    with pytest.raises(UnreadableText) as chunked:
        decide(_chunked(data, size))
    assert (chunked.value.code, str(chunked.value)) == (whole.value.code, str(whole.value))


@pytest.mark.parametrize("size", _SIZES)
@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (b"sound words and one \xff byte", "utf-8"),
        (b"words that end torn \xe2\x82", "utf-8"),
        (b"abc\x85\xff\xffdef" * 3, "shift-jis"),
        (b"abcd\x00\xdc\x00\xdcef", "utf-16-le"),
        (b"\x1b$B\xff\xff\x1b(B", "iso-2022-jp"),
        (b"a\0b", "windows-1252"),
    ],
)
def test_the_byte_that_does_not_fit_is_counted_from_the_beginning(data, encoding, size):
    with pytest.raises(UnreadableText) as whole:
        decode(data, encoding=encoding)
    with pytest.raises(UnreadableText) as chunked:
        decide(_chunked(data, size), encoding=encoding)
    assert str(chunked.value) == str(whole.value)


@given(st.binary(max_size=60), st.integers(1, 9))
def test_facts_do_not_depend_on_chunks(data, size):
    material = _chunked(data, size)
    assert material.facts == WholeMaterial(data).facts
    assert material.beginning(10) == data[:10]
    assert b"".join(material.without(data[:2]).chunks()) == data.removeprefix(data[:2])


@given(st.binary(max_size=80), st.integers(1, 9))
def test_any_bytes_are_read_in_chunks_as_at_once(data, size):
    assert _outcome(_chunked(data, size)) == _outcome(WholeMaterial(data))


def _outcome(material):
    try:
        decision = decide(material)
    except UnreadableText as refusal:
        return refusal.code
    return "".join(text_pieces(decision)), decision.encoding, decision.replaced
