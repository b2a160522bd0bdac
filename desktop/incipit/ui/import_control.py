"""From paths to documents: surveys, asks, starts jobs, and tells how they go and how they end.

Knows the library, the bridge and no widget. What needs the user's word is announced and
answered: ``agreement_wanted`` by :meth:`ImportControl.agree`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Signal

from incipit.errors import UserError
from incipit.models import (
    CancelToken,
    DocumentsCommitted,
    FailedFile,
    ImportReport,
    ImportSurvey,
    JobEvent,
    JobFinished,
    JobProgress,
    Scope,
    Source,
)
from incipit.ui import wording
from incipit.ui.bridge import Bridge, Ticket

if TYPE_CHECKING:
    from incipit.services.jobs import Job, Listener
    from incipit.services.library import Library


class ImportControl(QObject):
    """Adds files to a library.

    ``surveying`` when the files are being looked at; ``agreement_wanted`` with the paths and an
    :class:`ImportSurvey`; ``progressed`` with a :class:`JobProgress`; ``committed`` with a
    :class:`LibraryStatus`; ``finished`` with the :class:`ImportReport` of an import; ``failed``
    with an exception; ``ended`` whenever nothing is under way any more.
    """

    surveying = Signal()
    agreement_wanted = Signal(object, object)
    progressed = Signal(object)
    committed = Signal(object)
    finished = Signal(object)
    failed = Signal(object)
    ended = Signal()

    def __init__(self, bridge: Bridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._library: Library | None = None
        self._surveys: set[Ticket] = set()
        self._starting: set[Ticket] = set()
        self._stopped: set[Ticket] = set()
        self._jobs: list[Job] = []
        self._early: set[int] = set()
        self._quiet: set[int] = set()

    @property
    def busy(self) -> bool:
        """Return whether a survey or a job is under way."""
        return bool(self._surveys or self._starting or self._jobs)

    @property
    def adding(self) -> bool:
        """Return whether something is under way that does not go on by itself when it is ended."""
        jobs = any(job.id not in self._quiet for job in self._jobs)
        return bool(self._surveys) or jobs

    def attach(self, library: Library) -> None:
        """Add to ``library`` from now on, and take up what an earlier run left to do."""
        self._library = library
        self.keep_up()
        # From then on whenever the index turns out to be damaged or gone.
        library.watch_index(self._bridge.listener(lambda _reason: self.keep_up()))

    def detach(self) -> None:
        """Add to nothing from now on; the jobs are the library's to end."""
        for survey in self._surveys:
            survey.cancel()
        for waiting in (self._surveys, self._starting, self._stopped, self._jobs, self._early):
            waiting.clear()
        self._library = None

    def add(self, paths: Sequence[Path]) -> None:
        """Add files and folders; asks first where some are of unusual kinds."""
        library = self._library
        if library is None or not paths:
            return
        if library.read_only:
            self.failed.emit(
                UserError(
                    self.tr("This library can only be read."),
                    advice=self.tr("Open another library to add files."),
                )
            )
            return
        wanted = tuple(paths)
        self.surveying.emit()

        def work(cancel: CancelToken) -> ImportSurvey:
            return library.survey(wanted, cancel)

        ticket = self._bridge.run(
            work,
            lambda survey: self._on_surveyed(ticket, wanted, survey),
            failed=lambda problem: self._on_survey_failed(ticket, problem),
        )
        self._surveys.add(ticket)

    def agree(self, paths: Sequence[Path], *, other_files: bool) -> None:
        """Begin to add ``paths``, with files of unusual kinds or without."""
        library = self._library
        if library is not None:
            self._start(
                lambda listener: library.start_import(paths, listener, other_files=other_files)
            )

    def retry(self, failed: Sequence[FailedFile]) -> None:
        """Try files again that were not added."""
        library = self._library
        if library is not None:
            self._start(lambda listener: library.start_retry(failed, listener))

    def add_others(self, left_out: Sequence[FailedFile]) -> None:
        """Add files of unusual kinds that an import left out."""
        library = self._library
        if library is not None:
            self._start(
                lambda listener: library.start_import(
                    [file.path for file in left_out], listener, other_files=True
                )
            )

    def refresh(self, source: Source) -> None:
        """Look for what was added to a source, changed in it or moved."""
        library = self._library
        if library is not None:
            self._start(lambda listener: library.start_refresh(source, listener))

    def recode(self, document_id: int, scope: Scope, encoding: str | None) -> None:
        """Read documents again in another encoding; None chooses automatically."""
        library = self._library
        if library is not None:
            self._start(
                lambda listener: library.start_recode(document_id, scope, encoding, listener)
            )

    def keep_up(self) -> None:
        """Bring the index up to date, where something was left to do."""
        library = self._library
        if library is not None:
            self._start(library.start_upkeep, reports=False)

    def rebuild(self) -> None:
        """Make the index anew."""
        library = self._library
        if library is not None:
            self._start(library.start_rebuild, reports=False)

    def export(self, report: ImportReport, path: Path, done: Callable[[None], None]) -> None:
        """Write a report to a file, then call ``done``."""

        def work(_cancel: CancelToken) -> None:
            # Late: the window starts sooner without what writes files.
            from incipit.services.import_report import write_report

            write_report(report, path)

        self._bridge.run(work, done, failed=self.failed.emit)

    def cancel(self) -> None:
        """Stop everything that is under way; what was committed is kept."""
        for survey in self._surveys:
            survey.cancel()
        self._surveys.clear()
        # A job that is only being started cannot be reached yet: it is stopped when it is there.
        self._stopped |= self._starting
        for job in self._jobs:
            job.cancel()
        self._tell_ended()

    def pause(self, paused: bool) -> None:
        """Hold the jobs at their next step, or let them go on."""
        for job in self._jobs:
            if paused:
                job.pause()
            else:
                job.resume()

    def _on_surveyed(self, ticket: Ticket, paths: tuple[Path, ...], survey: ImportSurvey) -> None:
        self._surveys.discard(ticket)
        if survey.needed_bytes > survey.free_bytes:
            self.failed.emit(_no_space(survey))
            self._tell_ended()
        elif survey.other_files:
            self.agreement_wanted.emit(paths, survey)
            self._tell_ended()
        else:
            self.agree(paths, other_files=False)

    def _on_survey_failed(self, ticket: Ticket, problem: Exception) -> None:
        self._surveys.discard(ticket)
        self.failed.emit(problem)
        self._tell_ended()

    def _start(self, begin: Callable[[Listener], Job | None], *, reports: bool = True) -> None:
        library = self._library

        def receive(event: JobEvent) -> None:
            # What a library says that is no longer shown is not for this window.
            if self._library is library:
                self._on_event(event, reports=reports)

        listener = self._bridge.listener(receive)
        ticket = self._bridge.run(
            lambda _cancel: begin(listener),
            lambda job: self._on_started(ticket, job, reports=reports),
            failed=lambda problem: self._on_not_started(ticket, problem),
        )
        self._starting.add(ticket)

    def _on_started(self, ticket: Ticket, job: Job | None, *, reports: bool) -> None:
        if ticket not in self._starting:
            return
        self._starting.discard(ticket)
        if job is None:
            return
        if job.id in self._early:
            self._early.discard(job.id)
            self._tell_ended()
            return
        self._jobs.append(job)
        if not reports:
            self._quiet.add(job.id)
        if ticket in self._stopped:
            self._stopped.discard(ticket)
            job.cancel()

    def _on_not_started(self, ticket: Ticket, problem: Exception) -> None:
        self._starting.discard(ticket)
        self.failed.emit(problem)
        self._tell_ended()

    def _on_event(self, event: JobEvent, *, reports: bool) -> None:
        if isinstance(event, JobProgress):
            if not self._jobs or event.job_id == self._jobs[0].id:
                self.progressed.emit(event)
        elif isinstance(event, DocumentsCommitted):
            self.committed.emit(event.status)
        else:
            self._on_finished(event, reports=reports)

    def _on_finished(self, event: JobFinished, *, reports: bool) -> None:
        known = [job for job in self._jobs if job.id == event.job_id]
        if known:
            self._jobs.remove(known[0])
        else:
            # The last event can overtake the answer that the job has begun.
            self._early.add(event.job_id)
        if event.error is not None:
            self.failed.emit(event.error)
        elif event.report is not None and reports:
            self.finished.emit(event.report)
        self._tell_ended()

    def _tell_ended(self) -> None:
        if not self.busy:
            self.ended.emit()


def _no_space(survey: ImportSurvey) -> UserError:
    return UserError(
        QCoreApplication.translate(
            "ImportControl",
            "There is not enough space: about {needed} are needed, {free} are free.",
        ).format(needed=wording.size(survey.needed_bytes), free=wording.size(survey.free_bytes)),
        advice=QCoreApplication.translate(
            "ImportControl", "Make room, or add a part of the files."
        ),
        code="no-space",
    )
