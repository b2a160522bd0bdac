"""Nothing acknowledged is lost when an import is killed, and it goes on where it was."""

from __future__ import annotations

from pathlib import Path

import pytest
from killing import kill_at_random

_KILLS = 8


@pytest.fixture
def files(tmp_path: Path) -> Path:
    folder = tmp_path / "files"
    for number in range(400):
        path = folder / f"{number // 50}" / f"{number:03}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"document {number} of several that are alike\n" * (1 + number % 30))
    return folder


def test_killed_import_loses_nothing_and_goes_on(files: Path, tmp_path: Path) -> None:
    outcome = kill_at_random(files, tmp_path / "work", times=_KILLS, seed=20260101)
    assert outcome.broken == []
    assert outcome.kills == _KILLS
    assert outcome.cut_short > 0
