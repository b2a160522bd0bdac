from __future__ import annotations

from incipit.cli import exit_codes


def test_help_names_every_code_that_a_person_meets():
    for code in (
        exit_codes.SUCCESS,
        exit_codes.LACKING,
        exit_codes.FAILED,
        exit_codes.INTERRUPTED,
    ):
        assert f"\n  {code} " in exit_codes.HELP
