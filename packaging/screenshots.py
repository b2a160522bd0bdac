"""Take the pictures of every view of the window, light and dark, in two sizes.

    python packaging/screenshots.py [FOLDER] [--keep] [--last VIEW]

The real window on real libraries, made for this run in a temporary folder from the sample
corpus; nothing of the user's is read or changed. Pictures go to FOLDER (build/screenshots), as
VIEW-THEME-WIDTHxHEIGHT.png; ``--keep`` also writes those that the README, the user guide and
software centres show to resources/screenshots. Runs without a screen, unless QT_QPA_PLATFORM
names one.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from screenshot_dialogs import VIEWS

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication, QWidget

    from incipit.app.wiring import Desk
    from incipit.ui.search_control import Outcome

ROOT = Path(__file__).resolve().parent.parent
SAMPLE = ROOT / "resources" / "sample"
#: The pictures that the README, the user guide and software centres show.
KEPT = {
    f"{name}-{theme}.png": f"{view}-{theme}-1280x800.png"
    for name, view in (("window", "reading"), ("concordance", "concordance"))
    for theme in ("light", "dark")
}
SIZES_PX = ((1280, 800), (900, 600))
#: Dialogs in the size in which they open, and larger.
DIALOG_SHARES = (1.0, 1.4)
THEMES = ("light", "dark")
QUERY = "ferry OR island"
_LIMIT_S = 60.0
_SETTLE_S = 0.4
# So many copies of the sample are imported long enough to be seen at it.
_COPIES = 250


def main() -> int:
    """Take all pictures; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", nargs="?", type=Path, default=ROOT / "build" / "screenshots")
    parser.add_argument("--keep", action="store_true", help="write the pictures of the guide too")
    parser.add_argument("--last", metavar="VIEW", help="stop after this view")
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="incipit-") as home:
        _live_in(Path(home))
        _take_all(Path(home), options.folder, options.last)
    for name, picture in KEPT.items() if options.keep else ():
        shutil.copyfile(options.folder / picture, ROOT / "resources" / "screenshots" / name)
    return 0


def _live_in(home: Path) -> None:
    """Keep data, cache, settings and logs of this run in a folder of its own."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    for name in ("DATA", "CACHE", "CONFIG", "STATE"):
        os.environ[f"XDG_{name}_HOME"] = str(home / name.lower())
    # Paths are shown below it, whatever its name is this time.
    os.environ["HOME"] = str(home)
    runtime = home / "run"
    runtime.mkdir(mode=0o700)
    os.environ["XDG_RUNTIME_DIR"] = str(runtime)
    sys.path.insert(0, str(ROOT / "desktop"))


def _take_all(home: Path, folder: Path, last: str | None) -> None:
    # After the surroundings are set: Qt and appdirs read them once.
    from PySide6.QtCore import qInstallMessageHandler

    from incipit import paths
    from incipit.app.crash import CrashHook
    from incipit.app.main import make_application
    from incipit.app.single_instance import SingleInstance
    from incipit.app.wiring import Desk
    from incipit.services.settings import SettingsFile

    qInstallMessageHandler(_pass_on)
    app = make_application()
    crash = CrashHook(paths.log_folder(), app)
    crash.install()
    desk = Desk(app, SettingsFile(paths.settings_file()), SingleInstance(app), crash)
    desk.begin(home / "library", [])
    studio = Studio(app, desk, folder)
    studio.wait(lambda: desk.window.library is not None)
    studio.settle()
    try:
        _take_views(studio, home, last)
    finally:
        desk.leaving.leave()


def _pass_on(_kind: object, _context: object, message: str) -> None:
    """Print what Qt says, but not what the offscreen platform has not."""
    if not message.startswith("This plugin does not support"):
        print(message, file=sys.stderr)


def _take_views(studio: Studio, home: Path, last: str | None) -> None:
    views = (empty, importing, results, reading, concordance, finding, no_results, *VIEWS, failure)
    for view in (*views, unusable):
        print(view.__name__, flush=True)
        view(studio, home)
        if view.__name__ == last:
            break


class Studio:
    """The window, and what is needed to bring it into a state and take its picture."""

    def __init__(self, app: QApplication, desk: Desk, folder: Path) -> None:
        self.app = app
        self.desk = desk
        self.window = desk.window
        self._folder = folder

    def wait(self, until: Callable[[], bool]) -> None:
        """Run the event loop until a condition holds."""
        limit = time.monotonic() + _LIMIT_S
        while not until():
            self.app.processEvents()
            time.sleep(0.002)
            if time.monotonic() > limit:
                raise SystemExit("The window did not come into the state to be shown.")

    def settle(self) -> None:
        """Run the event loop until nothing is likely to change by itself."""
        limit = time.monotonic() + _SETTLE_S
        self.wait(lambda: time.monotonic() > limit)

    def open(self, library: Path) -> None:
        """Open another library, and wait for it to be shown."""
        self.window.library_wanted.emit(library)
        self.wait(lambda: self.window.library is not None and self.window.library.folder == library)
        self.settle()

    def add(self, folder: Path) -> None:
        """Import a folder, and wait for the end."""
        ended: list[object] = []

        def note() -> None:
            ended.append(None)

        self.window.imports.ended.connect(note)
        self.window.add([folder])
        self.wait(lambda: bool(ended))
        self.window.imports.ended.disconnect(note)
        self.settle()

    def search(self, query: str) -> None:
        """Search, and wait for what is found to be listed."""
        answered: list[str] = []

        def note(outcome: Outcome) -> None:
            answered.append(outcome.result.request.query)

        self.window.documents.answered.connect(note)
        self.window.search_bar.set_query(query)
        self.wait(lambda: query in answered)
        self.window.documents.answered.disconnect(note)
        self.settle()

    def take(self, name: str, pose: Callable[[], object] = lambda: None) -> None:
        """Take the pictures of one view, in each theme and size; before each, call ``pose``."""
        for theme, (width, height) in self._settings():
            self.desk.theme.choose(theme)
            self.window.resize(width, height)
            pose()
            self.settle()
            target = self._folder / f"{name}-{theme}-{width}x{height}.png"
            if not self.window.grab().save(str(target)):
                raise SystemExit(f"{target} could not be written.")

    def take_dialog(self, name: str, dialog: QWidget) -> None:
        """Take the pictures of what is open over the window, in each theme and two sizes."""
        own = dialog.size()
        for theme in THEMES:
            self.desk.theme.choose(theme)
            for share in DIALOG_SHARES:
                dialog.resize(own * share)
                self.settle()
                target = self._folder / f"{name}-{theme}-{dialog.width()}x{dialog.height()}.png"
                if not dialog.grab().save(str(target)):
                    raise SystemExit(f"{target} could not be written.")
        dialog.resize(own)

    @staticmethod
    def _settings() -> Iterator[tuple[str, tuple[int, int]]]:
        return ((theme, size) for theme in THEMES for size in SIZES_PX)


def empty(studio: Studio, _home: Path) -> None:
    """Show a library without documents, and the same with files held over it."""
    studio.take("empty")
    overlay = studio.window.overlay
    studio.take("drop", lambda: overlay.announce([SAMPLE]))
    overlay.hide()


def importing(studio: Studio, home: Path) -> None:
    """Show an import under way, in a library of its own that is left afterwards."""
    crowd = home / "crowd"
    for copy in range(_COPIES):
        shutil.copytree(SAMPLE, crowd / f"{copy:03d}")
    seen: list[object] = []
    studio.window.imports.progressed.connect(seen.append)
    studio.open(home / "crowded")
    studio.window.add([crowd])
    studio.wait(lambda: any(getattr(event, "files_done", 0) > _COPIES for event in seen))
    studio.take("importing")
    studio.window.imports.cancel()
    studio.wait(lambda: not studio.window.imports.busy)
    studio.open(home / "library")


def results(studio: Studio, home: Path) -> None:
    """Show the sample corpus, listed, and then searched."""
    shutil.copytree(SAMPLE, home / "Corpora")
    studio.add(home / "Corpora")
    studio.window.notice.dismiss()
    studio.take("list")
    studio.search(QUERY)
    studio.take("results")


def reading(studio: Studio, _home: Path) -> None:
    """Show a document with its hits, at the second of them."""
    studio.window.documents.documents.list.go_to(0)
    studio.wait(lambda: studio.window.pane.document is not None)
    studio.window.pane.next_hit()
    studio.take("reading")
    studio.window.pane.set_appearance(replace(studio.window.pane.appearance, font="sans"))
    studio.window.pane.zoom_in()
    studio.take("reading-sans")
    studio.window.pane.zoom_reset()
    studio.window.pane.set_appearance(replace(studio.window.pane.appearance, font="serif"))


def concordance(studio: Studio, _home: Path) -> None:
    """Show every hit in its context, sorted by the words right of it, and with the filter."""
    from incipit.analysis.sorting import parse_keys

    documents = studio.window.documents
    documents.menu_parts()[1][1].trigger()
    studio.wait(documents.concordance.is_showing_lines)
    documents.concordance.bar.sorting.set_keys(parse_keys("R1,L1"))
    studio.take("concordance")
    documents.concordance.bar.filter.click()
    studio.take("concordance-filter")
    documents.concordance.bar.filter.click()
    documents.menu_parts()[1][0].trigger()


def finding(studio: Studio, _home: Path) -> None:
    """Show finding in the document that is read."""
    studio.window.pane.open_find()
    studio.window.pane.find_bar.field.setText("the")
    studio.take("finding")
    studio.window.pane.find_bar.closed.emit()


def no_results(studio: Studio, _home: Path) -> None:
    """Show a query that finds nothing, with ways out."""
    studio.search("lettuse")
    studio.take("no-results")
    studio.search("")


def failure(studio: Studio, home: Path) -> None:
    """Show an import of which a file failed, why it did, and that it was forgotten."""
    from incipit.ui.state_dialog import StateDialog

    broken = home / "broken"
    broken.mkdir()
    (broken / "picture.txt").write_bytes(bytes(range(256)) * 40)
    (broken / "letter.txt").write_text("A letter that can be read.\n", encoding="utf-8")
    studio.add(broken)
    studio.take("failed")
    studio.window.menus.explain.trigger()
    studio.wait(lambda: studio.window.findChild(StateDialog) is not None)
    dialog = studio.window.findChild(StateDialog)
    assert dialog is not None
    studio.take_dialog("state-failed", dialog)
    dialog.reject()
    library = studio.window.library
    assert library is not None
    studio.window.extras.failures.forget(library.failures())
    studio.settle()
    studio.take("forgotten")
    studio.window.notice.dismiss()


def unusable(studio: Studio, home: Path) -> None:
    """Show a library that cannot be opened."""
    damaged = home / "damaged"
    damaged.mkdir()
    (damaged / "library.db").write_bytes(b"This is no library." * 100)
    studio.window.library_wanted.emit(damaged)
    studio.wait(lambda: studio.window.library is None)
    studio.settle()
    studio.take("unusable")


if __name__ == "__main__":
    sys.exit(main())
