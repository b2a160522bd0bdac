"""What a check finds wrong with a library, and what could mend it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Repair(StrEnum):
    """What mends a damage.

    ``index`` makes the search index anew, ``words`` indexes some documents again, ``queue``
    clears what waits for it, ``keys`` makes SQLite's own indexes anew, ``contents`` reads texts
    and originals from the files again, ``facts`` finds out again in which encoding a text is its
    file, ``titles`` names documents anew, ``rows`` takes back the one bit that changed in a row
    or reads the file of its document again, and ``nothing`` is left to a backup.
    """

    INDEX = "index"
    WORDS = "words"
    QUEUE = "queue"
    KEYS = "keys"
    CONTENTS = "contents"
    FACTS = "facts"
    TITLES = "titles"
    ROWS = "rows"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Damage:
    """One damage in a sentence; ``document_ids`` are those whose contents it hurt."""

    message: str
    repair: Repair = Repair.NOTHING
    document_ids: tuple[int, ...] = ()
