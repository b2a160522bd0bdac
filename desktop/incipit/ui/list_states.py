"""What is said in place of results, in each situation in which there are none."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QCoreApplication

from incipit import paths
from incipit.errors import UserError
from incipit.models import SearchResult, Suggestion
from incipit.ui import wording
from incipit.ui.state_page import StatePage, Way

ADD_FILES = "add-files"
ADD_FOLDER = "add-folder"
SAMPLE = "sample"
CLEAR = "clear"
RETRY = "retry"
OPEN_LIBRARY = "open-library"
QUERY = "query:"


def sample_folder() -> Path | None:
    """Return the folder of the sample corpus, or None where it was not installed."""
    folder = paths.resources() / "sample"
    return folder if folder.is_dir() else None


def show_empty_library(page: StatePage, *, read_only: bool) -> None:
    """Say what to do with a library that holds nothing yet."""
    if read_only:
        page.show_state(
            "book",
            _tr("This library is empty"),
            _tr("It can only be read, so nothing can be added to it here."),
            [Way(OPEN_LIBRARY, _tr("Open Another Library…"), primary=True)],
        )
        return
    ways = [
        Way(ADD_FOLDER, _tr("Add a Folder…"), primary=True),
        Way(ADD_FILES, _tr("Add Files…")),
    ]
    if sample_folder() is not None:
        ways.append(Way(SAMPLE, _tr("Try it with a small sample"), link=True))
    page.show_state(
        "drop",
        _tr("Drop your texts here"),
        _tr(
            "Folders are read with everything in them. The originals stay where they are, "
            "unchanged, and nothing leaves this computer."
        ),
        ways,
    )


def show_opening(page: StatePage) -> None:
    """Say that the library is being opened."""
    page.show_state("book", _tr("Opening the library…"))


def show_adding(page: StatePage) -> None:
    """Say that the first documents are on their way."""
    page.show_state(
        "book",
        _tr("Reading your texts…"),
        _tr("Documents appear here as they arrive. You can search and read meanwhile."),
    )


def show_unusable(page: StatePage, problem: Exception) -> None:
    """Say why the library could not be opened."""
    ways = [
        Way(RETRY, _tr("Try Again"), primary=True),
        Way(OPEN_LIBRARY, _tr("Open Another Library…")),
    ]
    title, body = _words_of(problem, _tr("The library could not be opened"))
    page.show_state("error", title, body, ways)


def show_searching(page: StatePage) -> None:
    """Say that a search takes its time."""
    page.show_state("search", _tr("Searching…"))


def show_failed(page: StatePage, problem: Exception) -> None:
    """Say that a search failed."""
    title, body = _words_of(problem, _tr("The search failed"))
    page.show_state("error", title, body, [Way(RETRY, _tr("Try Again"), primary=True)])


def show_no_results(
    page: StatePage, result: SearchResult, suggestions: Sequence[Suggestion] = ()
) -> None:
    """Say that nothing was found, why that may be, and the ways on."""
    ways = [
        Way(
            QUERY + suggestion.query,
            f"{suggestion.label}  ({wording.documents(suggestion.documents)})",
            link=True,
        )
        for suggestion in suggestions
    ]
    ways.append(Way(CLEAR, _tr("Clear the Search")))
    if result.incomplete:
        body = _tr("Some documents are not in the index yet; they are added as you wait.")
    elif suggestions:
        body = _tr("Perhaps one of these:")
    else:
        body = _tr("No document holds all of this. Leave a word out, or write part of it: purchas*")
    page.show_state("nothing", _tr("Nothing found"), body, ways)


def _words_of(problem: Exception, fallback: str) -> tuple[str, str]:
    if isinstance(problem, UserError):
        return problem.message, "\n".join(
            part for part in (wording.path(problem.subject), problem.advice) if part
        )
    return fallback, _tr("This is a fault of the program. A report was written to the log folder.")


def _tr(text: str) -> str:
    return QCoreApplication.translate("ListStates", text)
