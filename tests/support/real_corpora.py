"""Where the real corpora stand, beside the repository; tests that need them skip without."""

from __future__ import annotations

from pathlib import Path

import pytest

_BESIDE = Path(__file__).resolve().parents[3] / "shared" / "corpora"


def corpus_folder(name: str) -> Path:
    folder = _BESIDE / name
    if not folder.is_dir():
        pytest.skip(f"the corpus {name} is not beside the repository")
    return folder


def corpus_files(name: str) -> list[Path]:
    return sorted(path for path in corpus_folder(name).rglob("*") if path.is_file())
