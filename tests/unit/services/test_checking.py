"""A check names what is wrong with store and index, and nothing where both are sound."""

from __future__ import annotations

from corpora import NEVER, Corpus

from incipit import paths
from incipit.index.folder import IndexFolder
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
