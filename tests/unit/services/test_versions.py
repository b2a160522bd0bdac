"""What runs is named, the program first."""

from __future__ import annotations

import platform
import sqlite3
from importlib.metadata import version

from incipit import __version__
from incipit.services.versions import versions


def test_program_database_and_packages_are_named():
    found = versions()

    assert found[0] == ("Incipit", __version__)
    assert ("SQLite", sqlite3.sqlite_version) in found
    assert ("numpy", version("numpy")) in found
    assert found[-1] == (platform.system(), platform.release())
