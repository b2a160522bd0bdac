"""Marks know every hash that they were made of, and hardly any other."""

from __future__ import annotations

import pickle

from incipit.store.hash_marks import HashMarks

HASHES = [bytes([number % 251, number // 251]) + bytes(14) for number in range(2_000)]


def test_marks_know_every_hash_also_in_another_process():
    marks = pickle.loads(pickle.dumps(HashMarks(HASHES[:1_000])))
    assert all(one in marks for one in HASHES[:1_000])
    assert not any(one in marks for one in HASHES[1_000:])
    assert HASHES[0] not in HashMarks()
    assert len(pickle.dumps(marks)) < 5_000
