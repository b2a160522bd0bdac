from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from prose import ENCODED, PROSE

from incipit.errors import UnreadableText
from incipit.text import guessing
from incipit.text.encodings import canonical
from incipit.text.guessing import plausible
from incipit.text.material import WholeMaterial


def guess(data, prior=()):
    reading, encoding = guessing.guess(WholeMaterial(data), prior)
    return "".join(reading.pieces()), encoding


@pytest.mark.parametrize(("language", "encoding"), ENCODED)
def test_prose_is_read_in_its_encoding(language, encoding):
    text = PROSE[language]

    assert guess(text.encode(encoding))[0] == text


@pytest.mark.parametrize("text", ["costs £15.8m", "5€ less", "the café", "naïve", "30°C", "“yes”"])
def test_few_high_bytes_mean_windows_1252(text):
    english = "It was said that the price of this is not what it was for us in the past. "

    assert guess((english + text + english).encode("windows-1252")) == (
        english + text + english,
        "windows-1252",
    )


@pytest.mark.parametrize("count", [1, 3, 10, 40, 200])
@pytest.mark.parametrize(
    "sign", ["… ", " — ", " – ", "™ ", " ×2 ", " §2 ", " · ", "\u00a0", "® ", "² "]
)
def test_a_sign_used_again_and_again_is_no_letter_of_another_encoding(sign, count):
    english = "it was said that the price of this is not what it was for us in the past "
    words = english.split()
    text = english * 20 + "".join(f"{words[n % len(words)]}{sign}" for n in range(count))

    assert guess(text.encode("windows-1252")) == (text, "windows-1252")


def test_punctuation_of_big5_in_english_is_recognised():
    text = "America’s vital interests — and freedom’s power — are “one”… so it is said."

    assert guess(text.encode("big5")) == (text, "big5")


def test_one_late_byte_can_decide():
    text = "Die Bürger hören die Züge. " * 300 + "Das kostet 5€ mehr."

    assert guess(text.encode("iso-8859-15")) == (text, "iso-8859-15")


@pytest.mark.parametrize("prior", ["iso-8859-2", "windows-1252", "ISO8859-2"])
def test_prior_decides_where_a_word_alone_does_not(prior):
    assert guess("ko\u0144".encode("iso-8859-2"), [prior])[1] == canonical(prior)


def test_prior_does_not_hide_what_the_bytes_say():
    text = PROSE["russian"]

    for prior in ("windows-1252", "windows-1251", "gb18030"):
        assert guess(text.encode("koi8-r"), [prior, "ascii", "unheard-of"])[0] == text


@pytest.mark.parametrize(
    ("language", "encoding"), [("greek", "cp737"), ("russian", "cp855"), ("korean", "johab")]
)
def test_rare_encodings_are_found_by_the_detector(language, encoding):
    text = PROSE[language].replace("ΐ", "ι")  # which the encoding for DOS lacks

    assert guess(text.encode(encoding)) == (text, encoding)


@pytest.mark.parametrize(("language", "encoding"), ENCODED)
def test_no_prior_hides_what_prose_says(language, encoding):
    text = PROSE[language] * 4
    data = text.encode(encoding)
    priors = {encoding for _, encoding in ENCODED}

    assert {prior for prior in priors if guess(data, [prior])[0] != text} == set()


def test_usual_encoding_of_the_source_is_taken_without_comparison():
    text = PROSE["japanese"] * 5

    assert guess(text.encode("shift-jis"), ["shift-jis"]) == (text, "shift-jis")


def test_damaged_utf8_stays_utf8():
    data = PROSE["polish"].encode()
    torn = b"\x85 " + data + b"\xc5"

    assert guess(torn) == ("\ufffd " + PROSE["polish"] + "\ufffd", "utf-8")


def test_sample_may_end_within_a_character():
    text = "昨天早上我们在车站等朋友忽然下起了大雨" * 400

    for shift in range(3):
        assert guess(b"x" * shift + text.encode("gb18030"))[0] == "x" * shift + text


def test_high_bytes_late_in_a_long_file_are_found():
    text = "plain words of no interest\n" * 20_000 + "costs £15.8m"

    assert guess(text.encode("windows-1252")) == (text, "windows-1252")


def test_noise_is_refused():
    noise = bytes(0x80 + (at * 97 + at * at * 31) % 128 for at in range(4000))

    with pytest.raises(UnreadableText) as refused:
        guess(noise)
    assert refused.value.code == "undecodable"


@given(st.binary(min_size=1, max_size=60))
def test_whatever_comes_is_read_or_refused(data):
    try:
        name = guess(data)[1]
    except UnreadableText as refused:
        name = refused.code
    assert name == "undecodable" or canonical(name) == name


@pytest.mark.parametrize(("language", "encoding"), ENCODED)
def test_the_right_encoding_is_among_the_most_plausible(language, encoding):
    data = PROSE[language].encode(encoding)
    assert PROSE[language] in [data.decode(name) for name in plausible(data)[:3]]


def test_no_encoding_is_more_plausible_for_ascii():
    assert plausible(b"plain words") == ()


def test_encodings_that_do_not_fit_are_not_plausible():
    assert "utf-8" not in plausible("the café".encode("windows-1252"))
