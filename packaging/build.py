"""Build what is installed, into dist/.

Each makes what it needs first, like dev.py. Exit codes: 0 built, 1 a step failed, 2 used or set
up wrongly.
"""

import sys

import dev


def main(arguments: "list[str]") -> int:
    """Run one command line and return its exit code."""
    message = dev.unsuitable(sys.version_info[:3])
    if message:
        print(message.replace("dev.py", "build.py"), file=sys.stderr)
        return 2
    import build_commands

    return build_commands.main(arguments, usage=str(__doc__))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
