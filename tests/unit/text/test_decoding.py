from __future__ import annotations

import codecs
import unicodedata
from collections import Counter

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from prose import ENCODED, PROSE
from real_corpora import corpus_files, corpus_folder
from text_strategies import texts

from incipit.errors import UnreadableText
from incipit.text import decoding
from incipit.text.decoding import DecodedText, as_written, decode, preview
from incipit.text.encodings import ENCODINGS


def _stored(text):
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", lines.removeprefix("\ufeff"))


def _has_few_controls(text):
    return sum(char < " " or char == "\x7f" for char in text) * 50 <= len(text)


@given(texts.filter(lambda text: "\0" not in text and _has_few_controls(text)))
@example("Straße\r\nend\r")
@example("e\u0301 and é")
@example("\u1e9b\u0323")
def test_utf8_is_read_as_it_is_stored(text):
    data = text.encode()
    decoded = decode(data)

    assert decoded.text == _stored(text)
    assert decoded.encoding in {"utf-8", "ascii", "utf-8-sig"}
    assert decoded.exact == (decoded.text.encode(decoded.encoding) == data)
    assert decoded.replaced == 0


@given(texts.filter(lambda text: "\0" not in text), st.sampled_from(["utf-16", "utf-32"]))
def test_marks_decide(text, family):
    for order in ("le", "be"):
        mark = "\ufeff".encode(f"{family}-{order}")
        decoded = decode(mark + text.encode(f"{family}-{order}"))

        # The mark goes; a second one is text.
        assert decoded.text == _stored("\ufeff" + text)
        assert not decoded.exact
        assert decoded.replaced == 0


@given(st.binary(max_size=200))
def test_whatever_comes_is_read_or_refused(data):
    decoded = _decoded_or_code(data)
    if isinstance(decoded, str):
        assert decoded in {"binary", "too-many-control-characters", "undecodable"}
        return
    assert "\r" not in decoded.text
    assert "\0" not in decoded.text
    assert unicodedata.is_normalized("NFC", decoded.text)
    assert decoded.exact == (decoded.text.encode(decoded.encoding, "replace") == data)


def _decoded_or_code(data):
    try:
        return decode(data)
    except UnreadableText as refused:
        return refused.code


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", DecodedText("", "ascii", True)),
        (b"plain\n", DecodedText("plain\n", "ascii", True)),
        (b"a\r\nb\rc", DecodedText("a\nb\nc", "ascii", False)),
        ("né".encode(), DecodedText("né", "utf-8", True)),
        ("ne\u0301".encode(), DecodedText("né", "utf-8", False)),
        (b"\xef\xbb\xbfa", DecodedText("a", "utf-8-sig", True)),
        (b"\xef\xbb\xbfa\r\n", DecodedText("a\n", "utf-8-sig", False)),
        ("aé".encode("utf-16"), DecodedText("aé", "utf-16-le", False)),
        ("plain\n".encode("utf-16-be"), DecodedText("plain\n", "utf-16-be", True)),
        ("plain".encode("utf-32-le"), DecodedText("plain", "utf-32-le", True)),
        ("日本語 text".encode("iso-2022-jp"), DecodedText("日本語 text", "iso-2022-jp", True)),
        (b"\x1b[31mred\x1b[0m", DecodedText("\x1b[31mred\x1b[0m", "ascii", True)),
        ("\ufffd\ufffd".encode("utf-16"), DecodedText("\ufffd\ufffd", "utf-16-le", False)),
        ("\ufffd é".encode(), DecodedText("\ufffd é", "utf-8", True)),
        (b"\xef\xbb\xbfthe caf\xe9 of", DecodedText("the café of", "windows-1252", False)),
        (
            "żółw zażółć gęślą".encode() + b"\xff",
            DecodedText("żółw zażółć gęślą\ufffd", "utf-8", False, 1),
        ),
    ],
)
def test_known_bytes_give_known_text(data, expected):
    assert decode(data) == expected


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"a\0b", "binary"),
        (b"\x7fELF\x02\x01\x01\x00" + bytes(range(64)), "binary"),
        (b"%PDF-1.4 nothing but ascii", "binary"),
        (b"\xff\xfe" + b"\x00" * 40, "binary"),
        (b"\x01\x02\x03 abc", "too-many-control-characters"),
        (bytes(range(0x80, 0x100)) * 20, "undecodable"),
    ],
)
def test_what_is_no_text_is_refused_with_its_reason(data, code):
    with pytest.raises(UnreadableText) as refused:
        decode(data)
    assert refused.value.code == code


@pytest.mark.parametrize(("language", "encoding"), ENCODED)
def test_other_encodings_are_recognised_exactly(language, encoding):
    text = PROSE[language]
    decoded = decode(text.encode(encoding))

    assert decoded.text == text
    assert decoded.exact


@pytest.mark.parametrize("encoding", [one.name for one in ENCODINGS])
def test_chosen_encoding_is_used(encoding):
    text = "plain words"

    assert decode(text.encode(encoding), encoding=encoding).text == text


def test_chosen_encoding_is_never_replaced():
    text = PROSE["russian"]

    assert decode(text.encode("koi8-r"), encoding="windows-1251").encoding == "windows-1251"


@pytest.mark.parametrize(
    ("data", "encoding", "code", "words"),
    [
        (b"caf\xe9", "utf-8", "wrong-encoding", "Byte 4 of the file"),
        (b"a", "utf-16-le", "wrong-encoding", "Byte 1 of the file"),
        (b"a\0", "windows-1252", "wrong-encoding", "NUL"),
        (b"a", "klingon", "unknown-encoding", "klingon"),
        (b"a", "rot13", "unknown-encoding", "rot13"),
    ],
)
def test_chosen_encoding_that_does_not_fit_is_an_error(data, encoding, code, words):
    with pytest.raises(UnreadableText, match=words) as refused:
        decode(data, encoding=encoding)
    assert refused.value.code == code


def _wide(text):
    return text.encode("utf-16")


@given(st.one_of(st.binary(max_size=300), texts.map(str.encode), texts.map(_wide)))
def test_text_as_written_is_what_was_composed(data):
    try:
        decoded = decode(data)
    except UnreadableText:
        return
    assert unicodedata.normalize("NFC", as_written(data, decoded.encoding)) == decoded.text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be", "utf-32-le"])
def test_of_two_byte_order_marks_one_is_text(encoding):
    data = "\ufeff\ufeffa word".encode(encoding)
    decoded = decode(data)

    assert decoded.text == as_written(data, decoded.encoding) == "\ufeffa word"
    assert decode(data, encoding=decoded.encoding).text == decoded.text


def test_text_as_written_keeps_what_stands_apart():
    assert as_written(b"\xef\xbb\xbfe\xcc\x81\r\nx", "utf-8-sig") == "e\u0301\nx"


def test_preview_shows_misfits_and_reads_only_the_beginning():
    assert preview(b"caf\xe9\r\nbar", "utf-8") == "caf\ufffd\nbar"
    assert preview("é".encode() * 5_000, "utf-8", size_bytes=101) == "é" * 50
    assert preview(codecs.BOM_UTF8 + b"a", "utf-8") == "a"
    with pytest.raises(UnreadableText):
        preview(b"a", "klingon")


def test_ascii_and_utf8_never_reach_the_guess(monkeypatch):
    def guess(_data, _prior):
        raise AssertionError

    monkeypatch.setattr(decoding, "guess", guess)

    assert decode(b"plain").encoding == "ascii"
    assert decode("£15.8m Łódź 漢字".encode()).encoding == "utf-8"


def test_every_article_is_read_with_its_pounds():
    decoded = [decode(path.read_bytes()) for path in corpus_files("bbc")]
    found = Counter(one.encoding for one in decoded)

    assert len(decoded) == 2225
    assert found["windows-1252"] == 1
    assert set(found) == {"ascii", "utf-8", "windows-1252"}
    assert {char for one in decoded for char in one.text if char > "\x7f"} >= {"£"}
    assert not any("\ufffd" in one.text or "ï¿½" in one.text for one in decoded)


def test_articles_in_windows_1252_are_right_in_99_of_100():
    articles = [decode(path.read_bytes()).text for path in corpus_files("bbc")]
    few = [text for text in articles if not text.isascii()]
    right = sum(decode(text.encode("windows-1252")).text == text for text in few)

    assert right >= 0.99 * len(few) > 600


def test_the_speech_in_big5_is_read():
    decoded = decode((corpus_folder("inaugural") / "2005-Bush.txt").read_bytes())

    assert decoded.encoding == "big5"
    assert "America’s vital interests" in decoded.text
    assert {char for char in decoded.text if char > "\x7f"} == set("—’“”…")
