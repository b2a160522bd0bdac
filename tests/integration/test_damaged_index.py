"""Whatever happens to the index: the library opens and is read, and the index is made anew."""

from __future__ import annotations

import shutil
import threading
from pathlib import Path

import pytest
from corpora import NEVER, Corpus

from incipit import paths
from incipit.index.folder import IndexFolder
from incipit.models import JobProgress, SearchRequest
from incipit.services.concordance_values import ConcordanceRequest
from incipit.services.library import Library
from incipit.services.searching import NOT_USABLE
from incipit.store.library_store import Store

WAIT_S = 60
TEXTS = {
    "alpha.txt": "the harbour and the ships in the harbour " * 30,
    "beta.txt": "no ship today but rain, as ever " * 30,
    "gamma.txt": "the harbour again; the S-400 passed it " * 30,
}
NAMES = sorted((*TEXTS, "delta.txt"))
HITS = {"alpha.txt": 60, "gamma.txt": 30}
QUERIES = (
    "harbour",
    '"the harbour"',
    "harb*",
    "harbuor~",
    "/shi.s?/",
    "ship NEAR/9 rain",
    "name:a",
)


def index_files(corpus: Corpus) -> list[Path]:
    with Store.open(corpus.place, writable=False) as store:
        place = paths.index_folder(corpus.place, store.identity)
    return sorted(path for path in place.iterdir() if path.suffix in (".cols", ".toc"))


def remove(path: Path) -> None:
    path.unlink()


def halve(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def shorten(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1])


def lengthen(path: Path) -> None:
    path.write_bytes(path.read_bytes() + b"\0")


def flip(where: float):
    def change(path: Path) -> None:
        data = bytearray(path.read_bytes())
        data[int(where * (len(data) - 1))] ^= 0x10
        path.write_bytes(data)

    change.__name__ = f"flip at {where}"
    return change


def flip_a_word(path: Path) -> None:
    """Change a letter in a word of the lexicon; in the table of contents, any letter."""
    data = bytearray(path.read_bytes())
    words = [b"harbour", b"other", b"segments"]
    place = next(at for word in words if (at := data.rfind(word)) >= 0)
    data[place] ^= 1
    path.write_bytes(data)


def scramble(path: Path) -> None:
    """Change all that lies behind the header, so that only checksums tell."""
    data = bytearray(path.read_bytes())
    start = len(data) // 2
    data[start:] = bytes(byte ^ 0xA5 for byte in data[start:])
    path.write_bytes(data)


DAMAGES = (remove, halve, shorten, lengthen, flip(0.0), flip(0.01), flip_a_word, scramble)


@pytest.fixture
def filled(corpus: Corpus) -> Corpus:
    """Return a corpus with two segments and a deletion in its index."""
    for name, text in TEXTS.items():
        corpus.write(name, text)
    corpus.take()
    gone = corpus.write("gone.txt", "the harbour is no more")
    corpus.write("delta.txt", "other words")
    corpus.take()
    corpus.library.remove([corpus.named("gone.txt").id])
    corpus.upkeep()
    gone.unlink()
    assert corpus.hits("harbour") == HITS
    return corpus


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda one: one.__name__)
def test_every_file_of_the_index_damaged_in_turn(filled: Corpus, damage, tmp_path: Path) -> None:
    files = index_files(filled)
    place, sound = files[0].parent, tmp_path / "sound"
    shutil.copytree(place, sound)
    assert len(files) == 3
    for file in files:
        filled.library.close()
        shutil.rmtree(place)
        shutil.copytree(sound, place)
        damage(file)
        filled.library = Library.open(filled.place)
        read_and_search(filled)
        told = threading.Event()
        filled.library.watch_index(lambda _reason, told=told: told.set())
        assert filled.library.index_verified(WAIT_S)
        assert told.is_set() or filled.library.index_damage is not None
        make_anew(filled)
        assert filled.hits("harbour") == HITS
        assert filled.library.check(NEVER) == ()
        assert filled.library.start_upkeep(filled.events.append) is None


def read_and_search(corpus: Corpus) -> None:
    """Do what a person does who knows nothing of the damage; nothing may raise."""
    library = corpus.library
    assert sorted(corpus.find()) == NAMES
    assert library.text(corpus.named("beta.txt").id) == TEXTS["beta.txt"]
    for query in QUERIES:
        result = library.search(SearchRequest(query), NEVER)
        library.rows(result, 0, 10)
        library.suggestions(query)
        if library.index_damage is not None:
            assert result.notes == (NOT_USABLE,)
            assert result.incomplete
    library.completions("ha")


def make_anew(corpus: Corpus) -> None:
    library = corpus.library
    result = library.search(SearchRequest("harbour"), NEVER)
    assert (len(result.document_ids), result.notes, result.incomplete) == (0, (NOT_USABLE,), True)
    corpus.events = []
    job = library.start_upkeep(corpus.events.append)
    assert job is not None
    assert library.start_upkeep(corpus.events.append) is None
    assert job.wait(WAIT_S)
    assert any(isinstance(event, JobProgress) for event in corpus.events)
    assert corpus.find("harbour")
    assert library.index_damage is None


def test_index_that_goes_while_the_library_is_open_is_told_and_made_anew(filled: Corpus) -> None:
    told: list[str] = []
    filled.library.watch_index(told.append)
    assert filled.library.index_verified(WAIT_S)
    assert told == []
    for path in index_files(filled):
        path.unlink()
    assert filled.find("harbour") == []
    assert filled.find("harbour") == []
    assert len(told) == 1
    job = filled.library.start_upkeep(lambda _event: None)
    assert job is not None
    assert job.wait(WAIT_S)
    assert filled.hits("harbour") == HITS
    assert len(told) == 1


def test_results_say_that_they_are_incomplete_while_the_index_is_made_anew(filled: Corpus) -> None:
    seen: list[bool] = []

    class Look(list):
        def append(self, event: object) -> None:
            super().append(event)
            result = filled.library.search(SearchRequest("harbour"), NEVER)
            waiting = filled.library.status().queued > 0
            seen.append(result.incomplete)
            assert result.incomplete == waiting

    filled.events = Look()
    filled.upkeep(rebuild=True)
    assert True in seen
    assert not filled.library.search(SearchRequest("harbour"), NEVER).incomplete


class FinishesTheIndex:
    """A token that nobody sets: a search that looks at it finds the index finished meanwhile."""

    def __init__(self, corpus: Corpus) -> None:
        self.corpus: Corpus | None = corpus

    def is_set(self) -> bool:
        corpus, self.corpus = self.corpus, None
        if corpus is not None:
            corpus.upkeep()
        return False


@pytest.mark.parametrize("concordance", [False, True])
def test_result_of_an_empty_index_is_incomplete_though_it_is_finished_meanwhile(
    filled: Corpus, concordance: bool
) -> None:
    with Store.open(filled.place, writable=True) as store:
        store.queue_all()
        place = paths.index_folder(filled.place, store.identity)
        IndexFolder.create(place, identity=store.identity)
    token = FinishesTheIndex(filled)
    if concordance:
        found = filled.library.concordance(ConcordanceRequest("harbour"), token)
    else:
        found = filled.library.search(SearchRequest("harbour"), token)
    assert token.corpus is None
    assert filled.library.status().queued == 0
    assert found.incomplete
    assert filled.hits("harbour") == HITS
