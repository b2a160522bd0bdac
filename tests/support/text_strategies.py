"""Texts for properties: every script and every nuisance, often enough to matter."""

from __future__ import annotations

from hypothesis import strategies as st

#: Pieces that have gone wrong in programs like this one.
NUISANCES = (
    *("S-400", "isn't", "isn’t", "U.S.", "snake_case", "24/7", "mr trump s", "£15.8m"),
    *("café", "cafe\u0301", "Łódź", "straße", "İstanbul", "ﬁne", "Ｆｕｌｌ", "ŉ", "ǆ", "ẞ", "ſ"),
    *("Ἀθῆναι", "ᾳ", "йод", "й", "हिन्दी", "ക്ഷ", "ไทยนี้", "ມື້", "မြန်မာ", "ភាសា"),
    *("東京都", "がぎ", "か\u3099", "ｶﾞｷﾞ", "スーパー", "二〇二四", "한국어", "한국", "葛\U000e0100"),
    *("👩‍👩‍👧", "🇩🇪", "1️⃣", "❤️", "𝒳𝟙", "𐐀𐐨", "مُحَمَّد", "كتـــاب", "ﻼ", "שָׁלוֹם"),
    *(
        "co\u00adop",
        "a\u200db",
        "a\u200bb",
        "\ufeffa",
        "\u202eabc\u202c",
        "\u0301x",
        "q\u0308\u0323",
    ),
    *("²½Ⅻ", "a" * 200, "é" * 200, "\u200d", "\u00ad", "\ud7ff", "\U0010ffff", "𠀀"),
    *("\n", "\n\n", "\t", " ", "  ", "\u00a0", "\u2028", "\x0b", "\x0c", "\x85"),
)

_any_character = st.characters(exclude_categories=("Cs",))

#: Text as the store holds it, but for its normal form: no surrogates.
texts = st.lists(
    st.one_of(
        st.sampled_from(NUISANCES),
        st.text(_any_character, max_size=8),
        st.text(st.characters(max_codepoint=0x7F), max_size=20),
        st.sampled_from([" ", "-", "'", "\n"]),
    ),
    max_size=20,
).map("".join)

ascii_texts = st.lists(
    st.one_of(
        st.text(st.characters(max_codepoint=0x7F), max_size=30),
        st.sampled_from(["word", "S-400", " ", "x" * 100, "\x1c", "\x00", "_"]),
    ),
    max_size=20,
).map("".join)
