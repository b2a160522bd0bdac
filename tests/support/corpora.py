"""A library and files to import into it, as a person would use them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Self

from incipit.models import Document, ImportReport, JobEvent, SearchRequest
from incipit.services import tasks
from incipit.services.control import JobControl
from incipit.services.library import Library

NEVER = JobControl()


class Corpus:
    """A library and a folder of files to import into it, as a person would use them."""

    def __init__(self, folder: Path) -> None:
        self.files = folder / "files"
        self.files.mkdir()
        self.place = folder / "library"
        self.library = Library.open(self.place)
        self.events: list[JobEvent] = []

    def write(self, name: str, content: str | bytes = "some words") -> Path:
        path = self.files / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    def take(self, *paths: Path, control: JobControl = NEVER, **options: object) -> ImportReport:
        task = self.library.import_task(paths or (self.files,))
        task = replace(task, **options)  # type: ignore[arg-type] # the options of a test
        return tasks.run(self.place, task, 1, self.events.append, control)

    def filled(self, texts: Mapping[str, str]) -> Self:
        """Write files and take them into the library."""
        for name, text in texts.items():
            self.write(name, text)
        self.take()
        return self

    def find(self, query: str = "", **options: object) -> list[str]:
        request = SearchRequest(query, **options)  # type: ignore[arg-type] # as above
        result = self.library.search(request, NEVER)
        return [row.document.name for row in self.library.rows(result, 0, 1000)]

    def hits(self, query: str) -> dict[str, int]:
        result = self.library.search(SearchRequest(query), NEVER)
        rows = self.library.rows(result, 0, 1000)
        for row in rows:
            assert len(self.library.hits(query, row.document.id).spans_cp) == row.hits
        return {row.document.name: row.hits for row in rows}

    def documents(self) -> list[Document]:
        result = self.library.search(SearchRequest(), NEVER)
        return [row.document for row in self.library.rows(result, 0, 1000)]

    def named(self, name: str) -> Document:
        (found,) = (one for one in self.documents() if one.name == name)
        return found

    def at(self, name: str) -> Document:
        """Return the document of the file ``name``, which may be in a folder."""
        (found,) = (one for one in self.documents() if one.path == str(self.files / name))
        return found

    def upkeep(self, *, rebuild: bool = False) -> ImportReport:
        return tasks.run(self.place, tasks.IndexTask(rebuild=rebuild), 2, self.events.append, NEVER)
