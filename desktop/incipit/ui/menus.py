"""The menu bar: every action of the window by name, with its words and keys."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar

from incipit.ui import wording

_Keys = QKeySequence.StandardKey


class Menus(QObject):
    """Builds the menus into a menu bar and holds the actions; it does nothing itself.

    ``theme_chosen``, ``font_chosen`` and ``measure_chosen`` carry what was chosen in View,
    ``recent_chosen`` the folder of a library.
    """

    theme_chosen = Signal(str)
    font_chosen = Signal(str)
    measure_chosen = Signal(int)
    recent_chosen = Signal(object)

    def __init__(
        self,
        bar: QMenuBar,
        sort_menu: QMenu,
        view_actions: Sequence[QAction] = (),
        go_actions: Sequence[QAction] = (),
    ) -> None:
        super().__init__(bar)
        self._bar = bar
        self._build_file(bar.addMenu(self.tr("&File")))
        self._build_edit(bar.addMenu(self.tr("&Edit")))
        self._build_view(bar.addMenu(self.tr("&View")), sort_menu, view_actions)
        self._build_go(bar.addMenu(self.tr("&Go")), go_actions)
        self._build_help(bar.addMenu(self.tr("&Help")))

    def set_recent(self, folders: Sequence[str]) -> None:
        """List the libraries that were open lately."""
        self._recent.clear()
        for folder in folders:
            action = self._recent.addAction(wording.place(folder).replace("&", "&&"))
            action.triggered.connect(
                lambda _checked=False, folder=folder: self.recent_chosen.emit(Path(folder))
            )
        self._recent.setEnabled(bool(folders))

    def show_choices(self, *, theme: str, font: str, measure_chars: int) -> None:
        """Tick what is in force."""
        for actions, value in (
            (self._themes, theme),
            (self._fonts, font),
            (self._measures, str(measure_chars)),
        ):
            if value in actions:
                actions[value].setChecked(True)

    def set_writable(self, writable: bool) -> None:
        """Offer what changes the library only where it can be changed."""
        for action in (self.add_files, self.add_folder, self.paste_files, self.tags, self.remove):
            action.setEnabled(writable)
        self.save_search.setEnabled(writable)
        self.rebuild.setEnabled(writable)

    def _build_file(self, menu: QMenu) -> None:
        self.add_files = self._add(menu, self.tr("&Add Files…"), _Keys.Open)
        self.add_folder = self._add(menu, self.tr("Add &Folder…"), "Ctrl+Shift+O")
        menu.addSeparator()
        self.open_library = self._add(menu, self.tr("Open &Library…"), "Ctrl+Shift+L")
        self._recent = menu.addMenu(self.tr("&Recent Libraries"))
        self.sources = self._add(menu, self.tr("&Sources…"))
        self.explain = self._add(menu, self.tr("State of &the Library…"))
        self.report = self._add(menu, self.tr("Last &Import Report…"))
        self.report.setEnabled(False)
        self.rebuild = self._add(menu, self.tr("Re&build the Index"))
        self.back_up = self._add(menu, self.tr("Bac&k Up the Library…"))
        menu.addSeparator()
        self.print_ = self._add(menu, self.tr("&Print…"), _Keys.Print)
        menu.addSeparator()
        self.quit = self._add(menu, self.tr("&Quit"), _Keys.Quit)
        if self.quit.shortcut().isEmpty():
            self.quit.setShortcut("Ctrl+Q")
        self.quit.setMenuRole(QAction.MenuRole.QuitRole)

    def _build_edit(self, menu: QMenu) -> None:
        self.undo = self._add(menu, self.tr("&Undo Remove"), _Keys.Undo)
        self.undo.setEnabled(False)
        menu.addSeparator()
        self.copy_text = self._add(menu, self.tr("Copy &Text of Document"))
        self.copy_citation = self._add(menu, self.tr("Copy &Citation"), "Ctrl+Alt+C")
        self.paste_files = self._add(menu, self.tr("&Paste Files"), _Keys.Paste)
        self.tags = self._add(menu, self.tr("Ta&gs…"), "Ctrl+T")
        self.remove = self._add(menu, self.tr("&Remove from Library"))
        menu.addSeparator()
        self.search = self._add(menu, self.tr("&Search"), "Ctrl+F", "Ctrl+L")
        self.save_search = self._add(menu, self.tr("Sa&ve This Search…"), _Keys.Save)
        self.saved_searches = self._add(menu, self.tr("Sav&ed Searches…"), "Ctrl+Shift+S")
        self.find = self._add(menu, self.tr("&Find in This Document…"), "Ctrl+Shift+F")

    def _build_view(self, menu: QMenu, sort_menu: QMenu, view_actions: Sequence[QAction]) -> None:
        menu.addActions(list(view_actions))
        menu.addSeparator()
        menu.addMenu(sort_menu)
        menu.addSeparator()
        self.zoom_in = self._add(menu, self.tr("Zoom &In"), "Ctrl++", "Ctrl+=")
        self.zoom_out = self._add(menu, self.tr("Zoom &Out"), "Ctrl+-")
        self.zoom_reset = self._add(menu, self.tr("&Normal Size"), "Ctrl+0")
        menu.addSeparator()
        self._fonts = self._choice(
            menu.addMenu(self.tr("Reading &Font")),
            {"serif": self.tr("&Serif"), "sans": self.tr("S&ans Serif")},
            self.font_chosen.emit,
        )
        self._measures = self._choice(
            menu.addMenu(self.tr("&Line Length")),
            {"55": self.tr("&Narrow"), "70": self.tr("&Comfortable"), "90": self.tr("&Wide")},
            lambda value: self.measure_chosen.emit(int(value)),
        )
        self._themes = self._choice(
            menu.addMenu(self.tr("&Theme")),
            {
                "system": self.tr("Like the &System"),
                "light": self.tr("&Light"),
                "dark": self.tr("&Dark"),
            },
            self.theme_chosen.emit,
        )

    def _build_go(self, menu: QMenu, go_actions: Sequence[QAction]) -> None:
        menu.addActions(list(go_actions))
        menu.addSeparator()
        self.next_hit = self._add(menu, self.tr("&Next Hit"), "F3", "Ctrl+G")
        self.previous_hit = self._add(menu, self.tr("&Previous Hit"), "Shift+F3", "Ctrl+Shift+G")
        menu.addSeparator()
        self.next_document = self._add(menu, self.tr("Next &Document"), "Ctrl+Down")
        self.previous_document = self._add(menu, self.tr("Previous D&ocument"), "Ctrl+Up")
        menu.addSeparator()
        self.next_area = self._add(menu, self.tr("Next &Area of the Window"), "F6")

    def _build_help(self, menu: QMenu) -> None:
        self.help_guide = self._add(menu, self.tr("&User Guide"), "F1")
        self.help_searching = self._add(menu, self.tr("&Searching"), "Shift+F1")
        self.help_keys = self._add(menu, self.tr("&Keyboard Shortcuts"), "Ctrl+F1")
        menu.addSeparator()
        self.logs = self._add(menu, self.tr("Open the &Log Folder"))
        self.about = self._add(menu, self.tr("&About Incipit"))
        self.about.setMenuRole(QAction.MenuRole.AboutRole)

    def _add(self, menu: QMenu, words: str, *keys: str | QKeySequence.StandardKey) -> QAction:
        action = menu.addAction(words)
        shortcuts = []
        for key in keys:
            if isinstance(key, str):
                shortcuts.append(QKeySequence(key))
            else:
                shortcuts += QKeySequence.keyBindings(key)
        action.setShortcuts(shortcuts)
        return action

    def _choice(
        self, menu: QMenu, names: dict[str, str], chosen: Callable[[str], None]
    ) -> dict[str, QAction]:
        group = QActionGroup(menu)
        actions = {}
        for value, words in names.items():
            action = menu.addAction(words)
            action.setCheckable(True)
            group.addAction(action)
            action.triggered.connect(lambda _checked=False, value=value: chosen(value))
            actions[value] = action
        return actions
