"""A short text that has the title and the shape of one that is too long to be held."""

from __future__ import annotations

from incipit.text.titles import HEAD_CP


class Abridged:
    """Keeps what titles and the shape of a slab are told by, of a text in pieces."""

    def __init__(self) -> None:
        self._head = ""
        self._is_cut = False
        self._has_lines = False
        self._ends_a_line = False
        self._last_visible = ""

    def add(self, piece: str) -> None:
        """Take the next piece."""
        rest = piece
        if len(self._head) < 2 * HEAD_CP:
            head = self._without_blank(self._head + piece)
            self._head, rest = head[: 2 * HEAD_CP], head[2 * HEAD_CP :]
        if rest:
            self._is_cut = True
            self._has_lines = self._has_lines or self._ends_a_line or "\n" in rest[:-1]
            self._ends_a_line = rest[-1] == "\n"
            self._last_visible = rest.rstrip()[-1:] or self._last_visible

    @property
    def text(self) -> str:
        """Return the short text: how the long one begins, whether it has lines, how it ends."""
        if not self._is_cut:
            return self._head
        return self._head + ("\n\n" if self._has_lines else " ") + self._last_visible

    def _without_blank(self, head: str) -> str:
        """Leave out blank space: however far down the page a text begins, there is its title."""
        at = max(len(head) - len(head.lstrip()) - HEAD_CP, 0)
        return ("\n" if "\n" in head[:at] else "") + head[at:]
