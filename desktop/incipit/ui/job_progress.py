"""The progress of a job in the status bar: what, how far, how fast, how long yet, and cancel."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QWidget

from incipit.models import JobPhase, JobProgress
from incipit.ui import wording
from incipit.ui.elided_label import ElidedLabel
from incipit.ui.progress_rate import ProgressRate

_BAR_WIDTH_PX = 130
_BAR_HEIGHT_PX = 6
_STEPS = 1000


class JobProgressLine(QWidget):
    """Shows one job; ``cancelled`` comes once a job, ``pause_toggled`` says whether to pause."""

    cancelled = Signal()
    pause_toggled = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rate = ProgressRate()
        self._label = ElidedLabel()
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setFixedSize(_BAR_WIDTH_PX, _BAR_HEIGHT_PX)
        self._bar.setAccessibleName(self.tr("Progress"))
        self._cancel = QPushButton(self.tr("Cancel"))
        self._cancel.setProperty("role", "link")
        self._cancel.setToolTip(self.tr("Stop; what has been added is kept"))
        self._cancel.clicked.connect(self._on_cancel)
        self._paused = False
        self._pause = QPushButton(self.tr("Pause"))
        self._pause.setProperty("role", "link")
        self._pause.clicked.connect(self._on_pause)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        layout.addStretch(1)
        layout.addWidget(self._label)
        layout.addWidget(self._bar)
        layout.addWidget(self._pause)
        layout.addWidget(self._cancel)
        self.hide()

    def begin(self, text: str) -> None:
        """Show that a job has begun, before it has anything to report."""
        self._rate = ProgressRate()
        self._label.setText(text)
        self._paused = False
        self._bar.setRange(0, 0)
        self._cancel.setEnabled(True)
        # What only looks around has nothing to pause.
        self._pause.hide()
        self.show()

    def show_progress(self, progress: JobProgress) -> None:
        """Show how far a job has come."""
        self._rate.add(progress)
        if self._cancel.isEnabled():
            self._label.setText(self._words(progress))
            self._show_paused(progress.phase is JobPhase.PAUSED)
        done, total = progress.bytes_done, progress.bytes_total
        if not total:
            done, total = progress.files_done, progress.files_total
        if total:
            self._bar.setRange(0, _STEPS)
            self._bar.setValue(min(_STEPS, done * _STEPS // total))
        else:
            self._bar.setRange(0, 0)
        self.show()

    def text(self) -> str:
        """Return what is shown, or nothing when no job is."""
        return "" if self.isHidden() else self._label.text()

    def end(self) -> None:
        """Show that no job is under way."""
        self._cancel.setEnabled(True)
        self.hide()

    def _on_cancel(self) -> None:
        self._cancel.setEnabled(False)
        self._pause.hide()
        self._label.setText(self.tr("Stopping; what has been added is kept"))
        self.cancelled.emit()

    def _on_pause(self) -> None:
        self._show_paused(not self._paused)
        self.pause_toggled.emit(self._paused)

    def _show_paused(self, paused: bool) -> None:
        self._paused = paused
        self._pause.setText(self.tr("Go On") if paused else self.tr("Pause"))
        self._pause.show()

    def _words(self, progress: JobProgress) -> str:
        parts = [self._phase(progress)]
        if progress.phase is JobPhase.PAUSED:
            return parts[0]
        if progress.bytes_total:
            parts.append(
                self.tr("{done} of {total}").format(
                    done=wording.size(progress.bytes_done), total=wording.size(progress.bytes_total)
                )
            )
        speed = self._rate.bytes_per_s()
        if speed:
            parts.append(self.tr("{size}/s").format(size=wording.size(round(speed))))
        left_s = self._rate.left_s()
        if left_s is not None and left_s >= 1:
            parts.append(self.tr("{time} left").format(time=wording.duration(left_s)))
        return " · ".join(parts)

    def _phase(self, progress: JobProgress) -> str:
        done = wording.number(progress.files_done)
        total = "" if progress.files_total is None else wording.number(progress.files_total)
        if progress.phase is JobPhase.SCANNING:
            return self.tr("Looking for files: {n}").format(n=done)
        if progress.phase is JobPhase.WAITING:
            return self.tr("Waiting for the job before it")
        if progress.phase is JobPhase.PAUSED:
            return self.tr("Paused: {n} of {total}").format(n=done, total=total or "?")
        if progress.phase is JobPhase.NAMING:
            return self.tr("Finding titles")
        verb = (
            self.tr("Indexing {n} of {total}")
            if progress.phase is JobPhase.INDEXING
            else self.tr("Adding {n} of {total}")
        )
        return verb.format(n=done, total=total) if total else self.tr("Adding {n}").format(n=done)
