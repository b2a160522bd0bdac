"""What several tests of the whole program stand on."""

from __future__ import annotations

import pytest
from command_line import CommandLine
from corpora import NEVER, Corpus


@pytest.fixture
def corpus(tmp_path):
    """Return a library with a folder of files; it must be sound in the end."""
    corpus = Corpus(tmp_path)
    yield corpus
    assert corpus.library.check(NEVER) == ()
    corpus.library.close()


@pytest.fixture
def incipit(tmp_path):
    """Return the command line on the library of ``corpus``."""
    return CommandLine(tmp_path / "library")
