"""What opens over the window: correcting encodings, kept searches, help. Composition only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from incipit.ui.bridge import Bridge
from incipit.ui.encoding_control import EncodingControl
from incipit.ui.import_control import ImportControl
from incipit.ui.reading_pane import ReadingPane

if TYPE_CHECKING:
    from incipit.services.library import Library


class WindowExtras(QObject):
    """Joins what opens over the window to its parts. ``failed`` carries an exception."""

    failed = Signal(object)

    def __init__(
        self, bridge: Bridge, pane: ReadingPane, imports: ImportControl, window: QWidget
    ) -> None:
        super().__init__(window)
        self.encodings = EncodingControl(bridge, window)
        pane.wrong_characters_requested.connect(self.encodings.ask)
        self.encodings.correction_wanted.connect(imports.recode)
        self.encodings.failed.connect(self.failed)

    def attach(self, library: Library | None) -> None:
        """Speak of ``library`` from now on."""
        self.encodings.attach(library)
