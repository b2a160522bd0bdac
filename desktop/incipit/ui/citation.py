"""A quotation from a document, with where in which file it stands."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from incipit.models import Document
from incipit.text.offsets import place_of
from incipit.ui import wording


def with_citation(document: Document, text: str, start_cp: int, end_cp: int) -> str:
    """Return a part of a text followed by its title, file, line and character."""
    place = place_of(text, start_cp)
    cited = QCoreApplication.translate(
        "Citation", "{title} ({file}, line {line}, character {character})"
    ).format(
        title=" ".join(document.title.split()),
        file=wording.path(document.path),
        line=place.line,
        character=place.column,
    )
    return f"{text[start_cp:end_cp]}\n\n{cited}\n"
