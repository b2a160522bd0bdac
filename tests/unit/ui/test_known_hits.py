import numpy as np

from incipit.ui.known_hits import KnownHits

_ALL = np.array([(0, 3), (10, 13), (10, 20), (30, 33)], np.int64)


def test_the_current_hit_stays_when_all_are_known():
    part = KnownHits(_ALL[1:3], 1, are_all=False)
    every = part.completed(_ALL)
    assert every.are_all
    assert (every.index, every.current) == (2, (10, 20))


def test_without_a_current_hit_none_becomes_it():
    assert KnownHits(_ALL[1:3], are_all=False).completed(_ALL).current is None


def test_next_and_previous_count_from_the_current_hit_or_from_a_place():
    hits = KnownHits(_ALL, 1)
    assert (hits.index_after(99), hits.index_before(99)) == (2, 0)
    hits = KnownHits(_ALL)
    assert (hits.index_after(9), hits.index_before(9)) == (1, 0)
    assert (hits.index_after(99), hits.index_before(0)) == (4, -1)
