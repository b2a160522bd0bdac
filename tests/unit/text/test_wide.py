from __future__ import annotations

import marshal
import random
from pathlib import Path

import pytest
from prose import PROSE

from incipit.text import wide
from incipit.text.material import WholeMaterial
from incipit.text.wide import read_wide


def decode_wide(data):
    found = read_wide(WholeMaterial(data))
    return found and ("".join(found[0].pieces()), found[1])


_WIDE = ("utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")


@pytest.mark.parametrize("encoding", _WIDE)
@pytest.mark.parametrize("language", [*PROSE, "english"])
def test_text_without_a_mark_is_read(language, encoding):
    text = PROSE.get(language, "Plain words, and nothing else.") + "\n👍 end\n"

    assert decode_wide(text.encode(encoding)) == (text, encoding)


@pytest.mark.parametrize("size", [3, 64, 1001, 4096, 20_000])
def test_noise_is_not_text(size):
    assert decode_wide(random.Random(size).randbytes(size)) is None


def test_nuls_in_plain_text_are_not_wide():
    assert decode_wide(b"some words\0and more words!\0") is None
    assert decode_wide(b"\0" * 64) is None


@pytest.mark.parametrize("encoding", _WIDE)
def test_a_nul_character_is_no_text(encoding):
    text = "plain words " * 50 + "\0" + "plain words " * 50

    assert decode_wide(text.encode(encoding)) is None


def test_a_sample_may_end_within_a_pair():
    text = "👍" * 5_000 + " plain words after them" * 100

    for shift in ("", "a"):
        assert decode_wide((shift + text).encode("utf-16-le")) == (shift + text, "utf-16-le")


def test_the_letters_of_binaries_are_not_weighed(monkeypatch):
    weighed = []
    monkeypatch.setattr(wide, "cost", weighed.append)
    code = marshal.dumps(compile(Path(wide.__file__).read_text("utf-8"), "wide.py", "exec"))
    picture = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\1\0\0\0\1\0\x08\6\0\0\0" + bytes(range(256)) * 20

    for data in (code, code + b"\0" * (-len(code) % 4), picture, picture + b"x"):
        assert decode_wide(data) is None
    assert weighed == []
