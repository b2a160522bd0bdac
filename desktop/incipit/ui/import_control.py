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
    ImportSurvey,
    JobEvent,
    JobFinished,
    JobProgress,
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
        self._survey: Ticket | None = None
        self._jobs: list[Job] = []
        self._early: set[int] = set()

    @property
    def busy(self) -> bool:
        """Return whether a survey or a job is under way."""
        return self._survey is not None or bool(self._jobs)

    def attach(self, library: Library) -> None:
        """Add to ``library`` from now on, and take up what an earlier run left to do."""
        self._library = library
        self.keep_up()

    def detach(self) -> None:
        """Add to nothing from now on; the jobs are the library's to end."""
        if self._survey is not None:
            self._survey.cancel()
        self._survey = None
        self._jobs.clear()
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

        if self._survey is not None:
            # Two drops in a row: the first is not to be lost, so it goes in unasked.
            self._bridge.run(work, lambda survey: self._on_surveyed(wanted, survey))
            return
        self._survey = self._bridge.run(
            work, lambda survey: self._on_surveyed(wanted, survey), failed=self._on_survey_failed
        )

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

    def keep_up(self) -> None:
        """Bring the index up to date, where something was left to do."""
        library = self._library
        if library is not None and not library.read_only:
            self._start(library.start_upkeep, reports=False)

    def rebuild(self) -> None:
        """Make the index anew."""
        library = self._library
        if library is not None:
            self._start(library.start_rebuild, reports=False)

    def cancel(self) -> None:
        """Stop everything that is under way; what was committed is kept."""
        if self._survey is not None:
            self._survey.cancel()
            self._survey = None
        for job in self._jobs:
            job.cancel()
        self._tell_ended()

    def _on_surveyed(self, paths: tuple[Path, ...], survey: ImportSurvey) -> None:
        self._survey = None
        if survey.needed_bytes > survey.free_bytes:
            self.failed.emit(_no_space(survey))
            self._tell_ended()
        elif survey.other_files:
            self.agreement_wanted.emit(paths, survey)
            self._tell_ended()
        else:
            self.agree(paths, other_files=False)

    def _on_survey_failed(self, problem: Exception) -> None:
        self._survey = None
        self.failed.emit(problem)
        self._tell_ended()

    def _start(self, begin: Callable[[Listener], Job | None], *, reports: bool = True) -> None:
        listener = self._bridge.listener(lambda event: self._on_event(event, reports=reports))
        self._bridge.run(
            lambda _cancel: begin(listener), self._on_started, failed=self._on_survey_failed
        )

    def _on_started(self, job: Job | None) -> None:
        if job is None or job.id in self._early:
            self._early.discard(job.id if job is not None else 0)
            self._tell_ended()
            return
        self._jobs.append(job)

    def _on_event(self, event: JobEvent, *, reports: bool) -> None:
        if self._library is None:
            return
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
