"""The command line inside the test's own process, on a library of a few files."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import pytest

from incipit.cli.main import run

TEXTS = {
    "one.txt": "Minister calls S-400 deal final\n\nThe deal is final, he said.\n",
    "sub/two.txt": "the s 400 deal isn t final said the minister of the s 400 matter",
    "sub/three.md": "# Gardens\n\nNothing about arms here.\n",
    "copy.txt": "# Gardens\n\nNothing about arms here.\n",
}


@dataclass(frozen=True)
class Ended:
    """How a command ended: its exit code and what it wrote."""

    code: int
    out: str
    err: str

    @property
    def objects(self):
        return [json.loads(line) for line in self.out.splitlines()]


class Program:
    """Runs commands on one library."""

    def __init__(self, library: Path, capsys):
        self.library = library
        self._capsys = capsys

    def __call__(self, *arguments):
        self._capsys.readouterr()
        code = run(["--library", str(self.library), *map(str, arguments)])
        written = self._capsys.readouterr()
        return Ended(code, written.out, written.err)

    def documents(self):
        """Return the documents by the names of their files."""
        return {Path(one["path"]).name: one for one in self("list", "--json").objects}


@pytest.fixture
def files(tmp_path):
    folder = tmp_path / "files"
    for name, text in TEXTS.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return folder


@pytest.fixture
def incipit(tmp_path, capsys):
    return Program(tmp_path / "library", capsys)


@pytest.fixture
def filled(incipit, files):
    assert incipit("import", files).code == 0
    return incipit
