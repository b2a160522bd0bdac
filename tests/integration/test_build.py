"""What the Debian package says of itself agrees with the program."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PySide6.QtGui import QImage

import build_appstream
import build_deb
import dev_system
import incipit
import licences
from incipit.cli import COMMANDS
from incipit.cli.parser import build_parser

TOP = Path(__file__).resolve().parents[2]
LINUX = TOP / "packaging" / "linux"
ENTRY = TOP / "resources" / "desktop" / "incipit.desktop"
METAINFO_CHECK = ("appstreamcli", "validate", "--no-net", "--pedantic")


def test_version_comes_from_its_one_place() -> None:
    assert build_deb.version_of(TOP) == incipit.__version__


def test_a_package_without_a_version_is_refused(tmp_path: Path) -> None:
    (tmp_path / "desktop/incipit").mkdir(parents=True)
    (tmp_path / "desktop/incipit/__init__.py").write_text('"""No version."""\n')

    with pytest.raises(build_deb.PackageError):
        build_deb.version_of(tmp_path)


def test_glibc_is_the_newest_that_any_library_asks_for(tmp_path: Path) -> None:
    (tmp_path / "old.so").write_bytes(b"\x7fELF" + b"\0GLIBC_2.4\0GLIBC_2.31\0")
    (tmp_path / "new.so").write_bytes(b"\x7fELF" + b"\0GLIBC_2.34\0")
    (tmp_path / "text.txt").write_bytes(b"\0GLIBC_2.99\0")
    (tmp_path / "link.so").symlink_to("text.txt")

    assert build_deb.glibc_of(tmp_path.iterdir()) == (2, 34)


def test_package_depends_on_every_library_that_the_set_up_looks_for(tmp_path: Path) -> None:
    depends = build_deb.depends(tmp_path)

    assert depends.startswith("libc6 (>= 2.28), ")
    assert "libglib2.0-0 | libglib2.0-0t64" in depends
    named = set(re.findall(r"[\w.+-]+", depends))
    assert {need.package for need in dev_system.QT + dev_system.XCB} <= named


def test_metainfo_knows_the_version_and_the_entry() -> None:
    root = ElementTree.parse(LINUX / "incipit.metainfo.xml").getroot()

    assert root.find("releases/release").get("version") == incipit.__version__
    assert root.findtext("launchable") == "incipit.desktop"
    assert root.findtext("provides/binary") == "incipit"


@pytest.fixture
def metainfo_at_home(tmp_path: Path) -> Path:
    target = tmp_path / "org.incipit.incipit.metainfo.xml"
    build_appstream.write_metainfo(
        LINUX / "incipit.metainfo.xml",
        TOP / "resources" / "screenshots",
        target,
        home="https://example.org/incipit/",
    )
    return target


def test_metainfo_of_a_program_with_a_home_names_it_and_its_pictures(
    metainfo_at_home: Path,
) -> None:
    root = ElementTree.parse(metainfo_at_home).getroot()

    assert root.findtext("url") == "https://example.org/incipit"
    images = [image.text for image in root.findall("screenshots/screenshot/image")]
    assert images == [
        f"https://example.org/incipit/resources/screenshots/{name}"
        for name in build_appstream.CAPTIONS
    ]


def test_metainfo_of_a_program_without_a_home_is_as_it_was_written(tmp_path: Path) -> None:
    source, target = LINUX / "incipit.metainfo.xml", tmp_path / "metainfo.xml"

    build_appstream.write_metainfo(source, TOP / "resources" / "screenshots", target, home=None)

    written, before = (ElementTree.canonicalize(from_file=path) for path in (target, source))
    assert re.sub(r">\s+<", "><", written) == re.sub(r">\s+<", "><", before)


def test_catalogue_of_a_program_with_a_home_has_its_own_pictures(
    metainfo_at_home: Path, tmp_path: Path
) -> None:
    target = tmp_path / "incipit.xml"

    build_appstream.write_catalogue(
        metainfo_at_home,
        TOP / "resources" / "screenshots",
        target,
        package="incipit",
        place="/usr/lib/pictures",
    )

    images = ElementTree.parse(target).getroot().findall("component/screenshots/screenshot/image")
    assert [image.text for image in images] == list(build_appstream.CAPTIONS)


@pytest.mark.parametrize(
    ("text", "good"),
    [
        ("https://example.org/incipit", True),
        ("http://example.org", False),
        ("example.org", False),
        ("https://", False),
        ("file:///usr/share", False),
        ("https://example.org/?page=1", False),
    ],
)
def test_home_is_an_address_on_the_web(text: str, good: bool) -> None:
    assert build_appstream.is_address(text) == good


@pytest.fixture
def catalogue(tmp_path: Path) -> Path:
    target = tmp_path / "swcatalog" / "xml" / "incipit.xml"
    build_appstream.write_catalogue(
        LINUX / "incipit.metainfo.xml",
        TOP / "resources" / "screenshots",
        target,
        package="incipit",
        place="/usr/lib/pictures",
    )
    return target


def test_catalogue_repeats_the_metainfo_and_names_pictures_that_are_there(catalogue: Path) -> None:
    root = ElementTree.parse(catalogue).getroot()

    assert root.get("media_baseurl") == "file:///usr/lib/pictures"
    assert root.findtext("component/pkgname") == "incipit"
    assert root.findtext("component/id") == "org.incipit.incipit"
    assert root.find("component/releases/release").get("version") == incipit.__version__
    shown = root.findall("component/screenshots/screenshot")
    assert [item.get("type") for item in shown].count("default") == 1
    assert all(item.findtext("caption") for item in shown)
    for picture in (item.find("image") for item in shown):
        image = QImage(str(TOP / "resources" / "screenshots" / picture.text))
        assert picture.get("width") == str(image.width())
        assert picture.get("height") == str(image.height())
    for theme in ("light", "dark"):
        assert any(item.findtext("image").endswith(f"-{theme}.png") for item in shown)


def test_software_centres_can_read_the_catalogue(catalogue: Path, tmp_path: Path) -> None:
    if shutil.which("appstreamcli") is None:
        pytest.skip("appstreamcli is not installed")
    read = tmp_path / "read.yml"

    subprocess.run(["appstreamcli", "convert", catalogue, read], capture_output=True, check=True)

    text = read.read_text("utf-8")
    assert "MediaBaseUrl: file:///usr/lib/pictures\n" in text
    for picture in build_appstream.CAPTIONS:
        assert f"url: /{picture}\n" in text


def test_entry_opens_files_and_folders_with_the_command() -> None:
    entry = ENTRY.read_text("utf-8")

    assert "\nExec=incipit %F\n" in entry
    assert "\nMimeType=text/plain;text/markdown;inode/directory;\n" in entry


@pytest.mark.parametrize(
    ("command", "file"),
    [
        (("desktop-file-validate",), ENTRY),
        (METAINFO_CHECK, LINUX / "incipit.metainfo.xml"),
    ],
)
def test_desktop_files_are_valid(command: tuple[str, ...], file: Path) -> None:
    _assert_valid(command, file)


def test_metainfo_of_a_program_with_a_home_is_valid(metainfo_at_home: Path) -> None:
    _assert_valid(METAINFO_CHECK, metainfo_at_home)


def _assert_valid(command: tuple[str, ...], file: Path) -> None:
    if shutil.which(command[0]) is None:
        pytest.skip(f"{command[0]} is not installed")

    result = subprocess.run([*command, file], capture_output=True, text=True)

    assert result.returncode == 0, result.stdout + result.stderr


@pytest.fixture
def installed() -> None:
    try:
        distribution("incipit-browser")
    except PackageNotFoundError:
        pytest.skip("the program is not installed in this environment")


@pytest.mark.usefixtures("installed")
def test_what_has_no_licence_keeps_the_bundle_from_being_built() -> None:
    libraries = ("PySide6/Qt/lib/libQt6Core.so.6", "numpy.libs/libx.so", "libffi.so.8", "libx.so")
    modules = ("numpy.linalg", "json.decoder", "incipit.paths", "unheard_of.inner")

    lost = licences.unlicensed(map(Path, libraries), modules)

    assert lost == ["libx.so", "unheard_of"]


@pytest.mark.usefixtures("installed")
def test_every_library_that_is_bundled_has_its_licence() -> None:
    names = [f"{beginning}.so.1" for beginning in licences.LIBRARIES]

    assert licences.unlicensed(map(Path, names), []) == []


def test_man_page_names_every_command_and_option() -> None:
    page = (LINUX / "incipit.1").read_text("utf-8").replace("\\-", "-")
    parser = build_parser()
    (commands,) = (action.choices for action in parser._actions if isinstance(action.choices, dict))

    assert set(commands) == set(COMMANDS)
    assert f'"Incipit {incipit.__version__}"' in page
    for name, command in commands.items():
        assert re.search(rf"^\.BI? {name}\b", page, re.MULTILINE), name
        for action in (*parser._actions, *command._actions):
            for option in action.option_strings:
                assert re.search(rf"(?<![\w-]){option}(?![\w-])", page), f"{name} {option}"


@pytest.mark.parametrize(("arguments", "code"), [([], 2), (["rpm"], 2), (["--help"], 0)])
def test_build_says_what_it_can_build(arguments: list[str], code: int) -> None:
    result = subprocess.run(
        [sys.executable, TOP / "packaging" / "build.py", *arguments],
        capture_output=True,
        text=True,
    )

    assert result.returncode == code
    said = result.stdout + result.stderr
    assert all(name in said for name in ("wheel", "bundle", "deb"))
