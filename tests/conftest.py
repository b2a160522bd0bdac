"""What every test stands on: Qt without a screen, own folders, and no threads left behind."""

from __future__ import annotations

import os

# Before anything imports Qt: its platform is chosen once in a process.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import threading
import time
from pathlib import Path

import pytest
import without_network
from hypothesis import HealthCheck, settings

_LEAVING_S = 5.0
_END_TO_END = Path(__file__).parent / "end2end"

# A busy machine must not fail a property: how fast things are is measured elsewhere.
settings.register_profile("incipit", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("incipit")


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Have the window's tests run once in a whole run: by the one that watches for sockets.

    They run by themselves where they are named, and where the system cannot watch.
    """
    if collection_path != _END_TO_END or config.option.keyword:
        return None
    named = any(_END_TO_END.name in argument for argument in config.args)
    return True if not named and without_network.can_watch() else None


@pytest.fixture(autouse=True)
def own_places(tmp_path_factory, monkeypatch):
    """Give every test its own data, cache, settings and state folders."""
    home = tmp_path_factory.mktemp("home")
    for variable in ("XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME"):
        monkeypatch.setenv(variable, str(home / variable.removeprefix("XDG_").lower()))
    runtime = home / "run"
    runtime.mkdir(mode=0o700)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(runtime))
    return home


@pytest.fixture(autouse=True)
def no_threads_left():
    """Fail a test whose threads outlive it."""
    before = set(threading.enumerate())
    yield
    deadline = time.monotonic() + _LEAVING_S
    while left := [thread for thread in threading.enumerate() if thread not in before]:
        if time.monotonic() > deadline:
            pytest.fail(f"threads left behind: {', '.join(thread.name for thread in left)}")
        left[0].join(0.05)
