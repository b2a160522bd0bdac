"""The user's settings: one small JSON file, read leniently and written atomically.

A value that is missing, damaged or from another version falls back to its default, so a bad
file never keeps the program from opening. What belongs to a library (the last query, the place
in a text) is kept per library, by the library's folder.
"""

from __future__ import annotations

import json
import logging
import os
import tempfile
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path
from typing import Any, TypeVar

from incipit.services.tasks import DEFAULT_LIMIT_BYTES, LARGEST_LIMIT_BYTES

_log = logging.getLogger(__name__)

_CHOICES = {
    "theme": ("system", "light", "dark"),
    "reading_font": ("serif", "sans"),
    "view": ("documents", "concordance"),
    "shape": ("normal", "maximized", "full"),
}
_MOST_PX = 100_000
_RANGES = {
    "x_px": (-_MOST_PX, _MOST_PX),
    "y_px": (-_MOST_PX, _MOST_PX),
    "width_px": (0, _MOST_PX),
    "height_px": (0, _MOST_PX),
    "title_px": (0, 1_000),
    "border_px": (0, 1_000),
    "zoom_percent": (40, 400),
    "measure_chars": (40, 160),
    "size_limit_bytes": (1_000, LARGEST_LIMIT_BYTES),
}


@dataclass(frozen=True, slots=True)
class LibraryState:
    """Where the user was in one library, to come back to.

    ``sort`` and ``descending`` are the order of the documents, ``line_sort`` the keys of the
    lines of the concordance.
    """

    query: str = ""
    sort: str = "relevance"
    descending: bool = True
    fold_duplicates: bool = False
    line_sort: str = ""
    document_id: int = 0
    position_cp: int = 0


@dataclass(frozen=True, slots=True)
class WindowPlace:
    """Where the window stood, in the units of its screen, which are not the pixels of hardware.

    ``x_px`` and ``y_px`` are counted from the corner of the screen named ``screen``, so that
    they hold when screens are arranged anew. All are those of the window without its frame and
    not maximised; ``title_px`` and ``border_px`` are the frame above it and on its other sides.
    A width of 0 means that there was no window yet.
    """

    screen: str = ""
    x_px: int = 0
    y_px: int = 0
    width_px: int = 0
    height_px: int = 0
    title_px: int = 0
    border_px: int = 0
    shape: str = "normal"


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings with their defaults.

    ``view`` is the view over the query that was in front, ``fixed_font`` whether the lines of
    the concordance are written in a font of one width. ``splitter`` is opaque to everyone but
    the window (base64). ``libraries`` maps a library's folder to its :class:`LibraryState`.
    """

    theme: str = "system"
    reading_font: str = "serif"
    zoom_percent: int = 100
    measure_chars: int = 70
    view: str = "documents"
    fixed_font: bool = False
    size_limit_bytes: int = DEFAULT_LIMIT_BYTES
    last_library: str = ""
    recent_libraries: tuple[str, ...] = ()
    window: WindowPlace = WindowPlace()
    splitter: str = ""
    libraries: dict[str, LibraryState] = field(default_factory=dict)

    def state_of(self, library: Path) -> LibraryState:
        """Return where the user was in the library in the folder ``library``."""
        return self.libraries.get(str(library), LibraryState())

    def with_state(self, library: Path, state: LibraryState) -> Settings:
        """Return settings that remember ``state`` for the library in ``library``."""
        return replace(self, libraries={**self.libraries, str(library): state})


class SettingsFile:
    """The file that holds the settings."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def load(self) -> Settings:
        """Return the settings in the file, with defaults for all that it does not hold."""
        try:
            raw = json.loads(self._path.read_text("utf-8"))
        except FileNotFoundError:
            return Settings()
        except (OSError, ValueError) as problem:
            _log.warning("settings not read, defaults used: %s", problem)
            return Settings()
        return _from_json(raw) if isinstance(raw, dict) else Settings()

    def save(self, settings: Settings) -> None:
        """Write the settings whole or not at all.

        Raises: OSError where the folder cannot be written.
        """
        self._path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=self._path.parent, prefix=".settings-")
        try:
            with os.fdopen(handle, "w", encoding="utf-8", errors="surrogateescape") as stream:
                json.dump(asdict(settings), stream, indent=2, ensure_ascii=True)
                stream.flush()
                os.fsync(stream.fileno())
            Path(temporary).replace(self._path)
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise


_T = TypeVar("_T", LibraryState, WindowPlace)


def _from_json(raw: dict[str, Any]) -> Settings:
    found: dict[str, Any] = {}
    defaults = Settings()
    for entry in fields(Settings):
        value = raw.get(entry.name)
        if entry.name == "libraries":
            found["libraries"] = _states(value)
        elif entry.name == "window":
            found["window"] = _known(WindowPlace(), value)
        elif entry.name == "recent_libraries":
            if isinstance(value, list):
                found[entry.name] = tuple(item for item in value if isinstance(item, str))
        elif _acceptable(entry.name, value, getattr(defaults, entry.name)):
            found[entry.name] = value
    return Settings(**found)


def _states(raw: object) -> dict[str, LibraryState]:
    if not isinstance(raw, dict):
        return {}
    return {
        folder: _known(LibraryState(), values)
        for folder, values in raw.items()
        if isinstance(values, dict)
    }


def _known(defaults: _T, raw: object) -> _T:
    """Return ``defaults``, a dataclass, with the acceptable ones of the values in ``raw``."""
    values = raw if isinstance(raw, dict) else {}
    found = {
        entry.name: values[entry.name]
        for entry in fields(defaults)
        if entry.name in values
        and _acceptable(entry.name, values[entry.name], getattr(defaults, entry.name))
    }
    return replace(defaults, **found)


def _acceptable(name: str, value: object, default: object) -> bool:
    if type(value) is not type(default):
        return False
    if name in _CHOICES:
        return value in _CHOICES[name]
    if name in _RANGES:
        low, high = _RANGES[name]
        return isinstance(value, int) and low <= value <= high
    return True
