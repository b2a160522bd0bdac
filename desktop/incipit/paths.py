"""Where the program keeps its own files: the only module that asks appdirs.

Tests and portable set-ups move everything with the variables that the platform honours
(``XDG_DATA_HOME``, ``XDG_CACHE_HOME`` and ``XDG_CONFIG_HOME`` on Linux).
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import appdirs

_APP = "incipit"

#: The file that makes a folder a library.
LIBRARY_FILE = "library.db"


def default_library() -> Path:
    """Return the folder of the library that opens when none is named."""
    return Path(appdirs.user_data_dir(_APP, appauthor=False)) / "library"


def settings_file() -> Path:
    """Return the file of the user's settings."""
    return Path(appdirs.user_config_dir(_APP, appauthor=False)) / "settings.json"


def log_folder() -> Path:
    """Return the folder of logs and crash reports."""
    return Path(appdirs.user_log_dir(_APP, appauthor=False))


def index_folder(library: Path, identity: str) -> Path:
    """Return the cache folder of the index of one library.

    The key joins the library's identity with its real path, so that a copy of a library never
    shares an index with its original.
    """
    place = os.fsencode(os.path.realpath(library))
    key = hashlib.blake2b(place + b"\0" + identity.encode(), digest_size=12).hexdigest()
    return Path(appdirs.user_cache_dir(_APP, appauthor=False)) / "index" / key


def shared_data() -> Path:
    """Return the folder in which the desktop looks for the user's own entries and icons."""
    return Path(appdirs.user_data_dir())


def resources() -> Path:
    """Return the folder of icons, themes, help and samples, installed or in a checkout."""
    # Asked by the first paint: importlib.resources alone would take longer than to draw all icons.
    here = Path(__file__)
    installed = here.with_name("resources")
    return installed if installed.is_dir() else here.resolve().parents[2] / "resources"
