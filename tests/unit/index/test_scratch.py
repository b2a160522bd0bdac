"""Columns in a scratch file are read as they were appended, and leave nothing behind."""

from __future__ import annotations

import numpy as np
import pytest

from incipit.errors import BugError
from incipit.index.scratch import ScratchFile


def test_columns_grow_side_by_side_and_are_read_in_parts(tmp_path):
    with ScratchFile(tmp_path) as file:
        wide, narrow = file.column(np.uint32, 5), file.column(np.uint8, 3)
        wide.append(np.array([1, 70_000]))
        narrow.append(np.array([7, 8], np.uint8))
        wide.append(np.array([3, 4, 5], np.int64))
        narrow.append(np.array([9], np.uint8))

        assert wide.read().tolist() == [1, 70_000, 3, 4, 5]
        assert wide.read(1, 3).tolist() == [70_000, 3]
        assert narrow.read().tolist() == [7, 8, 9]
        assert (wide.read().dtype, narrow.read(3).size) == (np.uint32, 0)


def test_no_column_runs_into_the_next(tmp_path):
    with ScratchFile(tmp_path) as file:
        first, second = file.column(np.uint16, 2), file.column(np.uint16, 1)
        second.append(np.array([5], np.uint16))
        with pytest.raises(BugError):
            first.append(np.zeros(3, np.uint16))
        first.append(np.zeros(2, np.uint16))
        assert second.read().tolist() == [5]
        with pytest.raises(BugError):
            second.read(0, 2)


def test_nothing_stays_in_the_folder(tmp_path):
    with ScratchFile(tmp_path) as file:
        file.column(np.uint8, 3).append(np.zeros(3, np.uint8))
    assert list(tmp_path.iterdir()) == []
