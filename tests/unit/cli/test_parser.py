from __future__ import annotations

import argparse
from pathlib import Path

import pytest

from incipit.cli import COMMANDS
from incipit.cli.parser import build_parser
from incipit.models import SortKey


def commands():
    (action,) = (
        one for one in build_parser()._actions if isinstance(one, argparse._SubParsersAction)
    )
    return action


def test_commands_are_those_that_the_program_dispatches():
    assert tuple(commands().choices) == COMMANDS


def test_every_command_has_help_and_a_description():
    summaries = {one.dest: one.help for one in commands()._choices_actions}

    for name, command in commands().choices.items():
        assert summaries.get(name), f"{name} lacks its line of help"
        assert command.description, f"{name} lacks a description"
        assert "exit codes:" in command.epilog


def test_every_argument_has_help():
    for name, command in commands().choices.items():
        for action in command._actions:
            assert action.help, f"{name} {action.dest} lacks help"
        command.format_help()


@pytest.mark.parametrize(
    "arguments",
    [["--library", "mine", "search", "a"], ["search", "--library", "mine", "a"]],
)
def test_library_may_stand_before_or_after_the_command(arguments):
    assert build_parser().parse_args(arguments).library == Path("mine")


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["serch"],
        ["show", "x"],
        ["show", "-1"],
        ["show", "0"],
        ["show", "9" * 30],
        ["list", "--limit", "-1"],
        ["list", "--sort", "relevance"],
        ["search", "a", "--json", "--count"],
        ["search", "a", "--jso"],
        ["remove"],
        ["remove", "1", "--undo"],
    ],
)
def test_what_cannot_be_understood_ends_with_the_usage(arguments, capsys):
    with pytest.raises(SystemExit) as ended:
        build_parser().parse_args(arguments)

    assert ended.value.code == 2
    assert "usage: incipit" in capsys.readouterr().err


def test_defaults_are_the_usual():
    options = build_parser().parse_args(["search", "two", "words"])

    assert options.query == ["two", "words"]
    assert (options.sort, options.limit, options.reverse) == (SortKey.RELEVANCE, None, False)
    assert not hasattr(options, "library")
