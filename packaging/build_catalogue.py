"""What software centres show of the installed program: the catalogue that comes with the package.

AppStream wants the pictures in the metainfo at addresses on the web, and refuses any other; the
project has none. In a catalogue they may stand anywhere: this one repeats the metainfo and names
the pictures of the user guide, where the package puts them.
"""

from __future__ import annotations

import struct
from pathlib import Path
from xml.etree import ElementTree

#: What each picture of resources/screenshots shows; the first is the one that centres prefer.
CAPTIONS = {
    "window-light.png": "Search, and read with every hit lit",
    "concordance-light.png": "Every hit in its context, sorted by the words around it",
    "window-dark.png": "The same in the dark theme",
    "concordance-dark.png": "The concordance in the dark theme",
}

#: The version of the specification that the catalogue follows.
_SPECIFICATION = "0.16"


def write(metainfo: Path, pictures: Path, target: Path, *, package: str, place: str) -> None:
    """Write the catalogue of ``package``, which has the ``pictures`` at the absolute ``place``."""
    component = ElementTree.parse(metainfo).getroot()  # noqa: S314 - our own file
    name = ElementTree.Element("pkgname")
    name.text = package
    component.insert(1, name)
    screenshots = ElementTree.SubElement(component, "screenshots")
    for number, (file, caption) in enumerate(CAPTIONS.items()):
        kind = {} if number else {"type": "default"}
        screenshot = ElementTree.SubElement(screenshots, "screenshot", kind)
        ElementTree.SubElement(screenshot, "caption").text = caption
        width, height = _size(pictures / file)
        size = {"type": "source", "width": str(width), "height": str(height)}
        ElementTree.SubElement(screenshot, "image", size).text = file
    catalogue = ElementTree.Element(
        "components", version=_SPECIFICATION, origin=package, media_baseurl=f"file://{place}"
    )
    catalogue.append(component)
    ElementTree.indent(catalogue)
    target.parent.mkdir(parents=True, exist_ok=True)
    ElementTree.ElementTree(catalogue).write(target, "utf-8", xml_declaration=True)


def _size(picture: Path) -> tuple[int, int]:
    """Return width and height in the head of a PNG."""
    width, height = struct.unpack(">II", picture.read_bytes()[16:24])
    return width, height
