import pytest

from incipit.ui.reading_menu import ReadingMenu


@pytest.fixture
def menu(qtbot):
    def make(word="cat", **values):
        made = ReadingMenu(word, **({"can_cite": True} | values))
        qtbot.addWidget(made)
        return made, [action for action in made.actions() if not action.isSeparator()]

    return make


def test_it_searches_and_adds_the_word(qtbot, menu):
    made, actions = menu("S-400")
    with qtbot.waitSignal(made.search_chosen) as chosen:
        actions[0].trigger()
    assert chosen.args == ["S-400", False]
    with qtbot.waitSignal(made.search_chosen) as chosen:
        actions[1].trigger()
    assert chosen.args == ["S-400", True]


def test_without_a_word_nothing_is_searched(menu):
    _made, actions = menu("")
    assert actions[0].text() == "Copy"


def test_a_long_selection_is_shortened_in_the_label_only(qtbot, menu):
    made, actions = menu("word " * 30)
    assert len(actions[0].text()) < 70
    with qtbot.waitSignal(made.search_chosen) as chosen:
        actions[0].trigger()
    assert chosen.args[0] == "word " * 30


def test_an_ampersand_is_no_key(menu):
    _made, actions = menu("R&D")
    assert "R&&D" in actions[0].text()


@pytest.mark.parametrize(
    ("place", "signal"),
    [
        (2, "copy_chosen"),
        (3, "cite_chosen"),
        (4, "select_all_chosen"),
        (5, "find_chosen"),
        (6, "print_chosen"),
    ],
)
def test_every_action_tells_what_it_is_for(qtbot, menu, place, signal):
    made, actions = menu()
    with qtbot.waitSignal(getattr(made, signal)):
        actions[place].trigger()


def test_citing_needs_something_to_cite(menu):
    _made, actions = menu(can_cite=False)
    assert not actions[3].isEnabled()
