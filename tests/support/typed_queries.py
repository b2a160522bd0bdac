"""What people type into a search bar, whole and half, for hypothesis."""

from __future__ import annotations

from hypothesis import strategies as st

PIECES = (
    *("turkey", "erdogan", "s", "400", "S-400", "isn't", "isn’t", "U.S.", "24/7", "Trump's"),
    *("purchas*", "*tion", "colo?r", "*", "?", "**", "erdogn~", "erdogn~2", "x~9", "~", "~3"),
    *("AND", "OR", "NOT", "NEAR/5", "NEAR", "NEAR/", "NEAR/99999999", "and", "or", "not", "near"),
    *("(", ")", "((", "))", "-", "--", "-b", "-(", '-"', '"', "“", "”", '"~5', '"~', '"~0'),
    *('"senior official"', '"a * b"', '"* a *"', '"purchas* S-400"~3', '""', '"*"'),
    *("/s\\d+/", "/(a+)+b/", "/(a/", "/", "//", "/[/", "/a|b/", "/.*/", "/a{3}/", "/\\//"),
    *("name:", "name:report", 'name:"a b"', "folder:x", "tag:", "words:>500", "words:", "words:a"),
    *("words:1..5", "words:..5", "words:1..", "words:<=1,000", "added:2026-11", "added:2026-99"),
    *("added:2026..2027", "added:>", "-name:x", "name:>x", "name:=x", "other:thing", "words:0"),
    *(
        "中文",
        "é",
        "ß",
        "\u0301",
        "\U0001f600",
        "\x00",
        "\t",
        "\n",
        "…",
        "–b",
        "a\u00adb",
        "+",
        "^2",
    ),
)

pieces = st.sampled_from(PIECES)
gaps = st.sampled_from([" ", " ", " ", "", "  "])


@st.composite
def _joined(draw):
    return "".join(piece + draw(gaps) for piece in draw(st.lists(pieces, max_size=9)))


@st.composite
def _half_typed(draw):
    text = draw(_joined())
    return text[: draw(st.integers(0, len(text)))]


typed = _joined() | _half_typed() | st.text(max_size=40)
