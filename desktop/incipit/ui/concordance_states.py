"""What the concordance says where it has no lines to show."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from incipit.errors import UserError
from incipit.services.concordance_values import Concordance
from incipit.ui import wording
from incipit.ui.list_states import CLEAR, RETRY
from incipit.ui.state_page import StatePage, Way

# By this name the tools of translators find the words.
translate = QCoreApplication.translate

SHOW_ALL = "show-all-lines"
DOCUMENTS = "show-documents"


def show_no_query(page: StatePage) -> None:
    """Say what a concordance is, and how to get one."""
    page.show_state(
        "search",
        translate("ConcordanceStates", "Every hit in its context"),
        translate(
            "ConcordanceStates",
            "Search for a word or a phrase: each place where it stands becomes a line here, one "
            "below the other.",
        ),
    )


def show_looking(page: StatePage) -> None:
    """Say that finding the lines takes its time."""
    page.show_state("search", translate("ConcordanceStates", "Looking for every hit…"))


def show_none(page: StatePage, concordance: Concordance) -> None:
    """Say why there are no lines: no hits to show, none found, or all thinned out."""
    if concordance.notes and concordance.incomplete and not concordance.understood:
        page.show_state(
            "nothing", translate("ConcordanceStates", "Nothing found"), " ".join(concordance.notes)
        )
    elif not concordance.has_hits:
        page.show_state(
            "nothing",
            translate("ConcordanceStates", "This search has no hits to show"),
            translate(
                "ConcordanceStates",
                "It chooses documents, by their names or by what they lack. Add a word that must "
                "stand in them.",
            ),
            [Way(DOCUMENTS, translate("ConcordanceStates", "Show the Documents"), primary=True)],
        )
    elif len(concordance.lines):
        page.show_state(
            "nothing",
            translate("ConcordanceStates", "No line is left"),
            translate(
                "ConcordanceStates",
                "There are {n}, and none has what is asked of the words around it.",
            ).format(n=wording.hits(len(concordance.lines))),
            [Way(SHOW_ALL, translate("ConcordanceStates", "Show All Lines"), primary=True)],
        )
    else:
        body = ""
        if concordance.incomplete:
            body = translate(
                "ConcordanceStates",
                "Some documents are not in the index yet; they are added as you wait.",
            )
        page.show_state(
            "nothing",
            translate("ConcordanceStates", "Nothing found"),
            body,
            [Way(CLEAR, translate("ConcordanceStates", "Clear the Search"))],
        )


def show_failed(page: StatePage, problem: Exception) -> None:
    """Say that the lines could not be found."""
    ways = [
        Way(RETRY, translate("ConcordanceStates", "Try Again"), primary=True),
        Way(SHOW_ALL, translate("ConcordanceStates", "Show All Lines")),
    ]
    if isinstance(problem, UserError):
        page.show_state("error", problem.message, problem.advice, ways)
    else:
        page.show_state(
            "error",
            translate("ConcordanceStates", "The lines could not be found"),
            translate(
                "ConcordanceStates",
                "This is a fault of the program. A report was written to the log folder.",
            ),
            ways,
        )
