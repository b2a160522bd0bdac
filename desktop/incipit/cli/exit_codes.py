"""What the exit codes of ``incipit`` mean, the same for every command."""

from __future__ import annotations

#: All went well; a search found something.
SUCCESS = 0
#: A search found nothing, some files failed, or damage was found.
LACKING = 1
#: The command was not understood, or could not be carried out.
FAILED = 2
#: Whoever read the output has closed it (128 and SIGPIPE, as the shell counts).
CLOSED = 141
#: Ctrl+C (128 and SIGINT).
INTERRUPTED = 130

HELP = """\
exit codes:
  0    all went well; a search found something
  1    a search found nothing, some files failed, or damage was found
  2    the command was not understood or could not be carried out
  130  ended by Ctrl+C; what was saved before is kept
"""
