"""What the concordance says where it has no lines to show."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from incipit.errors import UserError
from incipit.services.concordance_values import Concordance
from incipit.ui import wording
from incipit.ui.list_states import CLEAR, RETRY
from incipit.ui.state_page import StatePage, Way

SHOW_ALL = "show-all-lines"
DOCUMENTS = "show-documents"


def show_no_query(page: StatePage) -> None:
    """Say what a concordance is, and how to get one."""
    page.show_state(
        "search",
        _tr("Every hit in its context"),
        _tr(
            "Search for a word or a phrase: each place where it stands becomes a line here, one "
            "below the other."
        ),
    )


def show_looking(page: StatePage) -> None:
    """Say that finding the lines takes its time."""
    page.show_state("search", _tr("Looking for every hit…"))


def show_none(page: StatePage, concordance: Concordance) -> None:
    """Say why there are no lines: no hits to show, none found, or all thinned out."""
    if concordance.notes and concordance.incomplete and not concordance.understood:
        page.show_state("nothing", _tr("Nothing found"), " ".join(concordance.notes))
    elif not concordance.has_hits:
        page.show_state(
            "nothing",
            _tr("This search has no hits to show"),
            _tr(
                "It chooses documents, by their names or by what they lack. Add a word that must "
                "stand in them."
            ),
            [Way(DOCUMENTS, _tr("Show the Documents"), primary=True)],
        )
    elif len(concordance.lines):
        page.show_state(
            "nothing",
            _tr("No line is left"),
            _tr("There are {n}, and none has what is asked of the words around it.").format(
                n=wording.hits(len(concordance.lines))
            ),
            [Way(SHOW_ALL, _tr("Show All Lines"), primary=True)],
        )
    else:
        body = ""
        if concordance.incomplete:
            body = _tr("Some documents are not in the index yet; they are added as you wait.")
        page.show_state(
            "nothing", _tr("Nothing found"), body, [Way(CLEAR, _tr("Clear the Search"))]
        )


def show_failed(page: StatePage, problem: Exception) -> None:
    """Say that the lines could not be found."""
    ways = [Way(RETRY, _tr("Try Again"), primary=True), Way(SHOW_ALL, _tr("Show All Lines"))]
    if isinstance(problem, UserError):
        page.show_state("error", problem.message, problem.advice, ways)
    else:
        page.show_state(
            "error",
            _tr("The lines could not be found"),
            _tr("This is a fault of the program. A report was written to the log folder."),
            ways,
        )


def _tr(text: str) -> str:
    return QCoreApplication.translate("ConcordanceStates", text)
