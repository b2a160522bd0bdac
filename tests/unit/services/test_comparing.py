"""Every text is held against the words that the index has for it, in bounded memory."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import numpy as np
import pytest
from corpora import NEVER, Corpus

from incipit import paths
from incipit.errors import Cancelled
from incipit.index.folder import IndexFolder
from incipit.index.inversion import SegmentBuilder
from incipit.services import comparing
from incipit.services.comparing import differing
from incipit.store.library_store import Store

TEXTS = {
    "plain.txt": "the harbour of s-400 and isn't",
    "accents.txt": "Zażółć gęślą jaźń, ﬁn Straße",
    "none.txt": " . ",
    "long.txt": "many words of a long text " * 400,
    "łong.txt": "wiele słów długiego tekstu " * 400,
}


class Compared:
    """A library, its index, and what a comparison of both finds."""

    def __init__(self, corpus: Corpus) -> None:
        self.corpus = corpus
        self.store = Store.open(corpus.place, writable=False)
        self.place = paths.index_folder(corpus.place, self.store.identity)
        self.index = IndexFolder.open(self.place, identity=self.store.identity)

    def put(self, name: str, text: str) -> int:
        """Index ``text`` as the document of the file ``name``."""
        key = self.corpus.named(name).id
        builder = SegmentBuilder(self.place)
        builder.add(key, text)
        self.index.write(adds=[builder.flush()])
        return key

    def differing(self, **options: object) -> list[int]:
        with self.index.snapshot() as snapshot:
            return differing(self.store, snapshot.segments, NEVER, **options).tolist()  # type: ignore[arg-type] # the options of a test


@pytest.fixture
def compared(corpus: Corpus) -> Iterator[Compared]:
    for name, text in TEXTS.items():
        corpus.write(name, text)
    corpus.take()
    made = Compared(corpus)
    yield made
    made.store.close()
    corpus.upkeep(rebuild=True)


@pytest.fixture(params=["in blocks", "one by one", "in parts"])
def sizes(request, monkeypatch) -> None:
    if request.param != "in blocks":
        monkeypatch.setattr(comparing, "_BLOCK_TOKENS", 1)
    if request.param == "in parts":
        monkeypatch.setattr(comparing, "_LONG_CP", 5)


@pytest.mark.usefixtures("sizes")
def test_index_of_the_texts_differs_in_nothing(compared: Compared) -> None:
    told: list[tuple[int, int]] = []
    assert compared.differing(tell=lambda done, total: told.append((done, total))) == []
    assert told[-1] == (len(TEXTS), len(TEXTS))


@pytest.mark.usefixtures("sizes")
@pytest.mark.parametrize(
    "change",
    [
        lambda text: text + " more",
        lambda text: text.rsplit(" ", 2)[0],
        lambda text: "other " + text.split(" ", 1)[-1],
        lambda _text: "",
    ],
)
@pytest.mark.parametrize("name", ["plain.txt", "long.txt", "łong.txt"])
def test_document_with_other_words_is_found_and_no_other(compared, name, change) -> None:
    key = compared.put(name, change(TEXTS[name]))
    assert compared.differing() == [key]


def test_only_those_are_compared_that_are_wanted(compared: Compared) -> None:
    keys = [compared.put(name, "other words") for name in ("plain.txt", "long.txt")]
    assert compared.differing() == sorted(keys)
    assert compared.differing(only=np.array(keys[1:])) == keys[1:]
    assert compared.differing(only=np.empty(0, np.int64)) == []


def test_deleted_documents_are_passed_over(compared: Compared) -> None:
    key = compared.put("plain.txt", "other words")
    compared.index.write(deletes=[key])
    assert compared.differing() == []


def test_comparison_can_be_cancelled(compared: Compared) -> None:
    ended = threading.Event()
    ended.set()
    with compared.index.snapshot() as snapshot, pytest.raises(Cancelled):
        differing(compared.store, snapshot.segments, ended)
