"""Settings survive a round trip, and a bad file never keeps the program from opening."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from pathlib import Path

import pytest

from incipit.services.settings import LibraryState, Settings, SettingsFile, WindowPlace


def test_saved_settings_come_back(tmp_path: Path) -> None:
    file = SettingsFile(tmp_path / "new" / "settings.json")
    state = LibraryState("turkey", sort="hits", line_sort="R1,L1", document_id=7, position_cp=120)
    settings = Settings(theme="dark", zoom_percent=150, recent_libraries=("/a", "/b"))
    settings = replace(settings, view="concordance", fixed_font=True)
    settings = replace(settings, window=WindowPlace("HDMI-1", 12, 40, 900, 700, 24, 1, "maximized"))
    settings = settings.with_state(tmp_path, state)
    file.save(settings)
    assert file.load() == settings
    assert file.load().state_of(tmp_path) == state


def test_unknown_library_has_the_default_state(tmp_path: Path) -> None:
    assert Settings().state_of(tmp_path) == LibraryState()


@pytest.mark.parametrize("content", ["", "{", "[]", '"x"', "\x00\xff", '{"theme": 3}'])
def test_damaged_file_gives_defaults(tmp_path: Path, content: str) -> None:
    path = tmp_path / "settings.json"
    path.write_bytes(content.encode("latin-1"))
    assert SettingsFile(path).load() == Settings()


def test_values_out_of_range_fall_back_one_by_one(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_text(
        json.dumps(
            {
                "theme": "plaid",
                "view": "x",
                "fixed_font": 1,
                "zoom_percent": 99999,
                "measure_chars": 80,
                "window": {"x_px": 10**12, "width_px": -3, "height_px": 700, "shape": "round"},
                "later": 1,
            }
        )
    )
    expected = Settings(measure_chars=80, window=WindowPlace(height_px=700))
    assert SettingsFile(path).load() == expected


def test_path_that_is_not_utf8_survives(tmp_path: Path) -> None:
    file = SettingsFile(tmp_path / "settings.json")
    odd = os.fsdecode(b"/tmp/\xff")
    file.save(Settings(last_library=odd))
    assert file.load().last_library == odd


def test_failed_save_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    file = SettingsFile(path)
    file.save(Settings(theme="dark"))
    with pytest.raises(TypeError):
        file.save(Settings(splitter=object()))  # type: ignore[arg-type] # what JSON cannot hold
    assert file.load().theme == "dark"
    assert [entry.name for entry in tmp_path.iterdir()] == ["settings.json"]
