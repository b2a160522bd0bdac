from __future__ import annotations

import os
import threading

import pytest

from incipit.cli import jobs
from incipit.cli.jobs import run_task
from incipit.errors import LibraryUnusable
from incipit.services.library import Library
from incipit.services.lock import WriterLock
from incipit.services.tasks import ImportTask, IndexTask


def test_task_is_carried_out_here(tmp_path, files):
    Library.open(tmp_path / "library").close()

    report = run_task(tmp_path / "library", ImportTask((str(files),)))

    assert report.added == 4


def test_errors_of_a_task_come_back(tmp_path):
    (tmp_path / "library").mkdir()

    with pytest.raises(LibraryUnusable):
        run_task(tmp_path / "library", IndexTask())


def test_who_is_waited_for_is_named_once(tmp_path, capsys, monkeypatch):
    monkeypatch.setattr(jobs, "_PATIENCE_S", 0.1)
    Library.open(tmp_path / "library").close()
    release = threading.Event()
    held = threading.Event()

    def hold():
        with WriterLock(tmp_path / "library", "importing"):
            held.set()
            release.wait(30)

    holder = threading.Thread(target=hold)
    holder.start()
    held.wait(30)
    timer = threading.Timer(1.0, release.set)
    timer.start()
    try:
        run_task(tmp_path / "library", IndexTask())
    finally:
        release.set()
        holder.join()
        timer.join()

    error = capsys.readouterr().err
    assert error.count("waiting for the library") == 1
    assert f"process {os.getpid()}" in error
    assert "importing" in error
