"""A command's name goes to the command line, everything else to the window."""

from __future__ import annotations

import pytest

from incipit.__main__ import is_for_window, main
from incipit.cli import COMMANDS


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["letters"],
        ["./import", "a.txt"],
        ["--library", "DIR"],
        ["--library=DIR"],
        ["--library", "DIR", "letters"],
        ["--library", "import"],
        ["--", "import"],
        ["--library"],
    ],
)
def test_paths_open_the_window(arguments):
    assert is_for_window(arguments)


@pytest.mark.parametrize("command", COMMANDS)
def test_commands_go_to_the_command_line(command):
    assert not is_for_window([command])
    assert not is_for_window(["--library", "DIR", command, "x"])
    assert not is_for_window(["--library=DIR", command])


@pytest.mark.parametrize("option", ["--help", "-h", "--version", "--nonsense"])
def test_options_are_explained_by_the_command_line(option):
    assert not is_for_window([option])


def test_command_line_runs_without_a_window(capsys):
    with pytest.raises(SystemExit) as ended:
        main(["--version"])
    assert ended.value.code == 0
    assert capsys.readouterr().out.startswith("incipit ")
