"""Nothing in the repository belongs to one machine, or names where packages come from."""

from __future__ import annotations

import re
from pathlib import Path

#: The hosts that may be named, and why.
HOSTS = {
    "www.debian.org": "the name of the format of copyright files, never fetched",
    "www.w3.org": "the name of the SVG namespace, never fetched",
    "example.com": "examples and tests",
    "example.net": "examples and tests",
    "example.org": "examples and tests",
}

#: The texts of licences name hosts as their authors wrote them; none is ever fetched.
TEXTS_OF_OTHERS = Path("resources/licences")

URL = re.compile(rb"(?:https?|ftp|git\+ssh)://([A-Za-z0-9.-]+)")

#: Homes and work trees of particular machines, and the variables of package clients. Written in
#: pieces, since this file is looked at too.
FORBIDDEN = re.compile(
    rb"(?<![\w.~-])/(?:ro" rb"ot|wo" rb"rk)/|extra-index" rb"-url|--index" rb"-url"
    rb"|py" rb"pi\.org|python" rb"hosted|npm" rb"js\.|deb\.deb" rb"ian|security\.deb" rb"ian"
)  # fmt: skip


def test_every_host_that_is_named_has_a_reason(top: Path, tracked: tuple[Path, ...]) -> None:
    found = {
        f"{path}: {host.decode()}"
        for path in tracked
        if not path.is_relative_to(TEXTS_OF_OTHERS)
        for host in URL.findall((top / path).read_bytes())
        if host.decode().lower() not in HOSTS
    }

    assert found == set()


def test_no_machine_and_no_package_host_is_named(top: Path, tracked: tuple[Path, ...]) -> None:
    found = {
        f"{path}: {match[0].decode()}"
        for path in tracked
        for match in FORBIDDEN.finditer((top / path).read_bytes())
    }

    assert found == set()


def test_the_pattern_finds_what_it_should() -> None:
    names = [b"/ro" + b"ot/texts", b"see /wo" + b"rk/main", b"files.python" + b"hosted.org"]
    innocent = [b"home/work/texts", b"~/work/a", b"in word/work/life", b"deb package"]

    assert all(FORBIDDEN.search(name) for name in names)
    assert not any(FORBIDDEN.search(name) for name in innocent)


def test_pins_are_versions_only(top: Path) -> None:
    lines = (top / "packaging" / "constraints.txt").read_text("ascii").splitlines()
    pins = [line for line in lines if line and not line.startswith("#")]

    assert [line for line in pins if not re.fullmatch(r"[A-Za-z0-9._-]+==[0-9][\w.]*", line)] == []
    assert len(pins) > 20
    assert pins == sorted(pins, key=str.lower)


def test_every_dependency_is_pinned(top: Path) -> None:
    pyproject = (top / "pyproject.toml").read_text("utf-8")
    pins = (top / "packaging" / "constraints.txt").read_text("ascii").lower().replace("_", "-")
    wanted = re.findall(r'^    "([A-Za-z0-9-]+)(?:[~><=].*)?",$', pyproject, re.MULTILINE)

    unpinned = [name for name in wanted if f"\n{name.lower()}==" not in pins]

    assert len(wanted) >= 14
    assert unpinned == []
