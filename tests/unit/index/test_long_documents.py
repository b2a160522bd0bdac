"""A text written in pieces is, byte for byte, the segment of the whole."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from incipit.index import inversion, layout, long_documents, merging
from incipit.index.column_file import ColumnFile
from incipit.index.inversion import SegmentBuilder
from incipit.index.long_documents import write_document

_texts = st.text(alphabet="abcdé漢 .'1", max_size=200)


def _columns(folder, segment):
    file = ColumnFile.open(folder / segment.name)
    columns = {name: file.column(name).tobytes() for name in file._columns}
    return columns, {**file.facts, "segment": ""}


def _whole(folder, text):
    builder = SegmentBuilder(folder)
    builder.add(7, text)
    return builder.flush()


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(_texts, st.integers(1, 30), st.integers(3, 12), st.integers(1, 6))
def test_pieces_make_the_segment_of_the_whole(tmp_path_factory, text, size, tokens, words):
    folder = tmp_path_factory.mktemp("index")
    with pytest.MonkeyPatch.context() as patch:
        for module in (inversion, layout, merging, long_documents):
            patch.setattr(module, "MAX_ROW_TOKENS", 3)
        expected = _whole(folder, text)
        patch.setattr(long_documents, "_HELD_TOKENS", tokens)
        patch.setattr(inversion, "FULL_WORDS", max(words, 3))
        pieces = [text[start : start + size] for start in range(0, len(text), size)]
        found = write_document(folder, 7, pieces)
    assert (found.doc_count, found.token_count) == (1, expected.token_count)
    assert _columns(folder, found) == _columns(folder, expected)
    assert len(list(folder.iterdir())) == 2


def test_a_text_of_many_words_is_written_in_several_pieces(tmp_path):
    text = "".join(f"the price of item {n} rose by {n % 700} pence\n" for n in range(350_000))
    pieces = (text[start : start + 70_001] for start in range(0, len(text), 70_001))
    assert _columns(tmp_path, write_document(tmp_path, 7, pieces)) == _columns(
        tmp_path, _whole(tmp_path, text)
    )


def test_what_fails_meanwhile_leaves_nothing(tmp_path, monkeypatch):
    monkeypatch.setattr(long_documents, "_HELD_TOKENS", 70_000)

    def failing():
        yield "one two three " * 50_000
        raise OSError("the file has gone")

    with pytest.raises(OSError, match="gone"):
        write_document(tmp_path, 7, failing())
    assert not list(tmp_path.iterdir())
