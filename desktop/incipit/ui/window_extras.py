"""What opens over the window: encodings, kept searches, tags, failures, help. Composition only."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QMainWindow

from incipit.models import FailedFile, TagChange
from incipit.ui.backup_control import BackupControl
from incipit.ui.bridge import Bridge
from incipit.ui.encoding_control import EncodingControl
from incipit.ui.failure_control import FailureControl
from incipit.ui.help_window import Help
from incipit.ui.menus import Menus
from incipit.ui.reading_pane import ReadingPane
from incipit.ui.search_bar import SearchBar
from incipit.ui.search_shelf import SearchShelf
from incipit.ui.tag_control import TagControl
from incipit.ui.window_notices import WindowNotices

if TYPE_CHECKING:
    from incipit.services.library import Library


class WindowExtras(QObject):
    """Joins what opens over the window to its parts.

    ``correction_wanted`` carries a document's id, a :class:`Scope` and an encoding or None;
    ``tagged`` and ``failures_changed`` nothing. What was done is told in ``notices``.
    """

    correction_wanted = Signal(int, object, object)
    tagged = Signal()
    failures_changed = Signal()

    def __init__(
        self,
        bridge: Bridge,
        bar: SearchBar,
        pane: ReadingPane,
        menus: Menus,
        notices: WindowNotices,
        window: QMainWindow,
    ) -> None:
        super().__init__(window)
        self._notices = notices
        self.encodings = EncodingControl(bridge, window)
        self.shelf = SearchShelf(bridge, window)
        self.backups = BackupControl(bridge, window)
        self.backups.told.connect(notices.tell)
        menus.back_up.triggered.connect(lambda _checked=False: self.backups.ask())
        pane.wrong_characters_requested.connect(self.encodings.ask)
        self.encodings.correction_wanted.connect(self.correction_wanted)
        self._connect_searches(bar, menus)
        self.tags = TagControl(bridge, window)
        self.tags.changed.connect(self._on_tagged)
        self.tags.undone.connect(self.tagged)
        self.failures = FailureControl(bridge, window)
        self.failures.forgotten.connect(self._on_forgotten)
        self.failures.restored.connect(self.failures_changed)
        self.help = Help(window.menuBar(), window)
        menus.help_guide.triggered.connect(lambda _checked=False: self.help.show_guide())
        menus.help_searching.triggered.connect(lambda _checked=False: self.help.show_searching())
        menus.help_keys.triggered.connect(lambda _checked=False: self.help.show_keys())

    def attach(self, library: Library | None) -> None:
        """Speak of ``library`` from now on."""
        self.encodings.attach(library)
        self.shelf.attach(library)
        self.backups.attach(library)
        self.tags.attach(library)
        self.failures.attach(library)

    def _on_tagged(self, text: str, made: TagChange) -> None:
        self._notices.tell_undoable(text, lambda: self.tags.undo(made))
        self.tagged.emit()

    def _on_forgotten(self, text: str, failures: Sequence[FailedFile]) -> None:
        self._notices.tell_undoable(text, lambda: self.failures.undo(failures))
        self.failures_changed.emit()

    def _connect_searches(self, bar: SearchBar, menus: Menus) -> None:
        shelf = self.shelf
        bar.history_wanted.connect(shelf.ask)
        bar.saving_wanted.connect(shelf.save)
        bar.managing_wanted.connect(shelf.show_saved)
        bar.forgetting_wanted.connect(shelf.forget_recent)
        shelf.came.connect(
            lambda saved, recent, read_only: bar.show_searches(saved, recent, read_only=read_only)
        )
        shelf.query_chosen.connect(bar.set_query)
        shelf.told.connect(self._notices.tell)
        menus.save_search.triggered.connect(lambda _checked=False: bar.save())
        menus.saved_searches.triggered.connect(lambda _checked=False: shelf.show_saved())
