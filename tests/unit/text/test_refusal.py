from __future__ import annotations

import pytest

from incipit.errors import UnreadableText
from incipit.text.material import facts_of
from incipit.text.refusal import MAX_CONTROL_SHARE, known_kind, refuse


def _control_share(data):
    return facts_of([data]).control_share


@pytest.mark.parametrize(
    ("data", "code", "words"),
    [
        (b"%PDF-1.7\n\x00", "binary", "a PDF document"),
        (b"\x89PNG\r\n\x1a\n\x00", "binary", "an image"),
        (b"ab\x00c", "binary", "1 of its 4 bytes are NUL"),
        (b"\x01\x02ab", "too-many-control-characters", "50%"),
    ],
)
def test_reason_says_what_is_wrong(data, code, words):
    with pytest.raises(UnreadableText, match=words) as refused:
        refuse(data, facts_of([data]))
    assert refused.value.code == code
    assert refused.value.advice


def test_controls_of_texts_do_not_count():
    assert _control_share(b"a\tb\r\n\x0c\x1b[31mred\x1b[0m\x08\x1a") == 0
    assert _control_share(b"") == 0
    assert _control_share(b"\x01" * 3 + b"a" * 97) == pytest.approx(0.03)
    assert _control_share("é£’".encode("windows-1252")) < MAX_CONTROL_SHARE


def test_text_has_no_known_kind():
    assert known_kind(b"Plain words") is None
    assert known_kind(b"PK\x03\x04...") == "a ZIP archive or an office document"
