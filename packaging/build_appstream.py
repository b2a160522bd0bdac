"""What software centres show of the program: the metainfo, and a catalogue with its pictures.

AppStream wants the pictures of the metainfo at addresses on the web, and refuses any other. Where
an address is given, the metainfo names it as the program's home and the pictures below it. In a
catalogue they may stand anywhere: the one that comes with the package repeats the metainfo and
names the pictures of the user guide, where the package puts them.
"""

from __future__ import annotations

import struct
from pathlib import Path
from urllib.parse import urlsplit
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


def is_address(text: str) -> bool:
    """Tell whether ``text`` can be the address of the program's home on the web."""
    parts = urlsplit(text)
    return parts.scheme == "https" and bool(parts.netloc) and not parts.query + parts.fragment


def write_metainfo(source: Path, pictures: Path, target: Path, *, home: str | None) -> None:
    """Write the metainfo of ``source``, with ``home`` and the ``pictures`` below it, if given.

    Below the address they stand as in the repository: ``resources/screenshots/NAME``.
    """
    tree = ElementTree.parse(source)  # noqa: S314 - our own file
    if home is not None:
        component = tree.getroot()
        address = home.rstrip("/")
        url = ElementTree.Element("url", type="homepage")
        url.text = address
        component.insert(list(component).index(_part(component, "launchable")), url)
        _add_screenshots(component, pictures, below=f"{address}/resources/screenshots/")
    _write(tree.getroot(), target)


def write_catalogue(
    metainfo: Path, pictures: Path, target: Path, *, package: str, place: str
) -> None:
    """Write the catalogue of ``package``, which has the ``pictures`` at the absolute ``place``."""
    component = ElementTree.parse(metainfo).getroot()  # noqa: S314 - our own file
    name = ElementTree.Element("pkgname")
    name.text = package
    component.insert(1, name)
    for there in component.findall("screenshots"):
        component.remove(there)
    _add_screenshots(component, pictures, below="")
    catalogue = ElementTree.Element(
        "components", version=_SPECIFICATION, origin=package, media_baseurl=f"file://{place}"
    )
    catalogue.append(component)
    _write(catalogue, target)


def _add_screenshots(component: ElementTree.Element, pictures: Path, *, below: str) -> None:
    screenshots = ElementTree.SubElement(component, "screenshots")
    for number, (file, caption) in enumerate(CAPTIONS.items()):
        kind = {} if number else {"type": "default"}
        screenshot = ElementTree.SubElement(screenshots, "screenshot", kind)
        ElementTree.SubElement(screenshot, "caption").text = caption
        width, height = _size(pictures / file)
        size = {"type": "source", "width": str(width), "height": str(height)}
        ElementTree.SubElement(screenshot, "image", size).text = f"{below}{file}"


def _part(component: ElementTree.Element, name: str) -> ElementTree.Element:
    part = component.find(name)
    if part is None:
        raise ValueError(f"the metainfo has no <{name}>")
    return part


def _write(root: ElementTree.Element, target: Path) -> None:
    ElementTree.indent(root)
    target.parent.mkdir(parents=True, exist_ok=True)
    ElementTree.ElementTree(root).write(target, "utf-8", xml_declaration=True)


def _size(picture: Path) -> tuple[int, int]:
    """Return width and height in the head of a PNG."""
    width, height = struct.unpack(">II", picture.read_bytes()[16:24])
    return width, height
