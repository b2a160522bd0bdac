"""The command line from arguments to exit code; everything that can go wrong ends here."""

from __future__ import annotations

import importlib
import os
import sys
import traceback
from collections.abc import Sequence

from incipit.cli import exit_codes
from incipit.cli.output import prepare_streams, warn
from incipit.errors import Cancelled, UserError

#: The module and function that carry out each command, imported when it is given.
HANDLERS = {
    "import": ("incipit.cli.importing", "run_import"),
    "search": ("incipit.cli.searching", "run_search"),
    "kwic": ("incipit.cli.concordance", "run_kwic"),
    "show": ("incipit.cli.searching", "run_show"),
    "list": ("incipit.cli.searching", "run_list"),
    "remove": ("incipit.cli.removing", "run_remove"),
    "check": ("incipit.cli.inspecting", "run_check"),
    "rebuild": ("incipit.cli.importing", "run_rebuild"),
    "stats": ("incipit.cli.inspecting", "run_stats"),
    "backup": ("incipit.cli.copying", "run_backup"),
    "restore": ("incipit.cli.copying", "run_restore"),
}


def run(arguments: Sequence[str]) -> int:
    """Carry out the command of ``arguments`` and return the exit code.

    Raises: SystemExit for ``--help``, ``--version`` and what cannot be understood, as
    argparse does.
    """
    try:
        prepare_streams()
        code = _carry_out(arguments)
        # A closed pipe may show only now.
        sys.stdout.flush()
    except BrokenPipeError:
        _let_go_of_output()
        return exit_codes.CLOSED
    except (KeyboardInterrupt, Cancelled):
        return exit_codes.INTERRUPTED
    except UserError as problem:
        warn(str(problem))
        return exit_codes.FAILED
    except Exception:  # noqa: BLE001 - whatever it is, the exit code must not say “found nothing”
        warn("this is a fault of the program; please report what follows")
        traceback.print_exc()
        return exit_codes.FAILED
    return code


def _carry_out(arguments: Sequence[str]) -> int:
    # Imported inside, so that a Ctrl+C meanwhile ends as cleanly as later.
    from incipit.cli.parser import build_parser

    options = build_parser().parse_args(arguments)
    module, name = HANDLERS[options.command]
    code: int = getattr(importlib.import_module(module), name)(options)
    return code


def _let_go_of_output() -> None:
    """Keep the interpreter from complaining of the closed pipe when it ends."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)
