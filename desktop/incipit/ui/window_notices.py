"""What the window tells in its notice: what was done, the way back, and what went wrong."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from incipit.errors import UserError
from incipit.models import Removal
from incipit.ui import wording
from incipit.ui.notice_bar import NoticeBar


class WindowNotices(QObject):
    """Puts into words what a :class:`NoticeBar` then shows.

    ``broke`` carries an exception that is the program's fault, which is no matter for a notice.
    """

    broke = Signal(object)

    def __init__(self, bar: NoticeBar, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bar = bar

    def tell(self, text: str) -> None:
        """Tell something that goes away by itself."""
        self._bar.tell(text, passing=True)

    def tell_undoable(self, text: str, undo: Callable[[], None]) -> None:
        """Tell what was done, and how it is taken back."""
        self._bar.tell(text, action=self.tr("Undo"), act=undo)

    def tell_read_only(self) -> None:
        """Tell that the library cannot be changed."""
        self._bar.tell(self.tr("This library can be read and searched, but not changed."))

    def tell_report(self, text: str, show: Callable[[], None]) -> None:
        """Tell how an import ended; its report is a click away."""
        self._bar.tell(text, action=self.tr("Show Report"), act=show, passing=True)

    def tell_removed(self, removal: Removal, undo: Callable[[], None]) -> None:
        """Tell that documents were removed."""
        self.tell_undoable(
            self.tr("Removed {n} from the library. The files are untouched.").format(
                n=wording.documents(removal.document_count)
            ),
            undo,
        )

    def tell_restored(self, count: int) -> None:
        """Tell that removed documents are back."""
        self.tell(self.tr("Brought {n} back.").format(n=wording.documents(count)))

    def show_problem(self, problem: Exception) -> None:
        """Tell the user what went wrong where they can act on it, or else report it."""
        if isinstance(problem, UserError):
            subject = wording.path(problem.subject)
            parts = (f"{subject}: " if subject else "") + problem.message
            self._bar.tell(" ".join(p for p in (parts, problem.advice) if p), kind="error")
        elif isinstance(problem, OSError):
            self._bar.tell(wording.path(str(problem)), kind="error")
        else:
            self.broke.emit(problem)
