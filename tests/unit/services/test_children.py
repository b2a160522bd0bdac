"""Where NumPy starts no threads, and that others may."""

from __future__ import annotations

import os

import pytest

from incipit.services.children import one_matrix_thread

NAME = "OPENBLAS_NUM_THREADS"


@pytest.mark.parametrize("asked", [None, "3"])
def test_what_was_asked_for_comes_back(monkeypatch: pytest.MonkeyPatch, asked: str | None) -> None:
    monkeypatch.delenv(NAME, raising=False)
    if asked is not None:
        monkeypatch.setenv(NAME, asked)
    with one_matrix_thread():
        assert os.environ[NAME] == "1"
    assert os.environ.get(NAME) == asked
