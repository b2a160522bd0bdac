"""Real news, most of it ASCII or UTF-8 and a little of it not, comes out sign by sign."""

from __future__ import annotations

from real_corpora import corpus_files

from incipit.text.decoding import decode


def test_pound_sign_is_right_in_every_file():
    signs = 0
    for path in corpus_files("bbc"):
        data = path.read_bytes()
        # In UTF-8 the sign is two bytes of which the second is the sign in Windows-1252.
        assert decode(data).text.count("£") == data.count(b"\xa3"), path.name
        signs += data.count(b"\xa3")
    assert signs > 1000
