"""A quotation from a document, with where in which file it stands."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from incipit.models import Document
from incipit.text.offsets import Place
from incipit.ui import wording


def with_citation(document: Document, quoted: str, place: Place) -> str:
    """Return a part of a text followed by its title, file, and line and character in it."""
    cited = QCoreApplication.translate(
        "Citation", "{title} ({file}, line {line}, character {character})"
    ).format(
        title=" ".join(document.title.split()),
        file=wording.path(document.path),
        line=place.line,
        character=place.column,
    )
    return f"{quoted}\n\n{cited}\n"
