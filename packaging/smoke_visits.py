"""What a person does with the installed program, the first time and the second."""

from __future__ import annotations

import os
import select
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from PySide6.QtGui import QColor

import smoke_drag
from incipit.ui.themes import LIGHT
from smoke_program import HERE, Program
from smoke_screen import Screen, SmokeError, wait_for

#: The screen, and where on it the window stands and takes a drop.
SIZE_PX = (1500, 900)
_WINDOW_PX = (200, 20)
_DROP_PX = (900, 500)
_ROW_PX = (320, 420)

_TITLE = "– Incipit$"
#: What the stand-in for the user's other programs writes, in the home of the run.
OPENED = "opened.txt"

_STARTS = 5
_LOOK_S = 0.005
_EVERY = 3
_PAUSE_S = 0.5
_LIMIT_S = 60.0
#: So many pixels of a colour are no accident.
_ENOUGH = 20


class Visits:
    """Runs the program twice on one screen; prints what it sees, raises SmokeError if amiss."""

    def __init__(
        self, screen: Screen, command: Sequence[str], environment: Mapping[str, str], pictures: Path
    ) -> None:
        self._screen = screen
        self._command = command
        self._environment = environment
        self._pictures = pictures
        self._log = Path(environment["HOME"]) / "printed.txt"

    def first(self, corpus: Path, *, query: str, matching: int, total: int) -> None:
        """Drop ``corpus`` on the new window, search it, read, and close."""
        program = self._start()
        try:
            window = self._screen.window(_TITLE)
            self._screen.place(window, *_WINDOW_PX)
            invited = "Drop your texts here"
            wait_for(lambda: invited in program.said().get("label", []), _LIMIT_S, invited)
            workers = self._drop(corpus, program, total)
            print(f"dropped from another process: {total} documents, {workers} worker processes")
            self._screen.call("windowactivate", "--sync", window)
            self._screen.call("key", "ctrl+f")
            self._screen.call("type", "--delay", 40, query)
            tree = program.wait_for_rows(matching)
            lit = [cell for cell in tree["cells"] if query in cell.casefold()]
            if not lit:
                raise SmokeError(f"no row shows what was searched: {tree['cells']}")
            print(f"{query}: {matching} documents in the accessible tree, such as: {lit[0][:70]}")
            self._read(program, query)
            self._take("results")
            self._open_original()
            self._drag_out(corpus)
            print("memory: {:.0f} MB (PSS), {:.0f} MB (RSS)".format(*program.memory_mb()))
            self._wait_for_imports(program)
            self._screen.call("windowactivate", "--sync", window)
            self._close(program)
        finally:
            program.kill()

    def second(self, *, query: str, matching: int, total: int) -> None:
        """Start again and find everything."""
        program = self._start()
        try:
            tree = program.wait_for_rows(matching)
            if not any(query in text for text in tree.get("text", [])):
                raise SmokeError(f"the last query is not there: {tree}")
            window = self._screen.window(_TITLE)
            self._screen.call("windowactivate", "--sync", window)
            self._take("again")
            self._screen.call("key", "ctrl+f")
            self._screen.call("key", "Escape")
            program.wait_for_rows(total)
            self._screen.call("type", "--delay", 40, query)
            program.wait_for_rows(matching)
            self._open_with(program, query, matching)
            self._close(program)
        finally:
            program.kill()
        print(f"started again: the query, its {matching} hits and all {total} documents are there")

    def starts(self) -> None:
        """Measure how soon the last query's hits are painted, with no screen reader about."""
        times = []
        for _ in range(_STARTS):
            program = self._start(QT_LINUX_ACCESSIBILITY_ALWAYS_ON="")
            try:
                times.append(self._seen_after(program))
                self._screen.call("windowactivate", "--sync", self._screen.window(_TITLE))
                self._close(program)
            finally:
                program.kill()
        for place, name in enumerate(("the window", "the hits of the last query")):
            each = ", ".join(f"{seen[place]:.2f}" for seen in times)
            print(f"from process start until {name} can be seen: {each} s")
        load = ", ".join(f"{value:.1f}" for value in os.getloadavg())
        print(f"meanwhile the load of this machine's {os.cpu_count()} processors: {load}")

    def _start(self, *paths: str, **changed: str) -> Program:
        return Program([*self._command, *paths], {**self._environment, **changed}, self._log)

    def _open_with(self, program: Program, query: str, matching: int) -> None:
        """Open a file as *Open With* does: by a second start, which the open window answers."""
        text = Path(self._environment["HOME"]) / "opened with.txt"
        text.write_text(f"Another {query}.\n", encoding="utf-8")
        second = self._start(str(text))
        try:
            second.ended()
        finally:
            second.kill()
        program.wait_for_rows(matching + 1)
        self._wait_for_imports(program)
        print("a file opened with a second start is added by the window that is open")

    def _wait_for_imports(self, program: Program) -> None:
        """Wait until nothing is added any more: until then, quitting asks."""
        wait_for(lambda: "Cancel" not in str(program.said()), _LIMIT_S, "the end of the import")

    def _drop(self, corpus: Path, program: Program, total: int) -> int:
        """Drag ``corpus`` out of another program into the window; return the workers seen."""
        width, height = smoke_drag.SIZE_PX
        with self._other_program(corpus) as said:
            before = program.workers()
            self._screen.drag((width // 2, height // 2), _DROP_PX)
            answer = said()
            if answer != "copy":
                raise SmokeError(f"the drop was answered with {answer}, not with copy")
            return len(self._all_added(program, total, before))

    def _drag_out(self, corpus: Path) -> None:
        """Drag the first row of the list into another program, which must get its file."""
        width, height = smoke_drag.SIZE_PX
        with self._other_program(corpus) as said:
            self._screen.drag(_ROW_PX, (width // 2, height // 2))
            answer = said()
        if not answer.startswith(f"copy {corpus}/"):
            raise SmokeError(f"a row dragged out gave: {answer}")
        print("a row dragged into another process gives its file, as a copy")

    @contextmanager
    def _other_program(self, corpus: Path) -> Iterator[Callable[[], str]]:
        """Run the other program in the corner; give a function that waits for what it says."""
        other = subprocess.Popen(
            [sys.executable, HERE / "smoke_drag.py", corpus],
            env=self._environment,
            stdout=subprocess.PIPE,
        )
        assert other.stdout is not None
        stream = other.stdout

        def said() -> str:
            if not select.select([stream], [], [], _LIMIT_S)[0]:
                raise SmokeError("another process waited in vain for the end of a drag")
            return stream.readline().decode().strip()

        try:
            window = self._screen.window(f"^{smoke_drag.TITLE}$")
            self._screen.place(window, 0, 0)
            yield said
        finally:
            other.kill()
            other.wait()

    def _all_added(self, program: Program, total: int, before: set[int]) -> set[int]:
        """Wait until so many documents are listed; return the workers that were seen."""
        seen: set[int] = set()
        deadline = time.monotonic() + _LIMIT_S
        while program.said().get("rows") != total:
            seen.update(program.workers() - before)
            if time.monotonic() > deadline:
                raise SmokeError(f"not all were added: {program.said()}\n{program.log()}")
        if not seen:
            raise SmokeError("no worker process was seen during the import")
        return seen

    def _read(self, program: Program, query: str) -> None:
        """Go to the first document, whose text must hold what was searched."""
        self._screen.call("key", "Down")

        def shown() -> bool:
            texts = program.said().get("text", [])
            return any(text.startswith("Text") and query in text.casefold() for text in texts)

        wait_for(shown, _LIMIT_S, f"{query} in the text that is read")

    def _open_original(self) -> None:
        """Open the file of the document; the program for it must get the user's surroundings.

        In its place stands a script that writes down what it was given.
        """
        self._screen.call("key", "Menu")
        for key in ("Down", "Return"):
            time.sleep(_PAUSE_S)
            self._screen.call("key", key)
        given = Path(self._environment["HOME"]) / OPENED
        wait_for(given.exists, _LIMIT_S, "the original opened in another program")
        lines = given.read_text("utf-8").splitlines()
        foreign = [line for line in lines if line.startswith(("LD_LIBRARY", "QT_PLUGIN", "QML"))]
        if foreign or "000-00.txt" not in lines[0]:
            raise SmokeError(f"another program was given: {lines[0]}, {foreign}")
        print("the original opens in another program, with the user's own surroundings")

    def _seen_after(self, program: Program) -> tuple[float, float]:
        """Return the seconds from its start until its window and until lit hits are painted."""
        colours = np.array([_word(LIGHT.window), _word(LIGHT.hit_background)], np.uint32)
        seen: list[float] = []
        while len(seen) < len(colours):
            time.sleep(_LOOK_S)
            now = time.monotonic() - program.started
            # Who looks closely takes the processor's time from the one that is looked at.
            pixels = self._screen.pixels(every=_EVERY)
            if np.count_nonzero(pixels == colours[len(seen)]) > _ENOUGH:
                seen.append(now)
            elif now > _LIMIT_S:
                raise SmokeError(f"after {now:.0f} s the last query's hits are not on the screen")
        return seen[0], seen[1]

    def _take(self, name: str) -> None:
        time.sleep(_PAUSE_S)
        self._pictures.mkdir(parents=True, exist_ok=True)
        self._screen.save(self._pictures / f"{name}.png")

    def _close(self, program: Program) -> None:
        self._screen.call("key", "ctrl+q")
        program.ended()


def _word(colour: QColor) -> int:
    return colour.rgb() & 0xFFFFFF
