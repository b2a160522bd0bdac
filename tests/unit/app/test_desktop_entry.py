"""The program goes into the user's application menu and out of it, leaving nothing."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from incipit import paths
from incipit.__main__ import main
from incipit.app import desktop_entry

pytestmark = pytest.mark.skipif(
    sys.platform in ("win32", "darwin"), reason="the menus of other systems are kept in other ways"
)


def files(folder):
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_entry_and_icons_stand_where_the_desktop_looks(tmp_path):
    desktop_entry.install(tmp_path, ["/opt/incipit"])

    sizes = {f"icons/hicolor/{size}x{size}/apps/incipit.png" for size in (16, 48, 512)}
    assert {"applications/incipit.desktop", "icons/hicolor/scalable/apps/incipit.svg"} | sizes <= (
        files(tmp_path)
    )
    picture = QImage(str(tmp_path / "icons/hicolor/48x48/apps/incipit.png"))
    assert (picture.width(), picture.height()) == (48, 48)
    assert len({picture.pixel(x, 24) for x in range(48)}) > 3  # something is drawn


def test_removing_leaves_nothing(tmp_path):
    written = desktop_entry.install(tmp_path / "share", ["/opt/incipit"])

    removed = desktop_entry.remove(tmp_path / "share")

    assert sorted(removed) == sorted(written)
    assert list((tmp_path / "share").iterdir()) == []
    assert desktop_entry.remove(tmp_path / "share") == []


def test_removing_leaves_what_others_put_there(tmp_path):
    other = tmp_path / "applications" / "other.desktop"
    other.parent.mkdir()
    other.write_text("[Desktop Entry]\nType=Application\nName=Other\nExec=other\n")
    desktop_entry.install(tmp_path, ["/opt/incipit"])

    desktop_entry.remove(tmp_path)

    assert other.exists()
    assert not (tmp_path / "icons").exists()


@pytest.mark.parametrize(
    ("command", "line"),
    [
        (["/opt/incipit"], "Exec=/opt/incipit %F"),
        (["/usr/bin/python3", "-m", "incipit"], "Exec=/usr/bin/python3 -m incipit %F"),
        (["/home/a b/incipit"], 'Exec="/home/a b/incipit" %F'),
        (["/home/50%/incipit"], "Exec=/home/50%%/incipit %F"),
        (["/home/$x/incipit"], 'Exec="/home/\\\\$x/incipit" %F'),
    ],
)
def test_command_is_quoted_as_the_specification_asks(command, line, tmp_path):
    text = (paths.resources() / "desktop" / "incipit.desktop").read_text("utf-8")

    made = desktop_entry.entry(text, command)

    assert f"\n{line}\n" in made
    assert f"\nTryExec={command[0]}\n" in made
    if shutil.which("desktop-file-validate"):
        file = tmp_path / "incipit.desktop"
        file.write_text(made)
        assert subprocess.run(["desktop-file-validate", file], capture_output=True).stdout == b""


def test_options_are_carried_out_and_say_what_they_did(own_places, capsys):
    folder = paths.shared_data()
    assert folder.is_relative_to(own_places)

    assert main(["--install-desktop"]) == 0
    assert str(folder) in capsys.readouterr().out
    text = (folder / "applications/incipit.desktop").read_text("utf-8")
    program = next(line for line in text.splitlines() if line.startswith("TryExec="))
    assert Path(program.removeprefix("TryExec=")).is_file()

    assert main(["--remove-desktop"]) == 0
    assert main(["--remove-desktop"]) == 0
    assert "not in the application menu" in capsys.readouterr().out


def test_folder_that_cannot_be_written_is_named(own_places, capsys):
    place = paths.shared_data() / "applications"
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text("a file where a folder should be")

    assert main(["--install-desktop"]) == 1

    assert str(place) in capsys.readouterr().err
    assert own_places


def test_option_with_more_words_is_refused(capsys):
    with pytest.raises(SystemExit):
        main(["--install-desktop", "now"])
    assert "usage" in capsys.readouterr().err
