"""The house is laid out as agreed, and its modules stay small and tested."""

from __future__ import annotations

import ast
from pathlib import Path

TOP_LEVEL = {
    ".ci",
    ".gitattributes",
    ".gitignore",
    "CHANGELOG.md",
    "LICENSE",
    "README.md",
    "desktop",
    "packaging",
    "pyproject.toml",
    "resources",
    "tests",
}

ROOMS = {"app", "ui", "cli", "services", "analysis", "index", "store", "text", "models"}
ON_THE_STAIRS = {"__init__.py", "__main__.py", "errors.py", "paths.py"}

LONGEST_MODULE = 400

#: Modules without a test file of their own, and why none is wanted.
UNTESTED = {
    "incipit.models.columns": "a protocol without behaviour",
    "incipit.models.damages": "values without behaviour",
    "incipit.models.documents": "values without behaviour",
    "incipit.models.jobs": "values without behaviour",
    "incipit.models.searching": "values without behaviour",
}


def test_top_level_holds_the_agreed_names_only(tracked: tuple[Path, ...]) -> None:
    found = {path.parts[0] for path in tracked}

    assert found <= TOP_LEVEL, f"not agreed: {sorted(found - TOP_LEVEL)}"
    missing = TOP_LEVEL - found - {".gitattributes"}
    assert not missing, f"missing: {sorted(missing)}"


def test_package_holds_the_agreed_rooms_only(tracked: tuple[Path, ...]) -> None:
    inside = [path.relative_to("desktop") for path in tracked if path.parts[0] == "desktop"]

    assert {path.parts[0] for path in inside} == {"incipit"}
    assert {path.parts[1] for path in inside if len(path.parts) > 2} == ROOMS
    assert {path.parts[1] for path in inside if len(path.parts) == 2} <= ON_THE_STAIRS


def test_every_folder_of_modules_is_a_package(modules: dict[str, Path]) -> None:
    folders = {path.parent for path in modules.values()}

    assert [folder for folder in folders if not (folder / "__init__.py").is_file()] == []


def test_no_module_is_too_long_to_read(top: Path, modules: dict[str, Path]) -> None:
    files = [*modules.values(), *(top / "packaging").rglob("*.py")]
    lengths = {path.name: len(path.read_text("utf-8").splitlines()) for path in files}

    too_long = {name: length for name, length in lengths.items() if length > LONGEST_MODULE}

    assert too_long == {}


def test_every_module_has_a_test_file_or_a_reason(top: Path, modules: dict[str, Path]) -> None:
    bare = {
        name
        for name, path in modules.items()
        if path.name != "__init__.py" and not _test_files(top, name)
    }

    assert bare - UNTESTED.keys() == set(), "modules without a test file"
    assert UNTESTED.keys() - bare == set(), "these have a test file, or are gone"


def test_no_test_file_is_without_tests(top: Path) -> None:
    empty = [
        path.name
        for path in (top / "tests").rglob("test_*.py")
        if not any(_is_test(node) for node in ast.walk(ast.parse(path.read_text("utf-8"))))
    ]

    assert empty == []


def test_unit_tests_mirror_the_package(top: Path, modules: dict[str, Path]) -> None:
    unit = top / "tests" / "unit"
    named = {path for name in modules for path in _test_files(top, name)}

    astray = {str(path.relative_to(unit)) for path in {*unit.rglob("test_*.py")} - named}

    assert astray == set(), "unit tests that are named for no module"


def _test_files(top: Path, module: str) -> list[Path]:
    """Return the unit tests of a module: test_NAME.py, or several named test_NAME_*.py."""
    *folders, name = module.split(".")[1:] or ["incipit"]
    folder = top.joinpath("tests", "unit", *folders)
    stem = name.strip("_")
    return [*folder.glob(f"test_{stem}.py"), *folder.glob(f"test_{stem}_*.py")]


def _is_test(node: ast.AST) -> bool:
    if isinstance(node, ast.ClassDef):  # hypothesis's state machines
        return node.name.startswith("Test")
    if isinstance(node, ast.FunctionDef):
        return node.name.startswith("test_")
    return isinstance(node, ast.Assign) and any(
        isinstance(target, ast.Name) and target.id.startswith("Test") for target in node.targets
    )
