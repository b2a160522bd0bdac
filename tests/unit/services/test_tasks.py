"""Work is described by values that travel between processes, and carried out in one place."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest
from corpora import NEVER, Corpus

from incipit.errors import LibraryUnusable
from incipit.models import Scope
from incipit.services import tasks
from incipit.services.control import JobControl


@pytest.mark.parametrize(
    "task",
    [
        tasks.ImportTask(("/a", "/b\udcff"), other_files=True, limit_bytes=5),
        tasks.IndexTask(rebuild=True),
        tasks.RecodeTask(3, Scope.FOLDER, None),
    ],
)
def test_task_survives_the_way_between_processes(task: tasks.Task) -> None:
    assert pickle.loads(pickle.dumps(task)) == task


def test_ended_upkeep_is_a_report_not_an_error(corpus: Corpus) -> None:
    corpus.write("a.txt")
    corpus.take()
    corpus.library.remove([corpus.named("a.txt").id])
    control = JobControl()
    control.stop()
    task = tasks.IndexTask(rebuild=True)
    assert tasks.run(corpus.place, task, 1, corpus.events.append, control).cancelled
    corpus.upkeep()


def test_library_that_is_not_there_is_a_users_error(tmp_path: Path) -> None:
    with pytest.raises(LibraryUnusable):
        tasks.run(tmp_path / "none", tasks.IndexTask(), 1, lambda _event: None, NEVER)


def test_an_import_of_many_files_is_the_same_in_another_process_and_goes_there_small() -> None:
    paths = tuple(f"/home/someone/pictures/2021/{n:08}-\udce9.jpg" for n in range(50_000))
    task = tasks.ImportTask(paths, other_files=True, limit_bytes=7)
    sent = pickle.dumps(task)
    assert pickle.loads(sent) == task
    assert len(sent) < 10 * len(paths)
