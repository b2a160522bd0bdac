"""LazySequence texts are the texts that went in, and small."""

from __future__ import annotations

import pickle
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incipit.models.packed import LazySequence, PackedTexts

ROWS = st.lists(st.tuples(*[st.text(st.characters(exclude_categories=()), max_size=3)] * 2))


def packed(rows):
    texts = PackedTexts(2)
    for row in rows:
        texts.append(*row)
    return texts


@given(ROWS, st.integers(0, 300))
def test_rows_come_back_in_any_order_also_in_another_process(rows, before):
    rows = [(str(n), "") for n in range(before)] + rows
    texts = packed(rows)
    for same in (texts, pickle.loads(pickle.dumps(texts))):
        for at in (*range(len(rows)), *reversed(range(len(rows)))):
            assert tuple(same[at]) == rows[at]


def test_paths_of_a_folder_take_a_few_bytes_each():
    texts = packed((f"/home/someone/corpus/2021/{n:08}.txt", "") for n in range(100_000))
    assert len(pickle.dumps(texts)) < 20 * 100_000


def test_several_threads_may_read():
    texts = packed((str(n), str(-n)) for n in range(10_000))

    def read(first):
        return all(tuple(texts[n]) == (str(n), str(-n)) for n in range(first, 10_000, 7))

    with ThreadPoolExecutor(4) as pool:
        assert all(pool.map(read, range(8)))


class Numbers(LazySequence):
    def __init__(self, count):
        self.count = count

    def __len__(self):
        return self.count

    def _at(self, at):
        return at


def test_values_are_a_sequence():
    assert Numbers(3) == (0, 1, 2) == tuple(Numbers(3))
    assert Numbers(3) == Numbers(3)
    assert Numbers(3) not in ((0, 1), (0, 1, 3), 3)
    assert (Numbers(9)[2:4], Numbers(9)[-1]) == ((2, 3), 8)
    assert repr(Numbers(2)) == "Numbers([0, 1])"
    with pytest.raises(IndexError):
        Numbers(3)[3]
