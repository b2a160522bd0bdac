"""What can be typed after ``incipit``, with the help that says so."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from incipit import __version__, paths
from incipit.cli import exit_codes
from incipit.models import SortKey
from incipit.services.tasks import DEFAULT_LIMIT_BYTES, LARGEST_LIMIT_BYTES

#: Rows of a table where no limit is given; JSON has no limit of its own.
DEFAULT_ROWS = 50

_MEGABYTE = 1_000_000

_LIST_ORDERS = (SortKey.NAME, SortKey.FOLDER, SortKey.ADDED, SortKey.LENGTH)

_DESCRIPTION = """\
Search and keep large collections of plain text files, offline.

Alone or with paths, “incipit” opens the window. A path that is also the name of
a command is given as ./NAME.

“incipit --install-desktop” puts it into the application menu of the desktop, and
“incipit --remove-desktop” takes it out again.
"""
_SEARCH = """\
Find documents and print them, the best first.

  turkey erdogan       both words, in any order
  "senior official"    a phrase; * inside it stands for any one word
  "a b"~5, a NEAR/5 b  at most 5 words between
  a OR b, a NOT b, ( ) Boolean
  purchas*, colo?r     beginnings and gaps; erdogn~ is within one edit
  name:x folder:x words:>500 added:2026-11   filters

A query that begins with a dash is given after “--”.
"""
_KWIC = """\
Find every hit of a query and print it in its context, the hits one below the other.

  --sort R1,L1      by the word right of the hit, then by the one left of it; up to three
                    of L1 to L5, R1 to R5, hit, document, position and random
  --sample 100      so many lines by chance, always the same for the same --seed
  --output F.csv    into a file: .csv, .tsv, .jsonl, .html or .txt

“|” marks where a document begins or ends, “~” where it does so in a word that may be torn.
"""


if TYPE_CHECKING:
    _Commands = argparse._SubParsersAction[argparse.ArgumentParser]


def build_parser() -> argparse.ArgumentParser:
    """Return the parser of the whole command line; options know their command's function."""
    parser = argparse.ArgumentParser(
        prog="incipit",
        description=_DESCRIPTION,
        epilog=exit_codes.HELP,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        parents=[_library_option()],
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"incipit {__version__}")
    commands = parser.add_subparsers(
        title="commands", dest="command", metavar="COMMAND", required=True
    )
    _add_import(commands)
    _add_search(commands)
    _add_kwic(commands)
    _add_show(commands)
    _add_list(commands)
    _add_remove(commands)
    _add_check(commands)
    _add_rebuild(commands)
    _add_stats(commands)
    _add_copies(commands)
    return parser


def _library_option() -> argparse.ArgumentParser:
    """Return the option that stands before or after the command, as one pleases."""
    parent = argparse.ArgumentParser(add_help=False)
    parent.add_argument(
        "--library",
        type=Path,
        metavar="DIR",
        default=argparse.SUPPRESS,
        help=f"the folder of the library (default: {paths.default_library()})".replace("%", "%%"),
    )
    return parent


def _command(
    commands: _Commands,
    name: str,
    summary: str,
    description: str = "",
) -> argparse.ArgumentParser:
    return commands.add_parser(
        name,
        help=summary,
        description=description or summary[0].upper() + summary[1:] + ".",
        epilog=exit_codes.HELP,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        parents=[_library_option()],
        allow_abbrev=False,
    )


def _add_import(commands: _Commands) -> None:
    command = _command(
        commands,
        "import",
        "add files and folders to the library",
        "Add files, and folders with everything in them. The files themselves are only read.\n"
        "What is there already is skipped, what has changed is updated. Without a library one\n"
        "is made.",
    )
    command.add_argument("paths", nargs="+", metavar="PATH", help="a file or folder")
    command.add_argument(
        "--other-files",
        action="store_true",
        help="also files that do not end in .txt, .md, .csv, .log or .html, where they are text",
    )
    command.add_argument(
        "--size-limit",
        type=_megabytes,
        default=DEFAULT_LIMIT_BYTES,
        metavar="MB",
        help=f"read no files that are larger (default: {DEFAULT_LIMIT_BYTES // _MEGABYTE})",
    )
    command.add_argument(
        "--report", type=Path, metavar="FILE", help="write what became of the files, as CSV"
    )


def _add_search(commands: _Commands) -> None:
    command = _command(commands, "search", "find documents", _SEARCH)
    command.add_argument("query", nargs="+", metavar="QUERY", help="what to look for")
    shape = command.add_mutually_exclusive_group()
    shape.add_argument(
        "--json",
        action="store_true",
        help="one object a document a line: id, path, title, score, hits",
    )
    shape.add_argument(
        "--count", action="store_true", help="only one object with the numbers: documents, hits"
    )
    _add_order(command, SortKey.RELEVANCE, tuple(SortKey))
    command.add_argument(
        "--fold-duplicates", action="store_true", help="only one document of each distinct text"
    )


def _add_kwic(commands: _Commands) -> None:
    command = _command(commands, "kwic", "print every hit in its context", _KWIC)
    command.add_argument("query", nargs="+", metavar="QUERY", help="what to look for")
    command.add_argument(
        "--sort",
        default="document,position",
        metavar="KEYS",
        help="the order of the lines (default: document,position)",
    )
    command.add_argument(
        "--sample",
        type=_sample,
        default=(None, None),
        metavar="N",
        help="only N lines by chance, or with N%% that share of them",
    )
    command.add_argument(
        "--seed", type=_limit, default=1, metavar="S", help="of the sample and of --sort random"
    )
    command.add_argument(
        "--width", type=_number, metavar="N", help="characters of context to each side"
    )
    _add_thinning(command)
    shape = command.add_mutually_exclusive_group()
    shape.add_argument("--csv", action="store_true", help="a table with a heading, as CSV")
    shape.add_argument("--json", action="store_true", help="one object a line")
    shape.add_argument(
        "--count", action="store_true", help="only one object with the numbers, DP among them"
    )
    shape.add_argument("--output", type=Path, metavar="FILE", help="write all lines to a file")


def _add_thinning(command: argparse.ArgumentParser) -> None:
    for name, words in (("with", "only lines with all of"), ("without", "no line with any of")):
        command.add_argument(
            f"--{name}",
            dest=f"{name}_words",
            default="",
            metavar="WORDS",
            help=f"{words} these words around the hit; sanction* is a beginning",
        )
    command.add_argument(
        "--within", type=_number, default=5, metavar="N", help="how far around (default: 5 words)"
    )
    command.add_argument(
        "--one-per-document", action="store_true", help="only the first line of each document"
    )
    command.add_argument(
        "--fold-duplicates", action="store_true", help="only one document of each distinct text"
    )


def _add_show(commands: _Commands) -> None:
    command = _command(commands, "show", "print the text of a document")
    command.add_argument("id", type=_number, metavar="ID", help="its number, as search prints it")
    command.add_argument("--json", action="store_true", help="one object with all that is known")


def _add_list(commands: _Commands) -> None:
    command = _command(commands, "list", "list the documents of the library")
    command.add_argument("--json", action="store_true", help="one object a document a line")
    _add_order(command, SortKey.NAME, _LIST_ORDERS)


def _add_order(
    command: argparse.ArgumentParser, default: SortKey, orders: tuple[SortKey, ...]
) -> None:
    command.add_argument(
        "--limit",
        type=_limit,
        metavar="N",
        help=f"at most N documents; 0 for all (default: {DEFAULT_ROWS} in a table, else all)",
    )
    command.add_argument(
        "--sort",
        type=SortKey,
        choices=orders,
        default=default,
        metavar="ORDER",
        help=f"{', '.join(orders)} (default: {default})",
    )
    command.add_argument("--reverse", action="store_true", help="the other way round")


def _add_remove(commands: _Commands) -> None:
    command = _command(
        commands,
        "remove",
        "remove documents from the library, or take that back",
        "Remove documents or a source from the library, never the files. Every removal has a\n"
        "number by which it can be taken back.",
    )
    what = command.add_mutually_exclusive_group(required=True)
    what.add_argument(
        "ids", nargs="*", type=_number, default=[], metavar="ID", help="numbers of documents"
    )
    what.add_argument("--source", metavar="PATH", help="a folder or file that was imported")
    what.add_argument(
        "--undo",
        type=_number,
        nargs="?",
        const=0,
        metavar="NUMBER",
        help="take a removal back; without a number the latest",
    )
    what.add_argument("--undoable", action="store_true", help="list what can be taken back")
    what.add_argument(
        "--purge",
        action="store_true",
        help="delete for good what was removed; after 30 days that happens by itself",
    )


def _add_check(commands: _Commands) -> None:
    command = _command(
        commands, "check", "read everything and name what is damaged or does not agree"
    )
    command.add_argument("--repair", action="store_true", help="mend what can be mended")
    command.add_argument(
        "--deep",
        action="store_true",
        help="also compare every text with its words in the index, which takes longer",
    )


def _add_rebuild(commands: _Commands) -> None:
    _command(commands, "rebuild", "make the index anew from the library")


def _add_stats(commands: _Commands) -> None:
    command = _command(commands, "stats", "say what the library holds")
    command.add_argument("--json", action="store_true", help="as JSON")
    command.add_argument("--failed", action="store_true", help="list the failed files and why")


def _add_copies(commands: _Commands) -> None:
    backup = _command(commands, "backup", "write a verified copy of the library")
    backup.add_argument("file", type=Path, metavar="FILE", help="a file that does not exist yet")
    restore = _command(
        commands,
        "restore",
        "put a backup in the place of the library",
        "Put a backup in the place of the library. What was there is backed up first, into the\n"
        "folder “backups” beside it. The window must be closed.",
    )
    restore.add_argument("file", type=Path, metavar="FILE", help="a file that backup wrote")


def _number(text: str) -> int:
    value = int(text)
    if not 0 < value < 1 << 62:
        raise ValueError(text)
    return value


def _limit(text: str) -> int:
    value = int(text)
    if value < 0:
        raise ValueError(text)
    return value


def _megabytes(text: str) -> int:
    value = int(text) * _MEGABYTE
    if not 0 < value <= LARGEST_LIMIT_BYTES:
        raise ValueError(text)
    return value


def _sample(text: str) -> tuple[int | None, float | None]:
    if text.endswith("%"):
        return None, float(text.removesuffix("%"))
    return _number(text), None


# What argparse says of a value that one of these refuses: “invalid number value: 'x'”.
_number.__name__ = "number"
_limit.__name__ = "number"
_megabytes.__name__ = "number"
_sample.__name__ = "number"
