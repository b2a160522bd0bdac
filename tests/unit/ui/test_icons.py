"""Icons take the colour of the theme, in every size and for every screen."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QColor

from incipit.ui.icons import icon, icon_folder, pixmap

NAMES = sorted(path.stem for path in icon_folder().glob("*.svg"))


def colours_in(image):
    return {
        image.pixelColor(x, y).name()
        for x in range(image.width())
        for y in range(image.height())
        if image.pixelColor(x, y).alpha() == 255
    }


@pytest.mark.parametrize("name", NAMES)
def test_every_icon_can_be_drawn(name):
    assert not pixmap(name, QColor("#123456"), 24).toImage().allGray()


def test_icon_has_the_colour_that_was_asked_for():
    image = pixmap("clear", QColor("#c02040"), 48).toImage()
    assert "#c02040" in colours_in(image)


def test_pixmap_is_sharp_on_a_dense_screen():
    image = pixmap("clear", QColor("black"), 16, 2.0)
    assert (image.width(), image.devicePixelRatio()) == (32, 2.0)


def test_icon_has_several_sizes():
    assert {size.width() for size in icon("search", QColor("black")).availableSizes()} >= {16, 24}


def test_unknown_icon_is_an_error():
    with pytest.raises(FileNotFoundError):
        pixmap("no-such-icon", QColor("black"), 16)
