"""dev.py: what it says where it cannot do its work, and when it does its work again."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pip
import pytest

import dev
import dev_commands
import dev_environment
import dev_system

TOP = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("version", [(3, 11, 0), (3, 12, 9), (3, 13, 1)])
def test_versions_that_are_tested_will_do(version: tuple[int, ...]) -> None:
    assert dev.unsuitable(version) == ""


@pytest.mark.parametrize("version", [(3, 6, 15), (3, 10, 14), (3, 14, 0), (4, 0, 0)])
def test_other_versions_are_named_with_what_is_needed(version: tuple[int, ...]) -> None:
    message = dev.unsuitable(version)

    assert "3.11 to 3.13" in message
    assert f"this is Python {version[0]}.{version[1]} " in message


def test_the_supported_versions_are_those_of_the_package() -> None:
    pyproject = (TOP / "pyproject.toml").read_text("utf-8")

    assert f'requires-python = ">=3.{dev.OLDEST[1]},<3.{dev.NEWEST[1] + 1}"' in pyproject


def test_an_old_python_is_told_so_and_nothing_breaks() -> None:
    old = next(filter(_is_old, ("python3.10", "python3.9", "python3.8", "python3.7")), None)
    if old is None:
        pytest.skip("no older Python is on the path")

    result = subprocess.run(
        [old, TOP / "packaging" / "dev.py", "test"], capture_output=True, text=True
    )

    assert result.returncode == 2
    assert result.stderr.startswith("Incipit needs Python 3.11 to 3.13; this is Python 3.")
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize(("arguments", "code"), [([], 2), (["build"], 2), (["--help"], 0)])
def test_usage_names_both_commands(arguments: list[str], code: int) -> None:
    result = subprocess.run(
        [sys.executable, TOP / "packaging" / "dev.py", *arguments],
        capture_output=True,
        text=True,
    )

    assert result.returncode == code
    usage = result.stdout if code == 0 else result.stderr
    assert "dev.py run" in usage
    assert "dev.py test" in usage


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """Return a folder with the files that an environment is made from."""
    for name in ("pyproject.toml", "packaging/constraints.txt", "desktop/incipit/__init__.py"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(TOP / name, tmp_path / name)
    return tmp_path


def test_stamp_stays_while_nothing_changes(checkout: Path) -> None:
    assert dev_environment.stamp_of(checkout) == dev_environment.stamp_of(checkout)


@pytest.mark.parametrize(
    "name", ["pyproject.toml", "packaging/constraints.txt", "desktop/incipit/__init__.py"]
)
def test_stamp_changes_with_what_is_installed(checkout: Path, name: str) -> None:
    before = dev_environment.stamp_of(checkout)

    with (checkout / name).open("a") as stream:
        stream.write("# changed\n")

    assert dev_environment.stamp_of(checkout) != before


def test_stamp_changes_with_the_place_of_the_checkout(checkout: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    shutil.copytree(checkout, elsewhere, ignore=shutil.ignore_patterns("elsewhere"))

    assert dev_environment.stamp_of(elsewhere) != dev_environment.stamp_of(checkout)


def test_environment_that_is_up_to_date_is_left_alone(checkout: Path) -> None:
    folder = checkout / ".venv"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder], check=True)
    (site_packages,) = folder.glob("[lL]ib/**/site-packages")
    # pip itself takes seconds to install: the environment of the tests lends its own.
    (site_packages / "pip.pth").write_text(str(Path(pip.__file__).parents[1]))
    (folder / "incipit.stamp").write_text(dev_environment.stamp_of(checkout))
    before = sorted(folder.rglob("*"))

    python = dev_environment.ensure(checkout)

    assert python == dev_environment.python_of(folder)
    assert sorted(folder.rglob("*")) == before


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("ERROR: [Errno 28] No space left on device", "The disk is full"),
        (
            "NewConnectionError: no name resolution\nERROR: No matching distribution found for x",
            "could not be reached",
        ),
        ("SSLError(SSLCertVerificationError(1, 'CERTIFICATE_VERIFY_FAILED'", "certificate"),
        ("ERROR: No matching distribution found for numpy==9.9", "has no numpy==9.9 for Python"),
        ("error: command '/usr/bin/gcc' failed with exit code 1", "Install a C compiler"),
        ("error: [Errno 13] Permission denied: '/opt/a'", "Make the checkout writable"),
        ("noise\nERROR: Cannot install a and b\nnote: hint", "ERROR: Cannot install a and b"),
    ],
)
def test_what_pip_says_becomes_a_sentence_and_what_to_do(said: str, told: str) -> None:
    assert told in dev_environment.explain(said)


def test_missing_libraries_are_named_with_their_packages() -> None:
    advice = dev_system.advice([dev_system.Need("libEGL.so.1", "libegl1"), dev_system.XCB[1]])

    assert "libEGL.so.1, libxcb-cursor.so.0" in advice
    assert "libegl1 libxcb-cursor0" in advice


@pytest.mark.skipif("sys.platform != 'linux'", reason="the libraries are those of Linux")
def test_every_library_of_the_list_is_a_name_that_the_loader_knows() -> None:
    needs = dev_system.QT + dev_system.XCB
    present = {need.soname for need in needs if dev_system.loads(need.soname)}

    assert {need.soname for need in dev_system.QT} <= present
    assert not dev_system.loads("libincipit-is-no-library.so.1")


def test_ci_calls_the_one_command_word_for_word() -> None:
    lines = (TOP / ".ci" / "run").read_text("ascii").splitlines()

    assert lines[-1] == "python3 packaging/dev.py test"


def test_checks_cover_format_lint_types_and_imports() -> None:
    assert [name for name, _ in dev_commands.CHECKS] == [
        "ruff format", "ruff check", "mypy", "mypy packaging", "lint-imports"
    ]  # fmt: skip


def _is_old(command: str) -> bool:
    try:
        result = subprocess.run([command, "-c", ""], capture_output=True)
    except OSError:
        return False
    return result.returncode == 0
