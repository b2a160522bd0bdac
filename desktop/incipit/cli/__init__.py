"""The command line: the same library as the window, without Qt.

``COMMANDS`` stands here, apart from everything else, so that the program can tell a command
from a path before it imports either side.
"""

#: What goes to the command line when it is the first argument that is not an option.
COMMANDS = (
    "import",
    "search",
    "kwic",
    "show",
    "list",
    "remove",
    "check",
    "rebuild",
    "stats",
    "backup",
    "restore",
)
