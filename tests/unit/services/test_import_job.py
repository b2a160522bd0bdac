"""From files to documents that can be searched and read, with real files, store and index."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest
from corpora import NEVER, Corpus

from incipit.models import (
    DocumentsCommitted,
    ImportReport,
    JobEvent,
    JobPhase,
    JobProgress,
    SearchRequest,
    SourceKind,
)
from incipit.services import import_job, ingestion
from incipit.services.control import JobControl
from incipit.store.library_store import Store


def committed(corpus: Corpus) -> list[DocumentsCommitted]:
    return [event for event in corpus.events if isinstance(event, DocumentsCommitted)]


def codes(report: ImportReport) -> dict[str, str]:
    return {Path(failure.path).name: failure.code for failure in report.failed}


def test_imported_files_are_found_and_read(corpus: Corpus) -> None:
    corpus.write("a.txt", "The price of oil rose, and the price of gas fell.")
    corpus.write("deep/b.md", "# A headline\n\nOil again.\n")
    report = corpus.take()
    assert (report.added, report.failed, report.cancelled) == (2, (), False)
    assert corpus.hits("price") == {"a.txt": 2}
    assert corpus.hits("oil") == {"a.txt": 1, "b.md": 1}
    assert corpus.hits('"price of" gas') == {"a.txt": 3}
    document = next(
        row.document
        for row in corpus.library.rows(corpus.library.search(SearchRequest(), NEVER), 0, 9)
        if row.document.name == "b.md"
    )
    assert document.title == "A headline"
    assert corpus.library.text(document.id) == "# A headline\n\nOil again.\n"
    assert document.token_count == 4


def test_same_folder_again_adds_nothing(corpus: Corpus) -> None:
    corpus.write("a.txt")
    corpus.write("b/c.txt")
    assert corpus.take().added == 2
    again = corpus.take()
    assert (again.added, again.updated, again.unchanged) == (0, 0, 2)
    assert len(corpus.library.sources()) == 1


def test_touched_file_is_unchanged_and_not_read_twice(corpus: Corpus) -> None:
    path = corpus.write("a.txt")
    corpus.take()
    os.utime(path, (1, 1))
    assert corpus.take().unchanged == 1
    assert corpus.take().unchanged == 1
    assert corpus.find("words") == ["a.txt"]


def test_changed_file_is_updated_in_place(corpus: Corpus) -> None:
    path = corpus.write("a.txt", "old words")
    corpus.take()
    (before,) = corpus.library.search(SearchRequest(), NEVER).document_ids
    path.write_text("new words and more")
    report = corpus.take()
    assert (report.added, report.updated) == (0, 1)
    assert corpus.find("old") == []
    assert corpus.find("new") == ["a.txt"]
    (after,) = corpus.library.search(SearchRequest(), NEVER).document_ids
    assert before == after


def test_folder_within_a_source_and_one_around_it_add_no_second_documents(corpus: Corpus) -> None:
    corpus.write("in/a.txt")
    corpus.write("b.txt", "other words")
    corpus.take(corpus.files / "in")
    corpus.take(corpus.files)
    corpus.take(corpus.files / "in")
    corpus.take(corpus.files / "in" / "a.txt")
    assert sorted(corpus.find()) == ["a.txt", "b.txt"]


def test_single_files_of_a_folder_share_a_source(corpus: Corpus) -> None:
    corpus.take(corpus.write("a.txt"), corpus.write("b.txt", "b"))
    (source,) = corpus.library.sources()
    assert (source.path, source.kind, source.document_count) == (
        str(corpus.files),
        SourceKind.FILE,
        2,
    )


def test_bad_files_are_named_and_the_rest_goes_on(corpus: Corpus) -> None:
    corpus.write("binary.txt", b"\x00\x01\x02\x03" * 100)
    corpus.write("good.txt")
    corpus.write("empty.txt", b"")
    corpus.write("large.txt", b"x" * 2001)
    corpus.write("just.txt", b"x" * 2000)
    os.mkfifo(corpus.files / "pipe.txt")
    (corpus.files / "gone.txt").symlink_to("nowhere")
    report = corpus.take(limit_bytes=2000)
    assert codes(report) == {
        "binary.txt": "binary",
        "large.txt": "too-large",
        "pipe.txt": "not-a-file",
        "gone.txt": "vanished",
    }
    assert sorted(corpus.find()) == ["empty.txt", "good.txt", "just.txt"]
    assert {Path(f.path).name for f in corpus.library.failures()} == set(codes(report))
    assert corpus.library.status().failed == 4


def test_failure_goes_when_the_file_can_be_read(corpus: Corpus) -> None:
    path = corpus.write("a.txt", b"\x00\x01\x02\x03" * 100)
    corpus.take()
    path.write_text("words now")
    assert corpus.take().added == 1
    assert corpus.library.failures() == ()


def test_other_kinds_need_agreement_unless_named(corpus: Corpus) -> None:
    corpus.write("a.py", "print")
    corpus.write("b.TXT")
    report = corpus.take()
    assert report.added == 1
    assert [(Path(f.path).name, f.code) for f in report.left_out] == [("a.py", "other-kind")]
    assert corpus.library.failures() == ()
    assert corpus.take(other_files=True).added == 1
    assert corpus.take(corpus.write("c.xyz", "named")).added == 1


@pytest.mark.parametrize("lookup", [1, 500])
def test_a_file_is_named_also_where_its_folder_is_given_before_it(
    corpus: Corpus, lookup: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(import_job, "LOOKUP", lookup)
    named, other = corpus.write("a.xyz", "named"), corpus.write("b.xyz", "other")
    corpus.write("c.txt", "words")
    report = corpus.take(corpus.files, named, named)
    assert report.added == 2
    assert [failure.path for failure in report.left_out] == [str(other)]
    assert corpus.find() == ["a.xyz", "c.txt"]


def test_own_library_is_not_imported(corpus: Corpus, tmp_path: Path) -> None:
    corpus.write("a.txt")
    report = corpus.take(tmp_path)
    assert report.added == 1
    assert codes(report) == {"library": "own-library"}


def test_name_that_is_not_utf8_comes_through(corpus: Corpus) -> None:
    path = os.fsencode(corpus.files) + b"/caf\xe9.txt"
    Path(os.fsdecode(path)).write_text("words")
    corpus.take()
    (document_id,) = corpus.library.search(SearchRequest("words"), NEVER).document_ids
    assert os.fsencode(corpus.library.document(int(document_id)).path) == path


def test_names_that_differ_in_case_only(corpus: Corpus) -> None:
    for name in ("a.txt", "A.txt", "a.TXT"):
        corpus.write(name, f"words of {name}")
    corpus.take()
    assert sorted(corpus.find("words")) == ["A.txt", "a.TXT", "a.txt"]


def test_many_files_go_through_worker_processes(corpus: Corpus, monkeypatch) -> None:
    monkeypatch.setattr(import_job, "_INLINE_FILES", 10)
    monkeypatch.setattr(import_job, "_BATCH_FILES", 20)
    for number in range(100):
        corpus.write(f"{number:03}.txt", f"common word{number} " * 3)
    corpus.write("bad.txt", b"\x00\x01\x02\x03" * 100)
    report = corpus.take()
    assert (report.added, codes(report)) == (100, {"bad.txt": "binary"})
    assert set(corpus.hits("common").values()) == {3}
    assert len(corpus.find("common")) == 100
    assert corpus.find("word42") == ["042.txt"]


def test_batch_that_takes_long_ends_and_the_rest_follows(corpus: Corpus, monkeypatch) -> None:
    monkeypatch.setattr(ingestion, "BATCH_S", 0.0)
    for number in range(7):
        corpus.write(f"{number}.txt", f"words {number}")
    assert corpus.take().added == 7
    assert len(corpus.find("words")) == 7
    growing = [one.status.documents for one in committed(corpus)]
    assert growing[:7] == [1, 2, 3, 4, 5, 6, 7]


def test_paused_import_waits_between_commits_and_goes_on(corpus: Corpus, monkeypatch) -> None:
    monkeypatch.setattr(import_job, "_BATCH_FILES", 10)
    for number in range(30):
        corpus.write(f"{number:02}.txt", f"words {number}")
    control = JobControl()
    paused = threading.Event()

    class PauseAtFirst(list):
        def append(self, event: JobEvent) -> None:
            super().append(event)
            if isinstance(event, DocumentsCommitted) and not paused.is_set():
                control.pause()
            elif isinstance(event, JobProgress) and event.phase is JobPhase.PAUSED:
                paused.set()

    corpus.events = PauseAtFirst()
    reports: list[ImportReport] = []
    run = threading.Thread(target=lambda: reports.append(corpus.take(control=control)))
    run.start()
    assert paused.wait(30)
    # What is there can be searched and read meanwhile.
    assert len(corpus.find("words")) == corpus.library.status().documents == 10
    assert corpus.library.text(corpus.named("03.txt").id) == "words 3"
    assert reports == []
    control.resume()
    run.join()
    assert (reports[0].added, reports[0].cancelled) == (30, False)


def test_text_can_be_read_before_it_is_indexed(corpus: Corpus) -> None:
    corpus.write("a.txt", "words to be read")
    corpus.take()
    with Store.open(corpus.place, writable=True) as store:
        store.queue_all()
    document = corpus.named("a.txt")
    assert (corpus.library.status().queued, corpus.library.status().documents) == (1, 1)
    assert corpus.library.text(document.id) == "words to be read"
    corpus.upkeep()


def test_progress_ends_with_everything_done(corpus: Corpus) -> None:
    sizes = [len(corpus.write(f"{n}.txt", "x " * n).read_bytes()) for n in range(20)]
    corpus.take()
    told = [event for event in corpus.events if isinstance(event, JobProgress)]
    assert [event.phase for event in told][:2] == [JobPhase.SCANNING, JobPhase.IMPORTING]
    assert told[1].files_total == 20
    assert told[1].bytes_total == sum(sizes)
    last = [event for event in corpus.events if isinstance(event, DocumentsCommitted)][-1]
    assert last.status == corpus.library.status()
    assert (last.status.documents, last.status.searchable, last.status.queued) == (20, 20, 0)


def test_cancelled_import_keeps_committed_files(corpus: Corpus, monkeypatch) -> None:
    monkeypatch.setattr(import_job, "_BATCH_FILES", 10)
    for number in range(50):
        corpus.write(f"{number:02}.txt", f"words {number}")
    control = JobControl()

    class CancelAfterTwo(list):
        def append(self, event: JobEvent) -> None:
            super().append(event)
            if sum(isinstance(one, DocumentsCommitted) for one in self) == 2:
                control.cancel()

    corpus.events = CancelAfterTwo()
    report = corpus.take(control=control)
    assert (report.cancelled, report.added) == (True, 20)
    assert len(corpus.find("words")) == 20
    rest = corpus.take()
    assert (rest.added, rest.unchanged) == (30, 20)


def test_import_cancelled_at_once_adds_nothing(corpus: Corpus) -> None:
    corpus.write("a.txt")
    control = JobControl()
    control.cancel()
    report = corpus.take(control=control)
    assert (report.cancelled, report.added) == (True, 0)
    assert corpus.find() == []


def test_stopped_import_is_taken_up_at_the_next_start(corpus: Corpus, monkeypatch) -> None:
    monkeypatch.setattr(import_job, "_BATCH_FILES", 10)
    for number in range(50):
        corpus.write(f"{number:02}.txt", f"words {number}")
    control = JobControl()

    class StopAtFirst(list):
        def append(self, event: JobEvent) -> None:
            super().append(event)
            if isinstance(event, DocumentsCommitted):
                control.stop()

    corpus.events = StopAtFirst()
    assert corpus.take(control=control).cancelled
    assert corpus.library.needs_upkeep()
    report = corpus.upkeep()
    assert (report.added, report.unchanged) == (40, 10)
    assert not corpus.library.needs_upkeep()


def test_cancelled_import_is_not_taken_up(corpus: Corpus) -> None:
    corpus.write("a.txt")
    control = JobControl()
    control.cancel()
    corpus.take(control=control)
    assert not corpus.library.needs_upkeep()


def test_a_long_file_is_read_searched_and_indexed_again(corpus: Corpus) -> None:
    """Longer than what is held at once, in an encoding that is not that of the store."""
    line = "Der Bär läuft – Zeile {} von vielen\r\n"
    text = "".join(line.format(number) for number in range(130_000)) + "endlich fertig\r\n"
    path = corpus.write("lang.txt", text.encode("utf-16"))
    corpus.write("kurz.txt", "ein Bär")
    assert corpus.take().added == 2
    for rebuild in (False, True):
        corpus.upkeep(rebuild=rebuild)
        assert corpus.hits("bär") == {"kurz.txt": 1, "lang.txt": 130_000}
        assert corpus.hits('"zeile 129999" OR "fertig"') == {"lang.txt": 2}
    with Store.open(corpus.place, writable=False) as store:
        document = corpus.named("lang.txt")
        assert store.text(document.id) == text.replace("\r\n", "\n")
        assert store.original(document.id) == path.read_bytes()
        assert store.find_damage(threading.Event()) == ()
    assert not (corpus.place / "incoming").exists()
