"""The two kinds of error: the user's and ours.

Every exception that is meant to reach a person derives from :class:`UserError` and carries
what happened, to what, and what to do about it. Everything else that escapes is a
:class:`BugError` or becomes one at the edge of a job, with a report that can be copied.
"""

from __future__ import annotations


class IncipitError(Exception):
    """Base of all errors raised on purpose by this program."""


class UserError(IncipitError):
    """Something in the environment or the input that the user can act on.

    ``message`` is one plain sentence; ``advice`` says what to do (may be empty); ``subject``
    is the file or folder concerned; ``code`` is a short stable word that reports, exit
    codes and tests can rely on (for example ``binary`` or ``too-large``).
    """

    code = "error"

    def __init__(
        self, message: str, *, advice: str = "", subject: str = "", code: str | None = None
    ) -> None:
        super().__init__(message)
        self.message = message
        self.advice = advice
        self.subject = subject
        if code is not None:
            self.code = code

    def __reduce__(self) -> tuple[object, ...]:
        """Survive the way between processes with every field."""
        return (_rebuild, (type(self), self.message, self.advice, self.subject, self.code))

    def __str__(self) -> str:
        parts = [f"{self.subject}: {self.message}" if self.subject else self.message]
        if self.advice:
            parts.append(self.advice)
        return " ".join(parts)


class BugError(IncipitError):
    """A broken promise inside the program; the text is for a report, not for a dialog."""


class UnreadableText(UserError):
    """Bytes that are not text that can be shown, with the reason in ``code``."""

    code = "unreadable"


class LibraryUnusable(UserError):
    """A library that cannot be opened: missing, newer, damaged, locked or not a library."""

    code = "library"


class LibraryBusy(UserError):
    """Another process is writing to the library; the message names it."""

    code = "busy"


class IndexUnusable(IncipitError):
    """The index cannot be used and must be rebuilt; never shown as an error to the user."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Cancelled(IncipitError):
    """A job's cancel token was set: a normal outcome that unwinds the work in hand."""


def _rebuild(
    kind: type[UserError], message: str, advice: str, subject: str, code: str
) -> UserError:
    return kind(message, advice=advice, subject=subject, code=code)
