"""A text in parts is read, checked, mended and deleted as one in a single row is."""

from __future__ import annotations

import threading
import zlib
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from incipit.errors import Cancelled
from incipit.store import documents, long_texts
from incipit.store.contents import file_hash
from incipit.store.spools import OriginalSpool, TextSpool, spool_folder

_TEXT = "Ein längerer Text – mit Wörtern, die über Teile hinwegreichen."
_NEVER = threading.Event()


@pytest.fixture(autouse=True)
def short_parts(monkeypatch):
    for module in (documents, long_texts):
        monkeypatch.setattr(module, "PART_CP", 7)


def _spooled(store, text):
    with TextSpool(spool_folder(store.folder)) as spool:
        for start in range(0, len(text), 5):
            spool.add(text[start : start + 5])
        return spool.finished()


def _parts(store):
    with store._connections.reading() as db:
        return db.execute("SELECT count(*) FROM text_parts").fetchone()[0]


@pytest.mark.parametrize("kind", ["held", "spooled"])
@pytest.mark.parametrize("text", ["", "short", "sevenCP", "eightCPs", _TEXT])
def test_a_text_is_read_as_it_was_written(store, corpus, kind, text):
    new = corpus.record("a.txt", text)
    if kind == "spooled":
        new = replace(new, text=_spooled(store, text))
    store.write_batch([new])
    new.remove_spools()
    assert store.text(new.id) == text
    assert "".join(store.text_pieces(new.id)) == text
    assert max(map(len, store.text_pieces(new.id))) <= 7
    assert [store.text_beginning(new.id, n) for n in (3, 20)] == [text[:3], text[:20]]
    assert store.document(new.id).char_count == len(text)
    assert _parts(store) == max(-(-len(text) // 7) - 1, 0)
    assert store.find_damage(_NEVER) == ()
    assert not any(spool_folder(store.folder).glob("*"))


def test_many_texts_are_read_in_order(store, corpus, monkeypatch):
    monkeypatch.setattr("incipit.store.documents._CHARACTERS_A_READ", 30)
    texts = [_TEXT[: 3 * n] for n in range(20)]
    ids = [corpus.add(f"{n}.txt", text) for n, text in enumerate(texts)]
    assert list(store.texts([*reversed(ids), 999])) == list(
        zip(reversed(ids), reversed(texts), strict=True)
    )


def test_parts_go_with_their_text(store, corpus):
    one = corpus.add("a.txt", _TEXT)
    corpus.add("b.txt", _TEXT + " Und einer mehr.")
    before = _parts(store)
    store.remove([one])
    store.purge(before=datetime(9999, 1, 1, tzinfo=UTC))
    assert 0 < _parts(store) < before
    assert store.find_damage(_NEVER) == ()


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE text_parts SET content = 'anders' WHERE number = 3",
        "DELETE FROM text_parts WHERE number = 2",
        "UPDATE text_parts SET number = 99 WHERE number = 1",
    ],
)
def test_a_damaged_part_is_found_and_mended(store, corpus, damage):
    one = corpus.add("a.txt", _TEXT)
    with store._connections.writing() as db:
        db.execute(damage)
    assert [found.document_ids for found in store.find_damage(_NEVER)] == [(one,)]
    store.mend_contents(_TEXT, _TEXT.encode())
    assert store.find_damage(_NEVER) == ()
    assert store.text(one) == _TEXT


def test_a_spooled_original_is_stored_once(store, corpus):
    data = (_TEXT + "\r\n").encode("utf-16") * 50
    for name in ("a.txt", "b.txt"):
        new = corpus.record(name, _TEXT, encoding="utf-16-le", file_hash=file_hash(data))
        with OriginalSpool(spool_folder(store.folder)) as spool:
            spool.add(data[:100])
            spool.add(data[100:])
            new = replace(new, original=spool.finished())
        store.write_batch([new])
        new.remove_spools()
        assert store.original(new.id) == data
    with store._connections.reading() as db:
        rows = db.execute("SELECT packed FROM originals").fetchall()
    assert [zlib.decompress(row[0]) for row in rows] == [data]


@pytest.mark.parametrize("what", ["text", "original"])
def test_writing_what_is_long_can_be_cancelled(store, corpus, what):
    new = corpus.record("a.txt", _TEXT if what == "text" else "short")
    with OriginalSpool(spool_folder(store.folder)) as spool:
        spool.add(_TEXT.encode())
        new = replace(new, original=spool.finished())
    cancel = threading.Event()
    cancel.set()
    with pytest.raises(Cancelled):
        store.write_batch([new], cancel=cancel)
    assert store.document_count() == _parts(store) == 0
    store.write_batch([new])
    assert store.original(new.id) == _TEXT.encode()
