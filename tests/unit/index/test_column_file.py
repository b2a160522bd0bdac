"""Column files: what is written is read; what was changed is refused or found."""

from __future__ import annotations

import threading

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from incipit.errors import BugError, Cancelled, IndexUnusable
from incipit.index.column_file import (
    ColumnFile,
    ColumnFileWriter,
    ColumnSpec,
    narrow,
    write_columns,
)

COLUMNS = {
    "bytes": np.arange(1000).astype(np.uint8),
    "empty": np.empty(0, np.uint32),
    "keys": np.array([-5, 2**40], np.int64),
}


@pytest.fixture
def path(tmp_path):
    write_columns(tmp_path / "x.cols", COLUMNS, {"segment": "x", "base": 7})
    return tmp_path / "x.cols"


def test_columns_and_facts_come_back(path):
    file = ColumnFile.open(path)

    assert dict(file.facts) == {"segment": "x", "base": 7}
    for name, values in COLUMNS.items():
        assert file.column(name).dtype == values.dtype
        assert file.column(name).tolist() == values.tolist()
        assert not file.column(name).flags.writeable
    assert file.verify() == []
    assert file.size_bytes == path.stat().st_size


def test_arrays_outlive_the_release_of_their_pages(path):
    file = ColumnFile.open(path)
    values = file.column("bytes")
    file.release()
    assert np.array_equal(values, COLUMNS["bytes"])


def test_an_unknown_column_is_unusable(path):
    with pytest.raises(IndexUnusable):
        ColumnFile.open(path).column("other")


def test_columns_may_grow_side_by_side(tmp_path):
    specs = [ColumnSpec("a", np.dtype(np.uint8), 4), ColumnSpec("b", np.dtype(np.uint16), 2)]
    writer = ColumnFileWriter(tmp_path / "y", specs, {})
    writer.write("a", np.array([1, 2], np.uint8))
    writer.write("b", np.array([300, 301], np.uint16))
    writer.write("a", np.array([3, 4], np.uint8))
    writer.finish()

    file = ColumnFile.open(tmp_path / "y")
    assert file.column("a").tolist() == [1, 2, 3, 4]
    assert file.column("b").tolist() == [300, 301]
    assert file.verify() == []


@pytest.mark.parametrize(
    "values", [np.zeros(5, np.uint8), np.zeros(2, np.uint16)], ids=["too long", "other dtype"]
)
def test_what_was_not_announced_is_refused(tmp_path, values):
    writer = ColumnFileWriter(tmp_path / "y", [ColumnSpec("a", np.dtype(np.uint8), 4)], {})
    with pytest.raises(BugError):
        writer.write("a", values)
    with pytest.raises(BugError):
        writer.finish()
    writer.discard()
    assert list(tmp_path.iterdir()) == []


def test_a_file_is_never_overwritten(path):
    with pytest.raises(FileExistsError):
        write_columns(path, COLUMNS, {})
    assert ColumnFile.open(path).verify() == []


def test_every_truncation_is_refused(path):
    data = path.read_bytes()
    for length in [*range(0, 400, 7), len(data) - 1]:
        path.write_bytes(data[:length])
        with pytest.raises(IndexUnusable):
            ColumnFile.open(path)


def test_a_longer_file_is_refused(path):
    path.write_bytes(path.read_bytes() + b"\0")
    with pytest.raises(IndexUnusable):
        ColumnFile.open(path)


def test_every_changed_bit_is_found_or_means_nothing(path):
    data = path.read_bytes()
    good = ColumnFile.open(path)
    for place in range(len(data)):
        changed = bytearray(data)
        changed[place] ^= 1 << place % 8
        path.write_bytes(changed)
        try:
            file = ColumnFile.open(path)
        except IndexUnusable:
            continue
        if file.verify() == []:  # The bytes between columns mean nothing.
            assert all(np.array_equal(file.column(n), good.column(n)) for n in COLUMNS)
            assert not changed[place] & ~(1 << place % 8)


def test_damage_is_named_by_column(path):
    data = bytearray(path.read_bytes())
    data[-1] ^= 255
    path.write_bytes(data)
    assert ColumnFile.open(path).verify() == ["x.cols: column keys has changed"]


def test_verifying_can_be_cancelled(path):
    cancel = threading.Event()
    cancel.set()
    with pytest.raises(Cancelled):
        ColumnFile.open(path).verify(cancel)


def test_another_format_is_refused(path):
    data = bytearray(path.read_bytes())
    data[8] = 99
    path.write_bytes(data)
    with pytest.raises(IndexUnusable, match="format 99"):
        ColumnFile.open(path)


@given(st.binary(max_size=200))
def test_any_other_file_is_refused(tmp_path_factory, data):
    path = tmp_path_factory.mktemp("foreign") / "x"
    path.write_bytes(data)
    with pytest.raises(IndexUnusable):
        ColumnFile.open(path)


@given(st.integers(0, 2**64 - 1))
def test_narrow_is_the_narrowest(value):
    dtype = narrow(value)
    assert value <= np.iinfo(dtype).max
    assert dtype.itemsize == 1 or value > 2 ** (4 * dtype.itemsize) - 1
