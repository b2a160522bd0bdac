from __future__ import annotations

import pytest
from prose import PROSE

from incipit.text.plausibility import Surroundings, cost


def test_ascii_costs_nothing():
    assert cost("") == cost("plain words, 100%") == 0


@pytest.mark.parametrize("language", list(PROSE))
def test_prose_is_plausible(language):
    text = PROSE[language]

    assert cost(text) / sum(not char.isascii() for char in text) < 7


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        ("£15.8m", "ï¿½15.8m"),
        ("nation’s", "nation¡¦s"),
        ("nie kończy się", "nie koñczy siê"),
        ("Привет", "пРИВЕТ"),
        ("don’t", "donÕt"),
        ("« mot »", "Ť mot ť"),
        ("café", "cafŽ"),
        ("日本語の文", "擔杮岅偺暥"),
        ("Danilo Šegan", "Danilo ¦egan"),
        ("déjà", "d\x82j\x85"),
    ],
)
def test_right_reading_costs_less(better, worse):
    assert cost(better) < cost(worse)


def test_language_of_the_words_around_decides_between_accents():
    around = Surroundings(b"nie w na do z jest po za dla jak ale co tego czy lub przez od to")

    assert cost("ko\u0144", around=around) < cost("ko\u00f1", around=around)
    assert cost("ko\u0144") > cost("ko\u00f1")


def test_replacement_costs_what_is_said():
    assert cost("a\ufffd", replaced=3.0) == 3.0
