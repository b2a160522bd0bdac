from __future__ import annotations

import subprocess
import sys

import pytest

from incipit.cli import COMMANDS
from incipit.cli.main import HANDLERS, run
from incipit.errors import Cancelled, UserError


@pytest.fixture
def failing(monkeypatch):
    """Return a function that makes ``incipit stats`` raise an error."""

    def install(error):
        def fail(_options):
            raise error

        monkeypatch.setattr("incipit.cli.inspecting.run_stats", fail)

    return install


def test_every_command_has_a_handler():
    assert tuple(HANDLERS) == COMMANDS


def test_errors_of_the_user_are_one_line(failing, capsys):
    failing(UserError("It is full.", advice="Make room.", subject="the disk"))

    assert run(["stats"]) == 2
    assert capsys.readouterr().err == "incipit: the disk: It is full. Make room.\n"


@pytest.mark.parametrize("error", [KeyboardInterrupt(), Cancelled()])
def test_interrupted_commands_end_without_a_word(failing, capsys, error):
    failing(error)

    assert run(["stats"]) == 130
    assert capsys.readouterr() == ("", "")


def test_faults_of_the_program_can_be_reported(failing, capsys):
    failing(ZeroDivisionError("never"))

    assert run(["stats"]) == 2
    error = capsys.readouterr().err
    assert "please report" in error
    assert "ZeroDivisionError: never" in error


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself(name, capsys):
    with pytest.raises(SystemExit) as ended:
        run([name, "--help"])

    assert ended.value.code == 0
    assert capsys.readouterr().out.startswith(f"usage: incipit {name}")


def test_help_and_version_are_quick():
    """Nothing of the library is imported to print the help."""
    code = (
        "import sys; from incipit.cli.parser import build_parser; build_parser().format_help();"
        " print([name for name in ('whoosh', 'sqlite_utils') if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", f"import sys; sys.path[:0] = {sys.path!r}; {code}"],
        capture_output=True,
        text=True,
    )

    assert done.stdout.strip() == "[]", done.stderr
