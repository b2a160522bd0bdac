"""Questions are answered off the UI thread, the latest one wins."""

from __future__ import annotations

import pytest

from incipit.analysis.sorting import LineKey
from incipit.analysis.thinning import Thinning
from incipit.services.concordance_export import ExportFormat
from incipit.ui.concordance_control import ConcordanceControl


@pytest.fixture
def control(bridge, library):
    made = ConcordanceControl(bridge)
    made.attach(library)
    return made


def ask(control, qtbot, query="harbour", **options):
    control.set_query(query)
    with qtbot.waitSignal(control.found) as came:
        control.ask(60, **options)
    return came.args[0]


def test_lines_come_with_the_concordance_and_counts_after(control, qtbot):
    control.set_keys((LineKey.R1,))
    with qtbot.waitSignal(control.counted) as counted:
        found = ask(control, qtbot)
    assert [line.context.hit for line in found.lines] == ["harbour"] * 3
    assert (found.first, found.row) == (0, None)
    assert counted.args[0] is found.concordance
    assert counted.args[1].count.hits == 3
    assert control.request.keys == (LineKey.R1,)


def test_sorting_is_prepared_while_nothing_is_asked(control, qtbot):
    with qtbot.waitSignal(control.prepared):
        ask(control, qtbot, "")
    assert control._library._concordances._alphabet is not None


def test_a_hit_that_is_kept_is_found_again(control, qtbot):
    first = ask(control, qtbot)
    hit = first.concordance.hit_of(1)
    control.set_keys((LineKey.POSITION,))
    again = ask(control, qtbot, keep=hit)
    assert again.concordance.hit_of(again.row) == hit


def test_only_the_latest_question_is_answered(control, qtbot):
    answers = []
    control.found.connect(lambda found: answers.append(found.concordance.request.query))
    control.set_query("ships")
    control.ask(60)
    ask(control, qtbot, "rain")
    qtbot.wait(50)
    assert answers == ["rain"]


def test_what_cannot_be_thinned_fails_in_words(control, qtbot):
    control.set_thinning(Thinning(within=99))
    control.set_query("harbour")
    with qtbot.waitSignal(control.failed) as came:
        control.ask(60)
    assert "within" in came.args[0].message


def test_pages_groups_and_copies_come(control, qtbot):
    concordance = ask(control, qtbot).concordance
    with qtbot.waitSignal(control.lines_came) as came:
        control.load(4, concordance, 1, 2, 60)
    assert came.args[:2] == [4, 1]
    assert len(came.args[2]) == 2
    with qtbot.waitSignal(control.grouped) as came:
        control.count_groups(concordance)
    assert [len(one) for one in came.args] == [1, 1]
    with qtbot.waitSignal(control.copied) as came:
        control.copy(concordance, [0, 1, 2])
    whole = came.args[0].splitlines()
    with qtbot.waitSignal(control.copied) as came:
        control.copy(concordance, [0, 2])
    first, second = came.args[0].splitlines()
    assert (came.args[1], [first, second]) == (2, [whole[0], whole[2]])
    assert first.index("[harbour]") == second.index("[harbour]")
    assert first.endswith("\tThe first letter")


def test_exports_end_in_a_file(control, qtbot, tmp_path):
    concordance = ask(control, qtbot).concordance
    path = tmp_path / "out.csv"
    with qtbot.waitSignals([control.exported, control.export_ended]):
        control.export(concordance, path, ExportFormat.CSV, 40)
    assert path.read_text("utf-8-sig").count("harbour") >= 3


def test_a_failed_export_ends_and_is_told(control, bridge, qtbot, tmp_path):
    concordance = ask(control, qtbot).concordance
    with qtbot.waitSignals([bridge.failed, control.export_ended]):
        control.export(concordance, tmp_path / "no" / "out.csv", ExportFormat.CSV, 40)


def test_without_a_library_nothing_is_asked(bridge, qtbot):
    control = ConcordanceControl(bridge)
    with qtbot.assertNotEmitted(control.found, wait=50):
        control.ask(60)
