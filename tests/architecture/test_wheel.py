"""What is installed is the package with its resources, and nothing else."""

from __future__ import annotations

import email
import os
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

import incipit
from incipit import paths


@pytest.fixture(scope="module")
def built(top: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the wheel and the sdist, built as pip builds them, offline."""
    folder = tmp_path_factory.mktemp("dist")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-d", folder],
        cwd=top,
        check=True,
        capture_output=True,
    )
    return folder


@pytest.fixture(scope="module")
def wheel(built: Path) -> zipfile.ZipFile:
    """Return the wheel, open."""
    (path,) = built.glob("*.whl")
    with zipfile.ZipFile(path) as archive:
        yield archive


def test_wheel_holds_the_package_and_nothing_beside_it(wheel: zipfile.ZipFile) -> None:
    info = f"incipit_browser-{incipit.__version__}.dist-info"

    assert {name.partition("/")[0] for name in wheel.namelist()} == {"incipit", info}


def test_wheel_holds_every_module_and_every_resource(
    wheel: zipfile.ZipFile, tracked: tuple[Path, ...]
) -> None:
    wanted = [path.relative_to("desktop") for path in tracked if path.parts[0] == "desktop"]
    wanted += ["incipit" / path for path in tracked if path.parts[0] == "resources"]

    assert {path.as_posix() for path in wanted} <= set(wheel.namelist())


def test_wheel_says_what_the_package_says(wheel: zipfile.ZipFile) -> None:
    info = f"incipit_browser-{incipit.__version__}.dist-info"
    metadata = email.message_from_bytes(wheel.read(f"{info}/METADATA"))

    assert metadata["Version"] == incipit.__version__
    assert metadata["Name"] == "incipit-browser"
    assert metadata["License-Expression"] == "MIT"
    assert f"{info}/licenses/LICENSE" in wheel.namelist()
    assert b"incipit = incipit.__main__:main" in wheel.read(f"{info}/entry_points.txt")


def test_sdist_holds_what_the_wheel_is_made_from_only(built: Path) -> None:
    (path,) = built.glob("*.tar.gz")
    with tarfile.open(path) as archive:
        inside = {tuple(name.split("/")[1:3]) for name in archive.getnames()}

    files = {parts[0] for parts in inside if len(parts) == 1}
    assert files == {
        ".gitignore", "CHANGELOG.md", "LICENSE", "PKG-INFO", "README.md", "pyproject.toml"
    }  # fmt: skip
    assert {parts[0] for parts in inside if len(parts) == 2} == {"desktop", "resources"}


def test_installed_package_finds_its_resources(wheel: zipfile.ZipFile, tmp_path: Path) -> None:
    wheel.extractall(tmp_path)

    result = subprocess.run(
        [sys.executable, "-c", "from incipit import paths; print(paths.resources())"],
        env=os.environ | {"PYTHONPATH": str(tmp_path)},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )

    assert Path(result.stdout.strip()) == tmp_path / "incipit" / "resources"
    assert (tmp_path / "incipit" / "resources" / "icons" / "incipit.svg").is_file()


def test_checkout_finds_its_resources(top: Path) -> None:
    assert paths.resources() == top / "resources"
