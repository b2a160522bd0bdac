from __future__ import annotations

import codecs

import pytest

from incipit.text.encodings import ENCODINGS, canonical, label


def test_every_encoding_is_known_to_python_under_its_name():
    for encoding in ENCODINGS:
        assert codecs.lookup(encoding.name)
        assert canonical(encoding.name) == encoding.name
        assert label(encoding.name) == encoding.label


def test_names_and_labels_are_unique():
    assert len({encoding.name for encoding in ENCODINGS}) == len(ENCODINGS)
    assert len({encoding.label for encoding in ENCODINGS}) == len(ENCODINGS)


@pytest.mark.parametrize(
    ("name", "recorded"),
    [
        ("cp1252", "windows-1252"),
        ("latin-1", "iso-8859-1"),
        ("UTF8", "utf-8"),
        ("gb2312", "gb18030"),
        ("euc_kr", "cp949"),
        ("sjis", "shift-jis"),
        ("utf-16", "utf-16-le"),
        ("rot13", None),
        ("zlib", None),
        ("idna", None),
        ("no such", None),
        ("", None),
        ("nul\0", None),
    ],
)
def test_other_names_lead_to_the_recorded_one(name, recorded):
    assert canonical(name) == recorded


def test_label_of_the_unknown_is_its_name():
    assert label("x-mine") == "x-mine"
