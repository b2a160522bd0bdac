"""The library that the tests of the services work on; it must be sound in the end."""

from __future__ import annotations

from pathlib import Path

import pytest
from corpora import NEVER, Corpus


@pytest.fixture
def corpus(tmp_path: Path):
    corpus = Corpus(tmp_path)
    yield corpus
    assert corpus.library.check(NEVER) == ()
    corpus.library.close()
