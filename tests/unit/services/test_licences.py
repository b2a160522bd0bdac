"""Everything that the program brings along has its licence, as a text or a statement."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, distribution

import pytest

from incipit.services import licences


@pytest.fixture
def found():
    try:
        distribution(licences.PROGRAM)
    except PackageNotFoundError:
        pytest.skip("the program is not installed in this environment")
    return {licence.name.partition(" ")[0].lower(): licence for licence in licences.licences()}


def test_every_dependency_is_there(found):
    parts = {"pyside6_essentials", "shiboken6", "sqlite-utils", "whoosh3", "appdirs", "numpy"}
    assert parts | {"charset-normalizer", "filelock", "click", licences.PROGRAM} <= found.keys()
    assert "pytest" not in found
    assert next(iter(found)) == licences.PROGRAM


def test_every_part_has_a_text(found):
    assert [name for name, licence in found.items() if not licence.texts[0][1].strip()] == []


def test_what_ships_no_text_is_quoted(found):
    ((_, said),) = found["pyside6_essentials"].texts
    assert "LGPL" in said


def test_licence_of_qt_is_there_in_full():
    last = licences.licences()[-1]
    words = [text for _, text in last.texts]
    assert "GNU LESSER GENERAL PUBLIC LICENSE" in words[0]
    assert "GNU GENERAL PUBLIC LICENSE" in words[1]


def test_python_has_its_own():
    python = [licence for licence in licences.licences() if licence.name == "Python"]
    assert all("PYTHON SOFTWARE FOUNDATION" in licence.texts[0][1] for licence in python)


def test_parts_within_others_have_theirs():
    parts = {licence.name: licence.texts[0][1] for licence in licences.licences()}
    assert "FreeType" in parts["Parts of others in Qt 6"]
    assert "Unicode" in parts["ICU"]
    assert "Mersenne Twister" in parts["Parts of others in Python"]
