"""Set up, run and test Incipit from a checkout, with nothing but Python 3.11 to 3.13.

python3 packaging/dev.py run [ARGUMENT...]    opens the window; arguments go to incipit
python3 packaging/dev.py test                 runs every check and every test
python3 packaging/dev.py test ARGUMENT...     runs pytest alone, with these arguments

Each makes what it needs first: the environment in .venv with the versions that
packaging/constraints.txt pins, and, as root on Debian or Ubuntu, the system libraries of Qt
(anywhere else it names what is missing). Exit codes: 0 all well, 1 a check or test failed,
2 used or set up wrongly; `run` passes on the exit code of incipit.
"""

# This file must be understood by older versions of Python, to tell their users so: the work is
# done in dev_commands.py beside it.
import subprocess
import sys

OLDEST = (3, 11)
NEWEST = (3, 13)


def unsuitable(version: "tuple[int, ...]") -> str:
    """Return why a version of Python (major, minor) will not do, or an empty text."""
    if OLDEST <= tuple(version[:2]) <= NEWEST:
        return ""
    message = (
        f"Incipit needs Python {_dotted(OLDEST)} to {_dotted(NEWEST)}; "
        f"this is Python {_dotted(version[:2])} ({sys.executable})."
    )
    found = suitable_commands()
    if found:
        return message + f" Use one that is installed here: {found[0]} packaging/dev.py"
    return message + " Install one of them, and run this script with it."


def suitable_commands() -> "list[str]":
    """Return the commands on the path that start a version that will do, the newest first."""
    names = [f"python3.{minor}" for minor in range(NEWEST[1], OLDEST[1] - 1, -1)]
    return [name for name in names if _starts(name)]


def _dotted(version: "tuple[int, ...]") -> str:
    return ".".join(map(str, version))


def _starts(command: str) -> bool:
    try:
        code = subprocess.call(
            [command, "-c", "import venv"],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
    except OSError:
        return False
    return code == 0


def main(arguments: "list[str]") -> int:
    """Run one command line and return its exit code."""
    message = unsuitable(sys.version_info[:3])
    if message:
        print(message, file=sys.stderr)
        return 2
    import dev_commands

    return dev_commands.main(arguments, usage=str(__doc__))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
