"""The README says nothing that is not so, as far as a program can tell."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

#: A measured figure: a number with a unit of time, size or rate.
FIGURE = re.compile(r"\b\d[\d.,]*\s?(?:ms|s|kB|MB|GB|MB/s|kB/s|times|per cent|%)(?![\w-])")


@pytest.fixture(scope="module")
def readme(top: Path) -> str:
    """Return the README."""
    return (top / "README.md").read_text("utf-8")


def test_both_commands_are_in_the_first_screen(readme: str) -> None:
    first_screen = readme.splitlines()[:40]

    assert "    python3 packaging/dev.py run" in first_screen
    assert "    python3 packaging/dev.py test" in first_screen


def test_every_script_that_is_named_exists(top: Path, readme: str) -> None:
    scripts = re.findall(r"\b(?:packaging|tests)/[\w/]+\.py\b", readme)

    assert len(scripts) >= 3
    assert [script for script in scripts if not (top / script).is_file()] == []


def test_every_command_of_incipit_that_is_named_exists(readme: str) -> None:
    from incipit.cli import COMMANDS

    named = [shlex.split(line)[1:] for line in re.findall(r"^    (incipit .*)$", readme, re.M)]
    words = {words[0] for words in named}

    assert words
    assert words <= set(COMMANDS)


def test_every_link_and_picture_leads_somewhere(top: Path, readme: str) -> None:
    targets = re.findall(r"\]\(([^)#]+)\)", readme) + re.findall(r'(?:src|href)="([^"]+)"', readme)

    assert [target for target in targets if not (top / target).exists()] == []


def test_every_folder_has_a_section_titled_by_its_question(
    tracked: tuple[Path, ...], readme: str
) -> None:
    sections = re.split(r"^### ", readme, flags=re.M)[1:]
    titles = [section.splitlines()[0] for section in sections]
    folders = {folder for title in titles for folder in re.findall(r"`([\w/]+)/`", title)}
    wanted = {path.parts[0] for path in tracked if len(path.parts) > 1} - {".ci", "desktop"}
    wanted |= {
        path.parent.as_posix()
        for path in tracked
        if path.parts[0] == "desktop" and len(path.parts) == 4
    }

    assert folders == wanted
    assert [title for title in titles if "?" not in title] == []
    for section in sections:
        assert "*Useful for:*" in section
        assert "*Not useful for:*" in section


def test_every_folder_and_file_that_is_named_exists(top: Path, readme: str) -> None:
    named = re.findall(r"`((?:desktop|packaging|resources|tests|\.ci)/[\w./-]*)`", readme)

    assert len(named) > 10
    assert [name for name in named if not (top / name).exists()] == []


def test_every_figure_stands_beside_the_command_that_prints_it(readme: str) -> None:
    bare = [
        f"{section.splitlines()[0]}: {figure[0]}"
        for section in re.split(r"^##+ ", readme, flags=re.M)
        for figure in FIGURE.finditer(section)
        if not re.search(r"^    \S", section, re.M)
    ]

    assert bare == []
