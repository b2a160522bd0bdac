"""The command line as a process: its streams, its exit codes, and names of every kind."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from command_line import CommandLine, command, environment
from real_corpora import corpus_folder


@pytest.fixture
def incipit(tmp_path):
    return CommandLine(tmp_path / "library")


@pytest.fixture
def files(tmp_path):
    folder = tmp_path / "files"
    folder.mkdir()
    (folder / "one.txt").write_text("Minister calls S-400 deal final\n", "utf-8")
    (folder / "two.txt").write_text(
        "der zweite Text heißt „zwei“\r\nzebra\r\n", "utf-8", newline=""
    )
    return folder


def test_a_whole_day(incipit, files, tmp_path):
    assert incipit.succeed("import", files).startswith("2 added")
    assert incipit.succeed("import", files).startswith("0 added, 2 unchanged")
    (found,) = incipit.json("search", "s-400", "--json")
    assert found["path"] == str(files / "one.txt")
    assert found["hits"] == 1
    assert incipit.succeed("show", found["id"]) == "Minister calls S-400 deal final\n"
    assert "incipit remove --undo 1" in incipit.succeed("remove", found["id"])
    assert incipit.run("search", "s-400").returncode == 1
    incipit.succeed("backup", tmp_path / "copy.db")
    incipit.succeed("remove", "--undo")
    assert incipit.succeed("rebuild").startswith("2 documents indexed")
    assert "sound" in incipit.succeed("check")
    assert incipit.json("stats", "--json")[0]["documents"] == 2


def test_text_in_a_pipe_is_what_is_stored_byte_for_byte(incipit, files):
    incipit.succeed("import", files)
    (found,) = incipit.json("search", "zebra", "--json")

    done = subprocess.run(
        command("show", found["id"], "--library", incipit.library),
        capture_output=True,
        env=environment(PYTHONIOENCODING="ascii"),
    )

    assert done.stdout == "der zweite Text heißt „zwei“\nzebra\n".encode()


@pytest.mark.skipif(sys.platform != "linux", reason="such names exist on Linux only")
def test_names_that_are_not_text_print_safely(incipit, files):
    name = os.fsdecode(b"caf\xe9\x1b[31m\n\xff.txt")
    (files / name).write_text("the only giraffe")

    incipit.succeed("import", files)
    table = incipit.succeed("search", "giraffe")
    (found,) = incipit.json("search", "giraffe", "--json")

    assert len(table.splitlines()) == 2
    assert "caf\\udce9\\x1b[31m\\n\\udcff.txt" in table
    assert found["path"] == str(files / name)
    listed = incipit.json("list", "--json")
    assert str(files / name) in [one["path"] for one in listed]


def test_poor_environment_gets_escapes_and_no_error(incipit, files):
    (files / "pound.txt").write_text("£ and ✓ and 日本\n\ngiraffe", "utf-8")
    incipit.succeed("import", files)

    done = incipit.run(
        "search", "giraffe", PYTHONIOENCODING="ascii", PYTHONUTF8="0", LC_ALL="POSIX"
    )

    assert (done.returncode, "Traceback" in done.stderr) == (0, False)


def test_program_explains_itself_without_a_screen(incipit):
    said = incipit.run("--help", QT_QPA_PLATFORM="none", DISPLAY="")

    assert said.returncode == 0
    assert "import" in said.stdout
    assert incipit.succeed("--version").startswith("incipit ")
    assert incipit.run("search", "a", "--colour").returncode == 2
    assert not incipit.library.exists()


def test_one_window_of_many_speaks_of_the_s_400(incipit):
    said = incipit.succeed("import", corpus_folder("news-windows"))
    assert said.startswith("615 added, 0 unchanged, 0 updated, 0 failed")

    for query in ("S-400", "s-400", '"s 400"'):
        (found,) = incipit.json("search", query, "--json")
        assert Path(found["path"]).name == "000_4db5420f71583dae.txt"
        assert found["hits"] == 17
        assert incipit.json("search", query, "--count") == [{"documents": 1, "hits": 17}]


def test_one_window_by_itself(incipit):
    incipit.succeed("import", corpus_folder("news-windows") / "000_4db5420f71583dae.txt")

    hits = {
        query: incipit.json("search", query, "--count")[0]["hits"]
        for query in ("F-35", "U.S.", "isn't", '"mr trump s"', '"Mr. Trump\'s"')
    }

    assert list(hits.values()) == [3, 13, 2, 2, 2]
    # Of 1,371: both ends of a slab may be torn.
    assert incipit.json("stats", "--json")[0]["words"] == 1369


def test_articles_come_whole_with_their_headlines(incipit):
    folder = corpus_folder("bbc")

    assert incipit.succeed("import", folder).startswith(
        "2,225 added, 0 unchanged, 0 updated, 0 failed"
    )

    listed = incipit.json("list", "--json")
    wrong = []
    for one in listed:
        data = Path(one["path"]).read_bytes()
        headline = data.split(b"\n", 1)[0].decode("utf-8", "replace").strip()
        if "\ufffd" not in headline and headline.split() != one["title"].split():
            wrong.append((headline, one["title"]))
    assert wrong == []
    assert json.loads(incipit.succeed("stats", "--json"))["documents"] == 2225
    with_pound = [one for one in listed if "£".encode() in Path(one["path"]).read_bytes()]
    assert with_pound
    assert all("£" in incipit.succeed("show", one["id"]) for one in with_pound[:5])


def test_a_concordance_ends_cleanly_when_nobody_reads_on(incipit, tmp_path):
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(60):
        (folder / f"{number}.txt").write_text("the ferry and the boat " * 200, "utf-8")
    incipit.succeed("import", folder)
    reading = subprocess.Popen(
        command("kwic", "ferry", "--json", "--library", incipit.library),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(),
    )
    first = json.loads(reading.stdout.readline())
    reading.stdout.close()

    assert first["hit"] == "ferry"
    assert reading.stderr.read() == b""
    reading.stderr.close()
    assert reading.wait() != 0
