from itertools import pairwise

import pytest

from incipit.ui.finding import TextFinder, pattern_of


@pytest.mark.parametrize(
    ("needle", "text"),
    [
        ("cat", "CAT"),
        ("straße", "STRASSE straße"),
        ("two words", "two\n  words"),
        ("isn't", "isn’t"),
        ("S-400", "S‑400"),
        ("a.c", "a.c"),
        ("(x)*", "(x)*"),
        ("É", "é"),
        ("cafe\u0301", "café"),
        ('"yes"', "“yes”"),
    ],
)
def test_needle_is_found_as_a_reader_means_it(needle, text):
    assert pattern_of(needle).search(text)


def test_a_needle_is_no_pattern():
    assert not pattern_of("a.c").search("abc")
    assert not pattern_of("two words").search("twowords")


@pytest.fixture
def find(qtbot, qapp):  # noqa: ARG001 the finder lives in the event loop
    def run(text, needle):
        finder = TextFinder()
        told = []
        finder.progressed.connect(lambda spans, ended: told.append((spans, ended)))
        finder.find(text, needle)
        qtbot.waitUntil(lambda: not finder.is_searching)
        assert [ended for _spans, ended in told].count(True) == 1
        assert told[-1][1]
        return [tuple(span) for span in told[-1][0].tolist()]

    return run


def test_spans_are_in_code_points(find):
    assert find("\U0001f600 cat e\u0301 cat", "cat") == [(2, 5), (9, 12)]


def test_soft_hyphens_need_not_be_typed(find):
    text = "Sen\u00adten\u00adce, sentence, sen tence"
    assert find(text, "sentence") == [(0, 10), (12, 20)]
    assert find(text, "Sen\u00adten") == [(0, 7), (12, 18)]
    assert find(text, "\u00ad") == [(3, 4), (7, 8)]


def test_nothing_found_is_told(find):
    assert find("some text", "absent") == []
    assert find("some text", " ") == []
    assert find("", "x") == []


def test_matches_over_the_edge_of_a_slice_are_found_once(find):
    text = "x" * 63_998 + "needle" + "x" * 64_000 + "needle"
    assert find(text, "needle") == [(63_998, 64_004), (128_004, 128_010)]


def test_overlapping_matches_do_not_repeat(find):
    text = "aa" * 64_000
    spans = find(text, "aaa")
    assert len(spans) == 128_000 // 3
    assert all(one[1] <= two[0] for one, two in pairwise(spans))


def test_a_large_text_is_found_in_slices_of_the_event_loop(qtbot):
    text = "some filling words, none of which is sought. " * 400_000 + "needle"
    finder = TextFinder()
    told = []
    finder.progressed.connect(lambda spans, ended: told.append((len(spans), ended)))
    finder.find(text, "needle")
    assert finder.is_searching
    qtbot.waitUntil(lambda: not finder.is_searching, timeout=20_000)
    assert told[-1] == (1, True)


def test_a_stopped_search_tells_nothing_more(qtbot):
    finder = TextFinder()
    told = []
    finder.progressed.connect(lambda _spans, ended: told.append(ended))
    finder.find("word " * 4_000_000, "absent")
    finder.stop()
    before = len(told)
    qtbot.wait(20)
    assert len(told) == before


def test_a_new_search_replaces_the_old(qtbot):
    finder = TextFinder()
    told = []
    finder.progressed.connect(lambda spans, ended: told.append((spans.tolist(), ended)))
    finder.find("word " * 4_000_000, "absent")
    finder.find("a cat", "cat")
    qtbot.waitUntil(lambda: not finder.is_searching)
    assert told[-1] == ([[2, 5]], True)
