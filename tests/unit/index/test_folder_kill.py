"""A writer killed at any moment leaves the index as before or as after its commit."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from index_corpora import stored

import incipit
from incipit.index.folder import IndexFolder

WRITE = """
import sys
from pathlib import Path
from incipit.index import merge_policy
from incipit.index.folder import IndexFolder
from incipit.index.inversion import SegmentBuilder
merge_policy.FAN_IN = 3
folder = IndexFolder.open(Path(sys.argv[1]), identity="library")
builder = SegmentBuilder(folder.path)
number = int(sys.argv[2])
print("ready", flush=True)
while True:
    number += 1
    for key in range(5):
        builder.add(key, f"round{number} key{key} " + "filler " * 200)
    builder.add(100 + number, f"round{number}")
    folder.write(adds=[builder.flush()], deletes=[100 + number - 3])
    print(number, flush=True)
    folder.merge()
"""

ROUNDS = int(os.environ.get("INCIPIT_KILLS", "8"))


@pytest.mark.skipif(sys.platform == "win32", reason="needs SIGKILL")
def test_a_killed_writer_leaves_whole_commits(tmp_path):
    path = tmp_path / "index"
    IndexFolder.create(path, identity="library")
    chance = random.Random(5)
    number = 0
    for _ in range(ROUNDS):
        with subprocess.Popen(
            [sys.executable, "-c", WRITE, str(path), str(number)],
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": str(Path(incipit.__file__).parents[1])},
        ) as child:
            assert child.stdout.readline() == "ready\n"
            acknowledged = [int(child.stdout.readline()) for _ in range(chance.randrange(4))]
            time.sleep(chance.random() * 0.05)  # The moment of death is the case under test.
            child.send_signal(signal.SIGKILL)
            acknowledged += [int(line) for line in child.stdout if line.strip().isdigit()]
        folder = IndexFolder.open(path, identity="library")
        assert folder.verify() == []
        found = stored(folder)
        if acknowledged:
            number = acknowledged[-1]
        if found:
            # The commit in hand may have come through without being told.
            [last] = {words[0] for key, words in found.items() if key < 5}
            assert int(last.removeprefix("round")) in (number, number + 1)
            number = int(last.removeprefix("round"))
            rounds = {k - 100: words for k, words in found.items() if k >= 100}
            assert rounds == {n: [f"round{n}"] for n in range(max(1, number - 2), number + 1)}
        folder.write(deletes=[])
        left = {p.name for p in path.iterdir()} - {"MAIN_WRITELOCK"}
        with folder.snapshot() as snapshot:
            assert len(left) == len(snapshot.segments) + 1, "a commit cleans up"
    assert number > 3
