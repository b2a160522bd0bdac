"""A check names what is wrong with store and index, and nothing where both are sound."""

from __future__ import annotations

import numpy as np
from corpora import NEVER, Corpus
from numpy.typing import NDArray

from incipit import paths
from incipit.index.folder import IndexFolder
from incipit.index.inversion import SegmentBuilder
from incipit.models import Repair
from incipit.services import tasks
from incipit.store.library_store import Store


def index_of(corpus: Corpus) -> IndexFolder:
    with Store.open(corpus.place, writable=False) as store:
        return IndexFolder.open(
            paths.index_folder(corpus.place, store.identity), identity=store.identity
        )


def damages(corpus: Corpus) -> str:
    return " ".join(damage.message for damage in corpus.library.check(NEVER))


def test_sound_library_has_no_damage(corpus: Corpus) -> None:
    corpus.write("a.txt")
    corpus.take()
    assert corpus.library.check(NEVER) == ()


def test_document_missing_from_the_index_is_named(corpus: Corpus) -> None:
    corpus.write("a.txt")
    corpus.take()
    number = corpus.named("a.txt").id
    index_of(corpus).write(deletes=[number])
    assert f"1 documents ({number}) missing" in damages(corpus)
    corpus.upkeep(rebuild=True)


def test_document_the_library_does_not_have_is_named(corpus: Corpus) -> None:
    corpus.write("a.txt")
    corpus.take()
    number = corpus.named("a.txt").id
    corpus.library.remove([number])
    with Store.open(corpus.place, writable=True) as store:
        store.queue_done(store.take_queue(10))
    assert f"({number}) in it that the library does not have" in damages(corpus)
    corpus.upkeep(rebuild=True)


def test_changed_byte_in_the_index_is_found(corpus: Corpus) -> None:
    corpus.write("a.txt", "many words " * 100)
    corpus.take()
    (file,) = index_of(corpus).path.glob("*.cols")
    data = bytearray(file.read_bytes())
    data[data.index(b"many")] ^= 1
    file.write_bytes(data)
    assert "Index" in damages(corpus)
    corpus.upkeep(rebuild=True)


def test_missing_index_is_named_and_made_anew(corpus: Corpus) -> None:
    corpus.write("a.txt", "words")
    corpus.take()
    for file in index_of(corpus).path.iterdir():
        file.unlink()
    assert "rebuilt" in damages(corpus)
    assert corpus.find("words") == []
    assert corpus.library.index_damage is not None
    assert corpus.find() == ["a.txt"]
    assert corpus.library.needs_upkeep()
    corpus.upkeep()
    assert corpus.find("words") == ["a.txt"]


def put_other_words(corpus: Corpus, name: str) -> int:
    """Index other words as those of a document, as if they were its own."""
    index, number = index_of(corpus), corpus.named(name).id
    builder = SegmentBuilder(index.path)
    builder.add(number, "what nobody wrote")
    index.write(adds=[builder.flush()])
    return number


def test_other_words_than_those_of_the_text_are_found_by_a_deep_check(corpus: Corpus) -> None:
    for name in ("a.txt", "b.txt"):
        corpus.write(name, f"the words of {name}")
    corpus.take()
    number = put_other_words(corpus, "a.txt")
    assert corpus.library.check(NEVER) == ()
    (damage,) = corpus.library.check(NEVER, deep=True)
    assert f"1 documents ({number}) with other words" in damage.message
    assert (damage.repair, damage.document_ids) == (Repair.WORDS, (number,))
    assert corpus.find("nobody") == ["a.txt"]
    tasks.run(corpus.place, tasks.RepairTask((damage,)), 3, corpus.events.append, NEVER)
    assert corpus.library.check(NEVER, deep=True) == ()
    assert corpus.find("nobody") == []
    assert corpus.find("words") == ["a.txt", "b.txt"]


def test_document_that_waits_for_the_index_may_have_other_words_there(corpus: Corpus) -> None:
    corpus.write("a.txt", "the words")
    corpus.take()
    number = put_other_words(corpus, "a.txt")
    with Store.open(corpus.place, writable=True) as store:
        store.queue_again([number])
    assert corpus.library.check(NEVER, deep=True) == ()
    corpus.upkeep()


def test_what_is_imported_during_a_check_is_no_damage(corpus: Corpus, monkeypatch) -> None:
    corpus.take(corpus.write("a.txt"))
    keys = IndexFolder.keys

    def keys_before_an_import(folder: IndexFolder) -> NDArray[np.int64]:
        found = keys(folder)
        monkeypatch.setattr(IndexFolder, "keys", keys)
        corpus.take(corpus.write("b.txt"))
        return found

    monkeypatch.setattr(IndexFolder, "keys", keys_before_an_import)
    assert corpus.library.check(NEVER) == ()
    assert corpus.find("words") == ["a.txt", "b.txt"]


def test_library_without_documents_needs_no_index(corpus: Corpus) -> None:
    assert corpus.library.check(NEVER, deep=True) == ()
