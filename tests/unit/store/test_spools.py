"""What is too long to be sent waits in a file, and nothing of it is left behind."""

from __future__ import annotations

import pytest

from incipit.store.contents import text_hash, unpack_original
from incipit.store.spools import OriginalSpool, TextSpool, clear_spools, spool_folder

_TEXT = "Wörter\rund\r\nZeilen – \U0001f600 "


def test_a_text_comes_out_as_it_went_in(tmp_path):
    with TextSpool(tmp_path) as spool:
        for start in range(0, len(_TEXT), 3):
            spool.add(_TEXT[start : start + 3])
        spooled = spool.finished()
    assert list(spooled.parts(5)) == [_TEXT[start : start + 5] for start in range(0, len(_TEXT), 5)]
    assert (spooled.char_count, spooled.text_hash) == (len(_TEXT), text_hash(_TEXT))
    spooled.remove()
    spooled.remove()
    assert list(tmp_path.iterdir()) == []


def test_an_original_comes_out_as_it_went_in(tmp_path):
    with OriginalSpool(tmp_path) as spool:
        for _ in range(1000):
            spool.add(_TEXT.encode())
        spooled = spool.finished()
    packed = b"".join(spooled.chunks())
    assert len(packed) == spooled.size_bytes
    assert unpack_original(packed) == _TEXT.encode() * 1000


def test_what_a_crash_left_goes(tmp_path):
    with TextSpool(spool_folder(tmp_path)) as spool:
        spool.add(_TEXT)
        spool.finished()
    clear_spools(tmp_path)
    clear_spools(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_spool_that_fails_leaves_no_file(tmp_path):
    def fail():
        with TextSpool(tmp_path) as spool:
            spool.add("words")
            raise OSError("the file has gone")

    with pytest.raises(OSError, match="gone"):
        fail()
    assert list(tmp_path.iterdir()) == []
