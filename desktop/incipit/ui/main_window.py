"""The window: puts the parts together and passes between them what each says.

Composition only. What a part does stands in the part; what needs the library stands in the
controls; opening and closing libraries is the business of the application.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication
from PySide6.QtWidgets import QMainWindow, QVBoxLayout, QWidget

from incipit.models import ImportReport, LibraryStatus, Removal
from incipit.services.settings import LibraryState, Settings
from incipit.ui import list_states, wording
from incipit.ui.appearance_choice import AppearanceChoice, appearance_of
from incipit.ui.bridge import Bridge
from incipit.ui.document_actions import DocumentActions
from incipit.ui.documents_view import DocumentsView
from incipit.ui.drop_overlay import DropOverlay
from incipit.ui.file_choice import ask_library
from incipit.ui.import_control import ImportControl
from incipit.ui.import_dialogs import ImportDialogs
from incipit.ui.library_dialogs import LibraryDialogs
from incipit.ui.library_watch import LibraryWatch
from incipit.ui.menu_key import serve_menu_key
from incipit.ui.menus import Menus
from incipit.ui.notice_bar import NoticeBar
from incipit.ui.reading_pane import ReadingPane
from incipit.ui.removal_control import RemovalControl
from incipit.ui.search_bar import SearchBar
from incipit.ui.search_link import SearchLink
from incipit.ui.status_line import StatusLine
from incipit.ui.theme_switch import ThemeSwitch
from incipit.ui.themes import Colours
from incipit.ui.title_jump import TitleJump
from incipit.ui.window_extras import WindowExtras
from incipit.ui.window_notices import WindowNotices
from incipit.ui.window_state import restore_window, window_settings

if TYPE_CHECKING:
    from incipit.services.library import Library


class MainWindow(QMainWindow):
    """The window of one library at a time.

    ``library_wanted`` carries the folder of a library to open, ``settings_changed`` the
    :class:`Settings` as they are now, ``broke`` an exception that is the program's fault,
    ``closed`` nothing.
    """

    library_wanted = Signal(object)
    settings_changed = Signal(object)
    broke = Signal(object)
    closed = Signal()

    def __init__(self, bridge: Bridge, theme: ThemeSwitch, settings: Settings) -> None:
        super().__init__()
        self._bridge = bridge
        self._theme = theme
        self._settings = settings
        self._library: Library | None = None
        self._folder: Path | None = None
        colours = theme.colours
        self.search_bar = SearchBar(colours)
        self.notice = NoticeBar(colours)
        self.notices = WindowNotices(self.notice, self)
        self.notices.broke.connect(self.broke)
        self.pane = ReadingPane(appearance_of(settings), colours)
        self.documents = DocumentsView(bridge, self.pane, colours)
        self.status = StatusLine()
        self.imports = ImportControl(bridge, self)
        self.removals = RemovalControl(bridge, self)
        self.actions_on_documents = DocumentActions(bridge, self)
        self.import_dialogs = ImportDialogs(self.imports, self)
        self.menus = Menus(self.menuBar(), *self.documents.menu_parts())
        self.appearance = AppearanceChoice(self.menus, self.pane, theme, self)
        self.watch = LibraryWatch(bridge, self)
        self.dialogs = LibraryDialogs(bridge, lambda: self.imports.busy, self)
        parts = (self.search_bar, self.pane, self.menus, self.notices)
        self.extras = WindowExtras(bridge, *parts, self)
        self.extras.correction_wanted.connect(self.imports.recode)
        self._build()
        self.overlay = DropOverlay(self, colours)
        self.searches = SearchLink(self.search_bar, self.documents, self)
        self.search_bar.files_pasted.connect(self.add)
        self.jumps = TitleJump(bridge, self.documents.documents, self)
        self._connect_imports()
        self._connect_documents()
        self._connect_menus()
        serve_menu_key(self)
        theme.dress()
        self.documents.restore(settings)
        restore_window(self, self.documents.splitter, settings)
        self.search_bar.focus()

    # Libraries ----------------------------------------------------------------------------------

    @property
    def library(self) -> Library | None:
        """Return the library that is shown."""
        return self._library

    def show_opening(self, folder: Path) -> None:
        """Say that the library in ``folder`` is being opened."""
        self._folder = folder
        self.setWindowTitle(self.tr("{name} – Incipit").format(name=wording.path(folder.name)))
        self.documents.show_opening()
        # Who knows what to look for types it before the library is there: it is searched then.
        self.search_bar.set_query("", announce=False)
        self.search_bar.set_counts("")
        self.search_bar.set_open(True)
        self.menus.set_writable(False)
        recent = self._settings.recent_libraries
        self.menus.set_recent([other for other in recent if other != str(folder)])

    def attach(self, library: Library) -> None:
        """Show ``library``, where the user was in it."""
        self._library = library
        state = self._settings.state_of(library.folder)
        typed = self.search_bar.query()
        if typed.strip():
            state = replace(state, query=typed, document_id=0, position_cp=0)
        else:
            self.search_bar.set_query(state.query, announce=False)
        self.menus.set_writable(not library.read_only)
        self.actions_on_documents.attach(library)
        self.documents.attach(library, state)
        self.jumps.attach(library)
        self.removals.attach(library)
        self.imports.attach(library)
        self.watch.attach(library)
        self.dialogs.attach(library)
        self.extras.attach(library)
        self.overlay.set_open(True, read_only=library.read_only)
        if library.read_only:
            self.notices.tell_read_only()
        if QGuiApplication.focusWindow() is self.windowHandle() and not typed:
            self.search_bar.focus()

    def detach(self) -> Library | None:
        """Show no library, and return the one that was shown, for closing."""
        self._remember_place()
        for part in (self.watch, self.dialogs, self.extras):
            part.attach(None)
        self.overlay.set_open(False)
        self.imports.detach()
        self.removals.attach(None)
        self.actions_on_documents.attach(None)
        self.jumps.attach(None)
        self.documents.detach()
        self.notice.dismiss()
        self.status.clear()
        library, self._library = self._library, None
        return library

    def show_unusable(self, problem: Exception) -> None:
        """Say that the library could not be opened."""
        self.search_bar.set_open(False)
        self.documents.show_unusable(problem)

    def add(self, given: Sequence[Path]) -> None:
        """Add files and folders to the library."""
        self.imports.add(given)

    def settings(self) -> Settings:
        """Return the settings as they are now, the place in the library among them."""
        self._remember_place()
        return window_settings(self, self.documents.splitter, self._settings)

    def set_settings(self, settings: Settings) -> None:
        """Take settings that were changed elsewhere."""
        self._settings = settings

    # Building -----------------------------------------------------------------------------------

    def _build(self) -> None:
        self.setAcceptDrops(True)
        self.setWindowTitle("Incipit")
        centre = QWidget()
        layout = QVBoxLayout(centre)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.search_bar)
        layout.addWidget(self.notice)
        layout.addWidget(self.documents, 1)
        self.setCentralWidget(centre)
        self.setStatusBar(self.status)
        self._theme.colours_changed.connect(self._on_colours_changed)
        self.watch.changed.connect(self._on_changed)
        self.watch.status_came.connect(self.status.show_status)
        self._bridge.failed.connect(self.notices.show_problem)
        self.extras.tagged.connect(self._refresh)

    def _connect_imports(self) -> None:
        self.imports.committed.connect(self._on_committed)
        self.imports.progressed.connect(self.status.progress.show_progress)
        self.imports.surveying.connect(self._on_surveying)
        self.imports.finished.connect(self._on_import_finished)
        self.imports.failed.connect(self.notices.show_problem)
        self.imports.ended.connect(self._on_imports_ended)
        self.status.job_cancelled.connect(self.imports.cancel)
        self.status.progress.pause_toggled.connect(self.imports.pause)
        self.status.explanation_wanted.connect(self.dialogs.explain)
        self.import_dialogs.told.connect(self._tell_report)
        self.import_dialogs.removal_wanted.connect(self.removals.remove)
        self.dialogs.retry_wanted.connect(self.imports.retry)
        self.dialogs.forgetting_wanted.connect(self.extras.failures.forget)
        self.extras.failures_changed.connect(self.watch.ask_status)
        self.dialogs.source_removal_wanted.connect(
            lambda source: self.removals.remove_source(source.id)
        )
        self.dialogs.source_refresh_wanted.connect(self.imports.refresh)
        self.overlay.dropped.connect(self.add)

    def _connect_documents(self) -> None:
        view, acts = self.documents, self.actions_on_documents
        view.way_chosen.connect(self._on_way_chosen)
        view.failed.connect(self.notices.show_problem)
        view.ended.connect(self.notices.tell)
        view.documents.list.removal_requested.connect(self._remove_selected)
        view.documents.list.menu_requested.connect(
            lambda place: acts.pop_up(view.documents.list.selected_ids(), place, self)
        )
        acts.removal_wanted.connect(self.removals.remove)
        acts.tags_wanted.connect(self.extras.tags.ask)
        acts.told.connect(self.notices.tell)
        self.removals.removed.connect(self._on_removed)
        self.removals.restored.connect(self._on_restored)
        self.removals.undoable_changed.connect(self.menus.undo.setEnabled)

    def _connect_menus(self) -> None:
        menus, pane, view = self.menus, self.pane, self.documents
        ids = view.documents.list.selected_ids
        for action, act in (
            (menus.add_files, self.import_dialogs.ask_files),
            (menus.add_folder, self.import_dialogs.ask_folder),
            (menus.open_library, self._ask_library),
            (menus.sources, self.dialogs.show_sources),
            (menus.explain, self.dialogs.explain),
            (menus.report, self.import_dialogs.show_last_report),
            (menus.rebuild, self.imports.rebuild),
            (menus.print_, pane.print_document),
            (menus.quit, self.close),
            (menus.undo, self.removals.undo),
            (menus.copy_text, lambda: self.actions_on_documents.copy_texts(ids())),
            (menus.copy_citation, lambda: self.actions_on_documents.copy_citations(ids())),
            (menus.paste_files, self.import_dialogs.paste),
            (menus.tags, lambda: self.extras.tags.ask(ids())),
            (menus.remove, self._remove_selected),
            (menus.search, self.search_bar.focus),
            (menus.find, pane.open_find),
            (menus.zoom_in, pane.zoom_in),
            (menus.zoom_out, pane.zoom_out),
            (menus.zoom_reset, pane.zoom_reset),
            (menus.next_hit, pane.next_hit),
            (menus.previous_hit, pane.previous_hit),
            (menus.next_document, lambda: view.go_document(1)),
            (menus.previous_document, lambda: view.go_document(-1)),
            (menus.next_area, self._focus_next_area),
            (menus.logs, self.dialogs.open_logs),
            (menus.about, self.dialogs.show_about),
        ):
            # An action passes whether it is checked, which none of these wants.
            action.triggered.connect(lambda _checked=False, act=act: act())
        menus.recent_chosen.connect(self.library_wanted)
        self.appearance.changed.connect(self._on_appearance_changed)

    # Moving about --------------------------------------------------------------------------------

    def _focus_next_area(self) -> None:
        areas = [self.search_bar, self.documents.views, self.pane]
        now = self.focusWidget()
        at = [i for i, area in enumerate(areas) if now is not None and area.isAncestorOf(now)]
        following = (at[0] + 1) % len(areas) if at else 0
        (self.search_bar.focus, self.documents.focus_list, self.pane.setFocus)[following]()

    # Adding and removing ------------------------------------------------------------------------

    def _on_committed(self, status: LibraryStatus) -> None:
        self.status.show_status(status)
        self.documents.searching.refresh_soon()

    def _on_surveying(self) -> None:
        self.documents.set_adding(True)
        self.status.progress.begin(self.tr("Looking at what was dropped"))

    def _on_import_finished(self, report: ImportReport) -> None:
        self.import_dialogs.take_report(report)
        self.menus.report.setEnabled(True)

    def _on_imports_ended(self) -> None:
        self.status.progress.end()
        self.documents.set_adding(False)
        self._refresh()

    def _tell_report(self, text: str) -> None:
        self.notices.tell_report(text, self.import_dialogs.show_last_report)

    def _remove_selected(self) -> None:
        if self._library is not None and not self._library.read_only:
            self.removals.remove(self.documents.documents.list.selected_ids())

    def _on_removed(self, removal: Removal) -> None:
        self.notices.tell_removed(removal, self.removals.undo)
        self.documents.searching.refresh()
        self.watch.ask_status()
        self.imports.keep_up()

    def _on_restored(self, count: int) -> None:
        self.notices.tell_restored(count)
        self._refresh()
        self.imports.keep_up()

    def _on_way_chosen(self, key: str) -> None:
        if key.startswith(list_states.QUERY):
            self.search_bar.set_query(key.removeprefix(list_states.QUERY))
            return
        ways: dict[str, Callable[[], object]] = {
            list_states.ADD_FILES: self.import_dialogs.ask_files,
            list_states.ADD_FOLDER: self.import_dialogs.ask_folder,
            list_states.SAMPLE: self.import_dialogs.add_sample,
            list_states.CLEAR: self.search_bar.start_over,
            list_states.OPEN_LIBRARY: self._ask_library,
            list_states.RETRY: lambda: self.library_wanted.emit(self._folder),
        }
        if key in ways:
            ways[key]()

    # The library as a whole ---------------------------------------------------------------------

    def _on_changed(self) -> None:
        if not self.imports.busy:
            self._refresh()

    def _refresh(self) -> None:
        if self._library is not None:
            self.documents.searching.refresh()
            self.watch.ask_status()

    def _ask_library(self) -> None:
        ask_library(self, self.library_wanted.emit)

    # Appearance and what is remembered ----------------------------------------------------------

    def _on_colours_changed(self, colours: Colours) -> None:
        for part in (self.search_bar, self.notice, self.documents, self.overlay):
            part.set_colours(colours)

    def _on_appearance_changed(self) -> None:
        self._settings = self.appearance.applied_to(self._settings)
        self.settings_changed.emit(self._settings)

    def _remember_place(self) -> None:
        if (library := self._library) is not None:
            state: LibraryState = self.documents.state(self._settings.state_of(library.folder))
            self._settings = self._settings.with_state(library.folder, state)
        self._settings = self.documents.settings(self._settings)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Say that the window goes; the application ends what is under way."""
        event.accept()
        self.closed.emit()
