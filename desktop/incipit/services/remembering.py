"""What a person leaves in a library: places in texts, tags, searches. Short transactions all."""

from __future__ import annotations

from collections.abc import Sequence

from incipit.models import SavedSearch, TagChange
from incipit.store.library_store import Store


class Remembering:
    """The part of :class:`~incipit.services.library.Library` that remembers for the user."""

    def __init__(self, store: Store) -> None:
        self._store = store

    @property
    def read_only(self) -> bool:
        """Return whether the library can only be read."""
        return not self._store.writable

    def reading_position(self, document_id: int) -> int | None:
        """Return where the user was in a text, in code points, or None."""
        return self._store.reading_position(document_id)

    def remember_position(self, document_id: int, position_cp: int) -> None:
        """Remember where the user is in a text."""
        if not self.read_only:
            self._store.remember_position(document_id, position_cp)

    def tags_of(self, document_id: int) -> tuple[str, ...]:
        """Return the tags of a document by name."""
        return self._store.tags_of(document_id)

    def tag_counts_among(self, ids: Sequence[int]) -> dict[str, int]:
        """Return every tag with the number of the given documents that have it, by name."""
        return self._store.tag_counts_among(ids)

    def change_tags(
        self, ids: Sequence[int], add: Sequence[str], remove: Sequence[str]
    ) -> TagChange:
        """Put tags on documents and take others off. Raises: UserError (``name``)."""
        return self._store.change_tags(ids, add, remove)

    def undo_tags(self, made: TagChange) -> None:
        """Take a change of tags back."""
        self._store.repeat_tags(made.reversed())

    def recent_searches(self) -> tuple[str, ...]:
        """Return the latest searches, the latest first."""
        return self._store.recent_searches()

    def remember_search(self, query: str) -> None:
        """Remember a search as the latest."""
        if not self.read_only:
            self._store.remember_search(query)

    def forget_searches(self) -> None:
        """Forget all recent searches."""
        self._store.forget_searches()

    def saved_searches(self) -> tuple[SavedSearch, ...]:
        """Return the searches that were given a name, by name."""
        return self._store.saved_searches()

    def save_search(self, name: str, query: str) -> SavedSearch:
        """Keep a query under a name, in place of one of that name.

        Raises: UserError with code ``name`` for an empty name.
        """
        return self._store.save_search(name, query)

    def rename_saved_search(self, search_id: int, name: str) -> None:
        """Give a saved search another name.

        Raises: UserError with code ``name`` for an empty one or one that another search has.
        """
        self._store.rename_saved_search(search_id, name)

    def delete_saved_search(self, search_id: int) -> None:
        """Delete a saved search; to save it again is to undo that."""
        self._store.delete_saved_search(search_id)
