"""What these tests look at: the files of the repository, as they stand on the disk."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

TOP = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def top() -> Path:
    """Return the folder of the checkout."""
    return TOP


@pytest.fixture(scope="session")
def tracked(top: Path) -> tuple[Path, ...]:
    """Return every file that git tracks, relative to the top."""
    result = subprocess.run(
        ["git", "ls-files", "-z"], cwd=top, capture_output=True, text=True, check=True
    )
    names = [name for name in result.stdout.split("\0") if name]
    return tuple(Path(name) for name in names if (top / name).is_file())


@pytest.fixture(scope="session")
def modules(top: Path) -> dict[str, Path]:
    """Return the modules of the package: dotted names and files."""
    desktop = top / "desktop"
    return {
        ".".join(path.relative_to(desktop).with_suffix("").parts).removesuffix(".__init__"): path
        for path in sorted((desktop / "incipit").rglob("*.py"))
    }
