"""The sample corpus shows what the program is for: both kinds of text, found by one query."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from incipit import paths
from incipit.models import SearchRequest, SearchResult
from incipit.services.library import Library

SAMPLE = paths.resources() / "sample"


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """Return a library with the sample in it, its index beside it."""
    folder = tmp_path_factory.mktemp("sample")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(folder / "cache"))
        library = Library.open(folder / "library")
        events: list[object] = []
        job = library.start_import([SAMPLE], events.append)
        assert job.wait(60)
        assert events[-1].report.failed == ()
        yield library
        library.close()


def _search(library: Library, query: str) -> SearchResult:
    return library.search(SearchRequest(query), threading.Event())


def test_every_file_of_the_sample_can_be_searched(library: Library) -> None:
    status = library.status()

    assert status.documents == len(list(SAMPLE.rglob("*.txt")))
    assert (status.searchable, status.queued, status.failed) == (status.documents, 0, 0)


@pytest.mark.parametrize(
    "forms",
    [
        ("R-12", "r-12", '"r 12"'),
        ("S-40", '"s 40"'),
        ("U.N.", "u.n.", '"u n"'),
        ("isn't", "isn’t", '"isn t"'),
        ("B-4", '"b 4"'),
    ],
)
def test_every_form_of_a_word_finds_both_kinds_of_text(
    library: Library, forms: tuple[str, ...]
) -> None:
    results = [_search(library, form) for form in forms]
    rows = library.rows(results[0], 0, 100)

    assert {row.document.is_slab for row in rows} == {True, False}
    for result in results[1:]:
        assert sorted(result.document_ids) == sorted(results[0].document_ids)
        assert result.total_hits == results[0].total_hits > 0


def test_articles_are_named_by_their_headlines_and_windows_by_their_words(
    library: Library,
) -> None:
    everything = _search(library, "")
    for row in library.rows(everything, 0, 100):
        document = row.document
        first_line = library.text(document.id).split("\n", 1)[0]
        assert document.is_slab == ("windows" in document.folder)
        assert (document.title == first_line) == (not document.is_slab)


def test_prices_are_read_in_the_encoding_of_another_time(library: Library) -> None:
    (row,) = library.rows(_search(library, "name:market-prices"), 0, 10)

    assert row.document.encoding == "windows-1252"
    assert "13 crowns to £1" in library.text(row.document.id)
    assert "cafés" in library.text(row.document.id)


def test_windows_are_single_lines_of_one_length() -> None:
    windows = [path.read_text("ascii") for path in (SAMPLE / "windows").iterdir()]

    assert {len(window) for window in windows} == {8_000}
    assert not any("\n" in window for window in windows)
    torn = [window for window in windows if not window.startswith(" ")]
    assert len(torn) >= 4
