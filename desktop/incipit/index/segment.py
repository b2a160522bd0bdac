"""A segment as Whoosh's table of contents knows it: a name, a size and what is deleted."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh.codec.base import Codec, Segment

#: The one file of a segment is called after it, with this ending.
COLUMNS_EXT = ".cols"
INDEX_NAME = "MAIN"


class ColumnarSegment(Segment):
    """Names a column file and holds the deletions of its documents.

    ``live`` is None or a bool array (doc_count_all,), replaced and never changed in place, so
    that readers may keep it.
    """

    def __init__(
        self, segid: str | None = None, doc_count: int = 0, live: NDArray[np.bool_] | None = None
    ) -> None:
        super().__init__(INDEX_NAME)
        if segid is not None:
            self.segid = segid
        self._doc_count = doc_count
        self.live = live
        self._codec: Codec | None = None

    def __getstate__(self) -> dict[str, Any]:
        """Pickle the deletions as bits, and no open files."""
        live = None if self.live is None else np.packbits(self.live).tobytes()
        return {**self.__dict__, "live": live, "_codec": None}

    def __setstate__(self, state: dict[str, Any]) -> None:
        packed = state["live"]
        self.__dict__.update({**state, "live": None})
        if packed is not None:
            bits = np.unpackbits(np.frombuffer(packed, np.uint8), count=self._doc_count)
            self.live = bits == 1

    @property
    def file_name(self) -> str:
        """Return the name of the column file."""
        name: str = self.make_filename(COLUMNS_EXT)
        return name

    def use_codec(self, codec: Codec) -> None:
        """Let readers of this object share a codec, and with it the open files."""
        self._codec = codec

    # What Whoosh asks ---------------------------------------------------------------------

    def codec(self) -> Codec:
        if self._codec is not None:
            return self._codec
        from incipit.index.codec import ColumnarCodec

        return ColumnarCodec()

    def should_assemble(self) -> bool:
        return False

    def set_doc_count(self, doccount: int) -> None:
        self._doc_count = doccount

    def doc_count_all(self) -> int:
        return self._doc_count

    def deleted_count(self) -> int:
        return 0 if self.live is None else int(np.count_nonzero(~self.live))

    def deleted_docs(self) -> Iterator[int]:
        deleted = [] if self.live is None else np.flatnonzero(~self.live).tolist()
        return iter(deleted)

    def is_deleted(self, docnum: int) -> bool:
        # Whoosh's inverse matcher asks one past the end too.
        return self.live is not None and docnum < self.live.size and not self.live[docnum]

    def delete_document(self, docnum: int, delete: bool = True) -> None:
        self.set_deleted(np.array([docnum]), delete)

    def set_deleted(self, docs: NDArray[np.int64], deleted: bool = True) -> None:
        """Mark documents, by their numbers in the segment, as deleted or not."""
        live = np.ones(self._doc_count, np.bool_) if self.live is None else self.live.copy()
        live[docs] = not deleted
        self.live = None if live.all() else live
