"""Every file of an index truncated, changed and removed: found, and never a wrong answer."""

from __future__ import annotations

import random
import shutil

import pytest
from index_corpora import pending, stored

from incipit.errors import IndexUnusable
from incipit.index.folder import IndexFolder
from incipit.index.inversion import SegmentBuilder

TEXTS = {key: f"w{key % 3} same w{key} same" for key in range(30)}


@pytest.fixture
def sound(tmp_path):
    """Return an index of two segments with deletions."""
    folder = IndexFolder.create(tmp_path / "sound", identity="library")
    for start in (0, 15):
        some = {key: text for key, text in TEXTS.items() if start <= key < start + 15}
        folder.write(adds=[pending(folder.path, some)])
    folder.write(deletes=[4, 20])
    return folder


@pytest.fixture
def expected():
    return {key: text.split() for key, text in TEXTS.items() if key not in (4, 20)}


def data_files(folder):
    return sorted(p.name for p in folder.path.iterdir() if p.suffix in (".cols", ".toc"))


def copy_of(folder, tmp_path):
    shutil.rmtree(tmp_path / "copy", ignore_errors=True)
    shutil.copytree(folder.path, tmp_path / "copy")
    return tmp_path / "copy"


def everything(folder):
    """Read all that a segment can answer."""
    found = stored(folder)
    with folder.snapshot() as snapshot, snapshot.guarded():
        for columns in snapshot.segments:
            columns.doc_frequencies()
            for term in range(columns.term_count):
                columns.postings(term)
                columns.positions(term)
    return found


def refused_or_found(path, expected):
    """Check that an index either cannot be opened, or names its damage, or is as it was."""
    try:
        folder = IndexFolder.open(path, identity="library")
    except IndexUnusable:
        return "refused"
    if folder.verify():
        return "found"
    assert everything(folder) == expected
    return "harmless"


def test_removed_files_are_refused(sound, expected, tmp_path):
    names = data_files(sound)
    assert len(names) == 3
    for name in names:
        path = copy_of(sound, tmp_path)
        (path / name).unlink()
        assert refused_or_found(path, expected) == "refused"
        assert IndexFolder(path, "library").verify() != []


def test_truncated_and_emptied_and_longer_files_are_refused(sound, expected, tmp_path):
    for name in data_files(sound):
        path = copy_of(sound, tmp_path)
        data = (path / name).read_bytes()
        for length in {0, 1, 7, 100, len(data) // 2, len(data) - 64, len(data) - 1}:
            (path / name).write_bytes(data[:length])
            assert refused_or_found(path, expected) == "refused"
        (path / name).write_bytes(data + b"x")
        assert refused_or_found(path, expected) == "refused"


def test_changed_bits_are_refused_or_found_or_mean_nothing(sound, expected, tmp_path):
    chance = random.Random(11)
    outcomes = set()
    for name in data_files(sound):
        path = copy_of(sound, tmp_path)
        data = (path / name).read_bytes()
        for _ in range(150):
            changed = bytearray(data)
            changed[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
            (path / name).write_bytes(changed)
            outcomes.add(refused_or_found(path, expected))
    assert outcomes == {"refused", "found", "harmless"}


def test_what_breaks_on_changed_columns_is_damage_and_no_crash(sound, tmp_path):
    """Without `verify`, reading changed columns gives an answer or IndexUnusable."""
    chance = random.Random(12)
    unusable = 0
    for name in [name for name in data_files(sound) if name.endswith(".cols")]:
        path = copy_of(sound, tmp_path)
        data = (path / name).read_bytes()
        for _ in range(100):
            changed = bytearray(data)
            for _ in range(20):
                changed[chance.randrange(1500, len(data))] = chance.randrange(256)
            (path / name).write_bytes(changed)
            try:
                folder = IndexFolder.open(path, identity="library")
                with folder.snapshot() as snapshot, snapshot.guarded():
                    for columns in snapshot.segments:
                        for term in range(columns.term_count):
                            columns.positions(term)
                            columns.postings(term)
                            columns.word(term)
                        columns.terms_between(0, columns.token_count)
            except IndexUnusable:
                unusable += 1
    assert unusable > 20


def test_files_in_each_others_place_are_refused(sound, expected, tmp_path):
    first, second, _ = data_files(sound)
    path = copy_of(sound, tmp_path)
    (path / first).rename(path / "x")
    (path / second).rename(path / first)
    (path / "x").rename(path / second)
    assert refused_or_found(path, expected) == "refused"


def test_files_of_another_index_are_refused(sound, expected, tmp_path):
    other = IndexFolder.create(tmp_path / "other", identity="library")
    other.write(adds=[pending(other.path, {1: "other"})])
    [foreign] = [name for name in data_files(other) if name.endswith(".cols")]
    for name in data_files(sound):
        path = copy_of(sound, tmp_path)
        shutil.copy(other.path / foreign, path / name)
        assert refused_or_found(path, expected) == "refused"


def test_a_folder_in_the_place_of_a_file_is_refused(sound, expected, tmp_path):
    for name in data_files(sound):
        path = copy_of(sound, tmp_path)
        (path / name).unlink()
        (path / name).mkdir()
        assert refused_or_found(path, expected) == "refused"


def test_an_unusable_index_can_be_made_anew(sound, tmp_path):
    for name in data_files(sound):
        path = copy_of(sound, tmp_path)
        (path / name).write_bytes(b"damage")
        folder = IndexFolder.create(path, identity="library")
        folder.write(adds=[pending(path, {1: "a"})])
        assert stored(folder) == {1: ["a"]}
        assert folder.verify() == []


def test_a_damaged_pending_segment_is_refused_and_the_index_stays(sound, expected):
    builder = SegmentBuilder(sound.path)
    builder.add(99, "new")
    item = builder.flush()
    path = sound.path / item.name
    path.write_bytes(path.read_bytes()[:-1])
    with pytest.raises(IndexUnusable):
        sound.write(adds=[item], deletes=[1])
    assert stored(sound) == expected


def test_a_lost_pending_segment_changes_nothing(sound, expected):
    builder = SegmentBuilder(sound.path)
    builder.add(99, "new")
    item = builder.flush()
    (sound.path / item.name).unlink()
    with pytest.raises(FileNotFoundError):
        sound.write(adds=[item], deletes=[1])
    assert stored(sound) == expected


def test_a_merge_gives_damage_no_checksum_of_its_own(sound):
    with sound.snapshot() as snapshot:
        source = snapshot.segments[0].source
        words = source.column("content/words").tobytes()
        path = source.path
    data = bytearray(path.read_bytes())
    data[data.index(words)] ^= 1
    path.write_bytes(data)
    with pytest.raises(IndexUnusable, match="has changed"):
        IndexFolder.open(sound.path, identity="library").optimise()


def test_a_merge_of_a_damaged_segment_is_unusable_and_leaves_nothing(sound):
    name = data_files(sound)[0]
    data = bytearray((sound.path / name).read_bytes())
    with sound.snapshot() as snapshot:
        [damaged] = [c for c in snapshot.segments if c.source.path.name == name]
        rows = damaged.source.column("content/token_offsets").tobytes()
    place = data.index(rows)
    data[place : place + len(rows) - 4] = b"\xee" * (len(rows) - 4)
    (sound.path / name).write_bytes(data)
    before = sorted(path.name for path in sound.path.iterdir())
    with pytest.raises(IndexUnusable):
        IndexFolder.open(sound.path, identity="library").optimise()
    assert sorted(path.name for path in sound.path.iterdir()) == before
