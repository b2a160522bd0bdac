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

# By this name the tools of translators find the words.
translate = QCoreApplication.translate

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
            translate("ListStates", "This library is empty"),
            translate("ListStates", "It can only be read, so nothing can be added to it here."),
            [Way(OPEN_LIBRARY, translate("ListStates", "Open Another Library…"), primary=True)],
        )
        return
    ways = [
        Way(ADD_FOLDER, translate("ListStates", "Add a Folder…"), primary=True),
        Way(ADD_FILES, translate("ListStates", "Add Files…")),
    ]
    if sample_folder() is not None:
        ways.append(Way(SAMPLE, translate("ListStates", "Try it with a small sample"), link=True))
    page.show_state(
        "drop",
        translate("ListStates", "Drop your texts here"),
        translate(
            "ListStates",
            "Folders are read with everything in them. The originals stay where they are, "
            "unchanged, and nothing leaves this computer.",
        ),
        ways,
    )


def show_opening(page: StatePage) -> None:
    """Say that the library is being opened."""
    page.show_state("book", translate("ListStates", "Opening the library…"))


def show_adding(page: StatePage) -> None:
    """Say that the first documents are on their way."""
    page.show_state(
        "book",
        translate("ListStates", "Reading your texts…"),
        translate(
            "ListStates", "Documents appear here as they arrive. You can search and read meanwhile."
        ),
    )


def show_unusable(page: StatePage, problem: Exception) -> None:
    """Say why the library could not be opened."""
    ways = [
        Way(RETRY, translate("ListStates", "Try Again"), primary=True),
        Way(OPEN_LIBRARY, translate("ListStates", "Open Another Library…")),
    ]
    title, body = _words_of(problem, translate("ListStates", "The library could not be opened"))
    page.show_state("error", title, body, ways)


def show_searching(page: StatePage) -> None:
    """Say that a search takes its time."""
    page.show_state("search", translate("ListStates", "Searching…"))


def show_failed(page: StatePage, problem: Exception) -> None:
    """Say that a search failed."""
    title, body = _words_of(problem, translate("ListStates", "The search failed"))
    page.show_state(
        "error", title, body, [Way(RETRY, translate("ListStates", "Try Again"), primary=True)]
    )


class NoResults:
    """Says on a page that nothing was found, and keeps the ways on while the query stays.

    An import renews the result again and again; a way that has the focus must not go each time.
    """

    def __init__(self, page: StatePage) -> None:
        self._page = page
        self._known: tuple[str, Sequence[Suggestion]] = ("", ())

    def show(self, result: SearchResult, suggestions: Sequence[Suggestion] | None = None) -> None:
        """Say that ``result`` is empty; without ``suggestions`` with those known of its query."""
        query, (known_of, known) = result.request.query, self._known
        if suggestions is None:
            suggestions = known if query == known_of else ()
        self._known = query, suggestions
        _show_no_results(self._page, result, suggestions)


def _show_no_results(
    page: StatePage, result: SearchResult, suggestions: Sequence[Suggestion]
) -> None:
    ways = [
        Way(
            QUERY + suggestion.query,
            f"{suggestion.label}  ({wording.documents(suggestion.documents)})",
            link=True,
        )
        for suggestion in suggestions
    ]
    ways.append(Way(CLEAR, translate("ListStates", "Clear the Search")))
    if result.incomplete:
        body = translate(
            "ListStates", "Some documents are not in the index yet; they are added as you wait."
        )
    elif suggestions:
        body = translate("ListStates", "Perhaps one of these:")
    else:
        body = translate(
            "ListStates",
            "No document holds all of this. Leave a word out, or write part of it: purchas*",
        )
    page.show_state("nothing", translate("ListStates", "Nothing found"), body, ways)


def _words_of(problem: Exception, fallback: str) -> tuple[str, str]:
    if isinstance(problem, UserError):
        return problem.message, "\n".join(
            part for part in (wording.path(problem.subject), problem.advice) if part
        )
    return fallback, translate(
        "ListStates", "This is a fault of the program. A report was written to the log folder."
    )
