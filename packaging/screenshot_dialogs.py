"""The views of `screenshots` that open over the window or show what a query is made of."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from screenshots import Studio

_D = TypeVar("_D", bound="QWidget")

_RUSSIAN = "Паром ушёл на остров утром. Капитан сказал, что ветер стихнет. " * 6


def queries(studio: Studio, _home: Path) -> None:
    """Show filters as chips, the phrase that is offered for single letters, and ways back."""
    from PySide6.QtWidgets import QPushButton

    studio.search("ferry name:txt words:>20 -folder:windows")
    studio.take("filters")
    studio.search("r 12")
    studio.settle()
    studio.take("phrase-offer")
    studio.search("ferry harbour")
    bar = studio.window.search_bar
    chips = [one for one in bar.findChildren(QPushButton) if one.property("part") == "harbour"]
    chips[0].click()
    studio.settle()
    studio.take("left-out")
    studio.search("lettu")
    studio.take("longer-words")
    studio.search("…")
    studio.take("no-word")


def slab(studio: Studio, _home: Path) -> None:
    """Show a text that was cut out of a longer one."""
    studio.search("folder:windows")
    studio.window.documents.documents.list.go_to(1)
    studio.wait(lambda: "torn" in studio.window.pane.header.edges.text())
    studio.take("slab")


def encodings(studio: Studio, home: Path) -> None:
    """Show the correction of an encoding."""
    from incipit.ui.encoding_dialog import EncodingDialog

    path = home / "Corpora" / "letters" / "parom.txt"
    path.parent.mkdir()
    path.write_bytes(_RUSSIAN.encode("koi8-r"))
    studio.add(path.parent)
    studio.window.notice.dismiss()
    studio.search("name:parom")
    studio.window.pane.header.wrong.click()
    dialog = _opened(studio, EncodingDialog)
    studio.wait(dialog.apply.isEnabled)
    studio.take_dialog("encoding", dialog)
    dialog.list.choose("utf-8")
    studio.wait(dialog.problem.isVisible)
    studio.take_dialog("encoding-misfit", dialog)
    dialog.reject()


def tags(studio: Studio, _home: Path) -> None:
    """Show the tags of some documents, and those of the document on the page."""
    from incipit.ui.tags_dialog import TagsDialog

    library = studio.window.library
    assert library is not None
    studio.search("ferry")
    found = studio.window.documents.documents.model.result
    assert found is not None
    ids = found.document_ids.tolist()
    library.change_tags(ids, ["to read"], [])
    library.change_tags(ids[:1], ["ferries", "winter timetable"], [])
    studio.window.documents.searching.refresh()
    studio.wait(lambda: "ferries" in studio.window.pane.header.tags.text())
    studio.take("tags-on-page")
    studio.window.extras.tags.ask(found.document_ids)
    dialog = _opened(studio, TagsDialog)
    studio.take_dialog("tags", dialog)
    dialog.reject()


def searches(studio: Studio, _home: Path) -> None:
    """Show saved searches."""
    from incipit.ui.save_search_dialog import SaveSearchDialog
    from incipit.ui.saved_searches_dialog import SavedSearchesDialog
    from incipit.ui.search_menu import SearchMenu

    library = studio.window.library
    assert library is not None
    for name, query in (("Ships", "ferry OR ship*"), ("Island news", '"the island" NOT ferry')):
        library.save_search(name, query)
    studio.search("ferry OR island")
    studio.window.search_bar.save()
    naming = _opened(studio, SaveSearchDialog)
    naming.name.setText("Crossings")
    studio.take_dialog("save-search", naming)
    naming.reject()
    studio.window.menus.saved_searches.trigger()
    listed = _opened(studio, SavedSearchesDialog)
    studio.take_dialog("saved-searches", listed)
    listed.rename.click()
    studio.take_dialog("saved-searches-rename", listed)
    listed.table.setFocus()
    listed.delete.click()
    studio.wait(lambda: listed.table.rowCount() == 1)
    studio.take_dialog("saved-searches-undo", listed)
    listed.undo.click()
    studio.wait(lambda: listed.table.rowCount() == 2)
    listed.reject()
    studio.window.search_bar.history_wanted.emit()
    menu = _opened(studio, SearchMenu)
    studio.take_dialog("search-menu", menu)
    menu.close()


def help_pages(studio: Studio, _home: Path) -> None:
    """Show help, and what else the menus open."""
    from PySide6.QtWidgets import QDialog

    menus = studio.window.menus
    for name, action in (
        ("help-guide", menus.help_guide),
        ("help-searching", menus.help_searching),
        ("help-keys", menus.help_keys),
        ("about", menus.about),
        ("sources", menus.sources),
        ("state", menus.explain),
    ):
        action.trigger()
        dialog = _opened(studio, QDialog)
        studio.take_dialog(name, dialog)
        dialog.reject()
        studio.wait(lambda: studio.window.findChild(QDialog) is None)
    studio.search("")


VIEWS: tuple[Callable[[Studio, Path], None], ...] = (
    queries,
    slab,
    encodings,
    tags,
    searches,
    help_pages,
)


def _opened(studio: Studio, kind: type[_D]) -> _D:
    studio.wait(lambda: studio.window.findChild(kind) is not None)
    studio.settle()
    return studio.window.findChildren(kind)[0]
