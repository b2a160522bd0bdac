"""The style sheet of a theme: how Qt's own widgets look. Every colour comes from `themes`."""

from __future__ import annotations

from string import Template

from PySide6.QtGui import QColor

from incipit.ui.icons import icon_folder
from incipit.ui.themes import Colours

_SHEET = Template("""
* { outline: none; }
QMainWindow, QDialog, QMessageBox { background: $window; }
QToolTip {
    background: $surface; color: $text; border: 1px solid $border; padding: 5px 8px;
}
QDialogButtonBox { dialogbuttonbox-buttons-have-icons: 0; }
QLabel { background: transparent; }
QLabel[role="muted"] { color: $muted; }
QLabel[role="error"] { color: $error; }
QLabel[role="warning"] { color: $warning; }


QMenuBar { background: $window; color: $text; padding: 2px 8px; }
QMenuBar::item { background: transparent; padding: 5px 10px; border-radius: 5px; }
QMenuBar::item:selected, QMenuBar::item:pressed {
    background: $selection_background; color: $selection_text;
}
QMenu { background: $field; color: $text; border: 1px solid $border; padding: 6px; }
QMenu::item { padding: 6px 28px 6px 24px; border-radius: 5px; }
QMenu::item:selected { background: $selection_background; color: $selection_text; }
QMenu::item:disabled { color: $outline; }
QMenu::separator { height: 1px; background: $border; margin: 5px 8px; }
QMenu::indicator { width: 14px; height: 14px; left: 6px; }
QMenu::indicator:checked { image: url("$icons/$check"); }

QLineEdit {
    background: $field; color: $text; border: 1px solid $outline; border-radius: 8px;
    padding: 7px 10px; selection-background-color: $accent; selection-color: $accent_text;
}
QLineEdit:focus { border: 2px solid $accent; padding: 6px 9px; }
QTableView QLineEdit, QTableView QLineEdit:focus {
    border: 1px solid $accent; border-radius: 0; padding: 0 4px;
}

QPushButton {
    background: $field; color: $text; border: 1px solid $outline; border-radius: 7px;
    padding: 6px 16px; min-height: 18px;
}
QPushButton:hover { background: $surface_hover; }
QPushButton:pressed { background: $selection_background; color: $selection_text; }
QPushButton:focus { border: 2px solid $accent; padding: 5px 15px; }
QPushButton:disabled { color: $outline; border-color: $border; }
QPushButton[role="primary"] { background: $accent; color: $accent_text; border-color: $accent; }
QPushButton[role="primary"]:focus { border: 2px solid $text; }
QPushButton[role="primary"]:disabled {
    background: $surface_hover; color: $outline; border-color: $border;
}
QPushButton[role="link"] {
    background: transparent; color: $accent; border: 1px solid transparent; border-radius: 5px;
    padding: 2px 5px; min-height: 0; text-align: left;
}
QPushButton[role="link"]:hover { background: $surface_hover; }
QPushButton[role="link"]:focus { border: 1px solid $accent; }
QPushButton[role="quiet"] {
    background: transparent; color: $muted; border: 1px solid transparent; border-radius: 5px;
    padding: 2px 6px; min-height: 0; text-align: left;
}
QPushButton[role="quiet"]:hover { background: $surface_hover; color: $text; }
QPushButton[role="quiet"]:focus { border: 1px solid $accent; color: $text; }
QPushButton[role="chip"] {
    background: $surface_hover; color: $text; border: 1px solid $border; border-radius: 8px;
    padding: 1px 9px; min-height: 0;
}
QPushButton[role="chip"]:hover { border-color: $outline; }
QPushButton[role="chip"]:focus { border: 1px solid $accent; }
QPushButton[role="filter"] {
    background: $selection_background; color: $selection_text; border: 1px solid $border;
    border-radius: 4px; padding: 1px 9px; min-height: 0;
}
QPushButton[role="filter"]:hover { border-color: $outline; }
QPushButton[role="filter"]:focus { border: 1px solid $accent; }

QRadioButton::indicator {
    width: 12px; height: 12px; border: 1px solid $outline; border-radius: 7px; background: $field;
}
QRadioButton::indicator:checked {
    width: 6px; height: 6px; border: 4px solid $accent; background: $accent_text;
}
QRadioButton { spacing: 7px; }
QRadioButton:focus { color: $accent; }
QRadioButton::indicator:focus { border-color: $accent; }

QToolButton {
    background: transparent; color: $muted; border: 1px solid transparent; border-radius: 6px;
    padding: 4px 7px;
}
QToolButton:hover { background: $surface_hover; color: $text; }
QToolButton:pressed, QToolButton:checked {
    background: $selection_background; color: $selection_text;
}
QToolButton:focus { border: 1px solid $accent; color: $text; }
QToolButton[role="column"] { padding: 1px 7px; }
QToolButton::menu-indicator { image: none; width: 0; }

QCheckBox { spacing: 7px; }
QCheckBox::indicator {
    width: 14px; height: 14px; border: 1px solid $outline; border-radius: 4px; background: $field;
}
QCheckBox::indicator:checked { image: url("$icons/$check"); }
QCheckBox:focus { color: $accent; }
QCheckBox::indicator:focus { border-color: $accent; }
QSpinBox {
    background: $field; color: $text; border: 1px solid $outline; border-radius: 6px;
    padding: 3px 7px; selection-background-color: $accent; selection-color: $accent_text;
}
QSpinBox::up-button, QSpinBox::down-button { width: 0; height: 0; border: none; }
QSpinBox QLineEdit, QSpinBox QLineEdit:focus {
    background: transparent; border: none; border-radius: 0; padding: 0 7px;
}
QSpinBox:focus { border: 2px solid $accent; padding: 2px 6px; }
QTabWidget::pane { border: none; }
QTabBar::tab {
    background: transparent; color: $muted; padding: 6px 12px; border-radius: 6px; margin: 2px;
}
QTabBar::tab:selected { background: $selection_background; color: $selection_text; }
QTabBar::tab:focus { border: 1px solid $accent; }

QTableView {
    background: $surface; color: $text; border: none; gridline-color: transparent;
    selection-background-color: $selection_background; selection-color: $selection_text;
}
QTableView[role="plain"] { border: 1px solid $border; border-radius: 6px; }
QTableView[role="plain"]:focus { border: 1px solid $accent; }
QTableView[role="plain"]::item { padding: 5px 8px; }
QListWidget[role="plain"], QPlainTextEdit, QTextBrowser {
    background: $field; color: $text; border: 1px solid $border; border-radius: 6px;
    selection-background-color: $accent; selection-color: $accent_text;
}
QListWidget[role="plain"]:focus, QPlainTextEdit:focus, QTextBrowser:focus {
    border: 1px solid $accent;
}
QListWidget[role="plain"]::item { padding: 3px 8px; }
QListWidget[role="plain"]::item:selected {
    background: $selection_background; color: $selection_text;
}
QListWidget[role="plain"]::item:disabled { color: $muted; }
QHeaderView::section {
    background: $window; color: $muted; border: none; border-bottom: 1px solid $border;
    padding: 6px 8px; font-weight: 600;
}
QSplitter::handle { background: $border; }
QSplitter::handle:hover { background: $outline; }

QScrollBar:vertical { background: transparent; width: 12px; margin: 0; }
QScrollBar::handle:vertical {
    background: $outline; min-height: 32px; border-radius: 3px; margin: 2px 3px;
}
QScrollBar:horizontal { background: transparent; height: 12px; margin: 0; }
QScrollBar::handle:horizontal {
    background: $outline; min-width: 32px; border-radius: 3px; margin: 3px 2px;
}
QScrollBar::handle:hover { background: $muted; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }

QProgressBar { background: $border; border: none; border-radius: 3px; }
QProgressBar::chunk { background: $accent; border-radius: 3px; }
QStatusBar { background: $window; color: $muted; border-top: 1px solid $border; }
QStatusBar::item { border: none; }

QFrame[role="notice"] {
    background: $surface_hover; border: none; border-bottom: 1px solid $border;
}
QFrame[role="notice"][kind="error"] { background: $error_background; }
QFrame[role="rule"] { background: $border; border: none; }
QFrame[role="drop"] { background: $surface; border: 2px dashed $accent; border-radius: 14px; }
QFrame[role="card"] { background: $surface; border: 1px dashed $outline; border-radius: 14px; }
""")


def style_sheet(colours: Colours) -> str:
    """Return the style sheet of a theme."""
    values = {
        name: value.name()
        for name in Colours.__slots__
        if isinstance(value := getattr(colours, name), QColor)
    }
    check = "check-dark.svg" if colours.is_dark else "check-light.svg"
    return _SHEET.substitute(values, icons=icon_folder().as_posix(), check=check)
