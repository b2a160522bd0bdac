"""Files that no import should meet, and every import does: each has its reason, all others come."""

from __future__ import annotations

import itertools
import os
import re
import socket
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from command_line import BOUND, CommandLine, environment
from corpora import NEVER, Corpus

from incipit.models import JobPhase, JobProgress, SearchRequest
from incipit.services import import_job
from incipit.store.library_store import Store

TEXT = "Žofie wrote from the harbour to Łódź: the ships are late, as ever.\n" * 20
BINARY = bytes(range(32)) * 100


def reasons(report):
    return {Path(failure.path).name: failure.code for failure in report.failed}


def texts(corpus):
    return {one.name: corpus.library.text(one.id) for one in corpus.documents()}


class At(list):
    """Events of a job that call ``act`` once, when the first one of ``phase`` comes."""

    def __init__(self, phase, act):
        super().__init__()
        self._phase, self._act = phase, act

    def append(self, event):
        super().append(event)
        if isinstance(event, JobProgress) and event.phase is self._phase and self._act:
            act, self._act = self._act, None
            act()


@pytest.mark.parametrize("inline_files", [64, 0], ids=["here", "in workers"])
def test_a_folder_of_everything(corpus: Corpus, monkeypatch, inline_files: int) -> None:
    monkeypatch.setattr(import_job, "_INLINE_FILES", inline_files)
    monkeypatch.setattr(import_job, "_BATCH_FILES", 5)
    good = {
        "plain.txt": TEXT.encode(),
        "utf16-le-marked.txt": b"\xff\xfe" + TEXT.encode("utf-16-le"),
        "utf16-be-marked.txt": b"\xfe\xff" + TEXT.encode("utf-16-be"),
        "utf32-le-marked.txt": b"\xff\xfe\0\0" + TEXT.encode("utf-32-le"),
        "utf32-be-marked.txt": b"\0\0\xfe\xff" + TEXT.encode("utf-32-be"),
        "utf8-marked.txt": b"\xef\xbb\xbf" + TEXT.encode(),
        "utf16-le.txt": TEXT.encode("utf-16-le"),
        "utf16-be.txt": TEXT.encode("utf-16-be"),
        "utf32-le.txt": TEXT.encode("utf-32-le"),
        "utf32-be.txt": TEXT.encode("utf-32-be"),
        "windows.txt": TEXT.encode("utf-8").replace(b"\n", b"\r\n"),
    }
    for name, data in good.items():
        corpus.write(name, data)
    limit = max(map(len, good.values()))
    corpus.write("at-the-limit.txt", b"harbour ".ljust(limit, b"x"))
    corpus.write("over-the-limit.txt", b"harbour ".ljust(limit + 1, b"x"))
    corpus.write("empty.txt", b"")
    corpus.write("binary.txt", BINARY)
    odd = Path(os.fsdecode(os.fsencode(corpus.files) + b"/caf\xe9.txt"))
    odd.write_bytes(TEXT.encode())
    os.mkfifo(corpus.files / "pipe.txt")
    (corpus.files / "device.txt").symlink_to("/dev/zero")
    (corpus.files / "loop.txt").symlink_to("loop.txt")
    (corpus.files / "gone.txt").symlink_to("nowhere")
    (corpus.files / "around").symlink_to(corpus.files)
    with socket.socket(socket.AF_UNIX) as server:
        # The name of a socket must be short.
        monkeypatch.chdir(corpus.files)
        server.bind("socket.txt")
        report = corpus.take(limit_bytes=limit)

    assert reasons(report) == {
        "over-the-limit.txt": "too-large",
        "binary.txt": "binary",
        "pipe.txt": "not-a-file",
        "socket.txt": "not-a-file",
        "device.txt": "not-a-file",
        "loop.txt": "link-loop",
        "gone.txt": "vanished",
    }
    assert all(failure.reason for failure in report.failed)
    found = texts(corpus)
    assert set(found) == {*good, "at-the-limit.txt", "empty.txt", odd.name}
    assert {name: found[name] for name in good} == dict.fromkeys(good, TEXT)
    assert len(corpus.find("harbour")) == len(good) + 2
    assert corpus.library.status().failed == 7


def test_bytes_of_two_encodings_are_kept_whatever_is_shown(corpus: Corpus) -> None:
    data = TEXT.encode("utf-8") + "Das Schiff fährt über die Förde.\n".encode("latin-1") * 5
    corpus.write("mixed.txt", data)
    report = corpus.take()
    assert report.failed == ()
    with Store.open(corpus.place, writable=False) as store:
        kept = store.original(corpus.named("mixed.txt").id)
    document = corpus.named("mixed.txt")
    text = corpus.library.text(document.id)
    assert kept == data or text.encode(document.encoding) == data
    assert corpus.find("harbour") == ["mixed.txt"]


def test_files_that_go_change_and_grow_between_looking_and_reading(corpus: Corpus) -> None:
    goes, changes = corpus.write("goes.txt", "old"), corpus.write("changes.txt", "old words")
    grows, turns = corpus.write("grows.txt", "old words"), corpus.write("turns.txt", "old words")
    corpus.write("stays.txt", "old words stay")

    def meddle() -> None:
        goes.unlink()
        changes.write_text("new words")
        grows.write_text("old words " * 1000)
        turns.unlink()
        turns.mkdir()

    corpus.events = At(JobPhase.IMPORTING, meddle)
    report = corpus.take()
    assert reasons(report) == {"goes.txt": "vanished", "turns.txt": "not-a-file"}
    assert texts(corpus) == {
        "changes.txt": "new words",
        "grows.txt": "old words " * 1000,
        "stays.txt": "old words stay",
    }
    assert corpus.take().unchanged == 3


def test_file_that_is_being_written_is_left_for_later(corpus: Corpus) -> None:
    path = corpus.write("download.txt")
    corpus.write("other.txt", "other words")
    # Large enough to take longer to read than a writer can be kept waiting.
    os.truncate(path, 95_000_000)
    ended = threading.Event()

    def touch() -> None:
        for moment in itertools.count():
            os.utime(path, ns=(moment, moment))
            if ended.is_set():
                return

    writer = threading.Thread(target=touch)
    writer.start()
    try:
        report = corpus.take()
    finally:
        ended.set()
        writer.join()
    assert reasons(report) == {"download.txt": "changing"}
    assert corpus.find() == ["other.txt"]
    path.write_text("whole")
    assert corpus.take().added == 1
    assert corpus.library.failures() == ()


def test_what_may_not_be_read_is_named_and_the_rest_comes(tmp_path: Path) -> None:
    folder = tmp_path / "files"
    for name in ("open/a.txt", "file/b.txt", "folder/c.txt", "names/d.txt"):
        (folder / name).parent.mkdir(parents=True)
        (folder / name).write_text("harbour")
    (folder / "file/b.txt").chmod(0)
    (folder / "folder").chmod(0)
    (folder / "names").chmod(0o400)
    incipit = CommandLine(tmp_path / "library", before=BOUND)
    try:
        done = incipit.run("import", folder)
    finally:
        for name in ("folder", "names"):
            (folder / name).chmod(0o700)

    assert done.returncode == 1
    assert done.stdout.startswith("1 added, 0 unchanged, 0 updated, 3 failed")
    for name in ("file/b.txt", "folder", "names/d.txt"):
        (line,) = (line for line in done.stderr.splitlines() if f"{folder / name}:" in line)
        assert "may not be read" in line
        assert "permission" in line
    (folder / "file/b.txt").chmod(0o600)
    assert incipit.succeed("import", folder).startswith("3 added, 1 unchanged")
    assert incipit.json("stats", "--json")[0]["failed"] == 0


def test_four_thousand_names_that_differ_in_case_only(corpus: Corpus) -> None:
    letters = [(letter, letter.upper()) for letter in "incipitnames"]
    names = ["".join(choice) for choice in itertools.product(*letters)]
    for number, name in enumerate(names):
        corpus.write(f"{name}.txt", f"harbour word{number}")
    if len(list(corpus.files.iterdir())) < len(names):
        pytest.skip("this file system does not tell case apart")
    report = corpus.take()
    assert (report.added, report.copies, report.failed) == (4096, 0, ())
    result = corpus.library.search(SearchRequest("harbour"), NEVER)
    assert len(result.document_ids) == 4096
    assert corpus.find("word1234") == [f"{names[1234]}.txt"]
    again = corpus.take()
    assert (again.unchanged, again.added, again.moved) == (4096, 0, 0)


def test_folder_two_hundred_levels_deep(corpus: Corpus) -> None:
    deep = "/".join(["d"] * 200)
    corpus.write(f"{deep}/bottom.txt", "harbour at the bottom")
    corpus.write("top.txt", "harbour at the top")
    assert corpus.take().added == 2
    assert sorted(corpus.find("harbour")) == ["bottom.txt", "top.txt"]
    assert corpus.named("bottom.txt").folder.endswith(deep)
    assert corpus.library.text(corpus.named("bottom.txt").id) == "harbour at the bottom"


def test_fifty_megabytes_in_one_line_stay_in_bounds(incipit: CommandLine, tmp_path: Path) -> None:
    """The memory measured is that of the largest process, the worker that reads the file."""
    words = " ".join(f"word{number % 50_000} of the harbour" for number in range(1000))
    line = (words + " ") * (50_000_000 // len(words))
    path = tmp_path / "line.txt"
    path.write_text(line, "ascii")
    measured = subprocess.run(
        [sys.executable, "-c", _MEASURE, "import", path, "--library", incipit.library],
        capture_output=True,
        text=True,
        env=environment(),
    )
    assert measured.stdout.startswith("1 added"), measured.stderr
    peak_mb = int(re.findall(r"peak (\d+)", measured.stderr)[0]) / 1000
    assert peak_mb < 500
    assert incipit.json("search", "harbour", "--json")[0]["hits"] == line.count("harbour")


_MEASURE = """
import resource, sys
from incipit.__main__ import main
try:
    code = main(sys.argv[1:])
finally:
    # RUSAGE_SELF would count the peak of the tests' own process too: exec keeps it.
    status = open("/proc/self/status").read()
    own = int(status.partition("VmHWM:")[2].split()[0])
    peak = max(own, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
    sys.stderr.write(f"peak {peak}")
sys.exit(code)
"""
