"""Every part's licence can be read."""

from __future__ import annotations

from incipit.services.licences import Licence
from incipit.ui.licences_dialog import LicencesDialog


def test_text_of_the_chosen_part_is_shown(qtbot):
    one = Licence("One 1.0", (("LICENSE", "may be copied"),))
    two = Licence("Two 2.0", (("COPYING", "may be read"), ("NOTICE", "by Two")))
    dialog = LicencesDialog([one, two])
    qtbot.addWidget(dialog)

    assert dialog.text.toPlainText() == "may be copied"
    assert dialog.text.isReadOnly()
    dialog.parts.setCurrentRow(1)
    shown = dialog.text.toPlainText()
    assert [shown.index(words) for words in ("COPYING", "may be read", "NOTICE", "by Two")] == (
        sorted(shown.index(words) for words in ("COPYING", "may be read", "NOTICE", "by Two"))
    )
