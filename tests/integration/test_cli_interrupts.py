"""A terminal, a pipe that closes, and Ctrl+C at any moment."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
import time

import pytest
from command_line import CommandLine, command, environment

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="terminals and signals of POSIX")

_TIMEOUT_S = 60


@pytest.fixture
def incipit(tmp_path):
    return CommandLine(tmp_path / "library")


@pytest.fixture
def many_files(tmp_path):
    """Enough text for workers and several batches."""
    folder = tmp_path / "many"
    folder.mkdir()
    line = "document {} about the ministers of many lands and what they said of it all\n"
    for number in range(3000):
        (folder / f"{number:05}.txt").write_text(line.format(number) * 100)
    return folder


class Terminal:
    """A process whose standard error is a terminal, in a process group of its own."""

    def __init__(self, *arguments):
        ours, theirs = os.openpty()
        self.process = subprocess.Popen(
            command(*arguments),
            stdout=subprocess.PIPE,
            stderr=theirs,
            env=environment(TERM="xterm"),
            start_new_session=True,
        )
        os.close(theirs)
        self._terminal = ours
        self.seen = ""

    def wait_for(self, words):
        """Read from the terminal until ``words`` were written."""
        deadline = time.monotonic() + _TIMEOUT_S
        while words not in self.seen:
            assert time.monotonic() < deadline, self.seen
            assert self._read(), self.seen

    def press_ctrl_c(self):
        """Send what the terminal sends: the signal to every process of the group."""
        os.killpg(self.process.pid, signal.SIGINT)

    def end(self):
        """Wait for the end; return the exit code and what was written to standard output."""
        while self._read():
            pass
        output = self.process.stdout.read().decode()
        code = self.process.wait(_TIMEOUT_S)
        self.process.stdout.close()
        os.close(self._terminal)
        return code, output

    def _read(self):
        """Read on and return whether the terminal is still open on the other side."""
        ready, _, _ = select.select([self._terminal], [], [], _TIMEOUT_S)
        assert ready, "the program is silent and does not end"
        try:
            part = os.read(self._terminal, 65536)
        except OSError:
            return False
        self.seen += part.decode("utf-8", "replace")
        return bool(part)


def test_terminal_shows_progress_and_is_left_clean(incipit, many_files):
    terminal = Terminal("import", many_files, "--library", incipit.library)

    code, output = terminal.end()

    assert code == 0
    assert output.startswith("3,000 added")
    assert "Importing" in terminal.seen
    assert "of 3,000" in terminal.seen
    assert terminal.seen.endswith("\r\x1b[K")


def test_pipes_get_no_progress(incipit, many_files):
    done = incipit.run("import", many_files)

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.count("\n") == 1


def test_ctrl_c_keeps_what_was_committed_and_says_so(incipit, many_files):
    terminal = Terminal("import", many_files, "--library", incipit.library)
    terminal.wait_for("Importing")
    terminal.press_ctrl_c()

    code, output = terminal.end()

    assert code == 130
    assert "Traceback" not in terminal.seen
    assert "KeyboardInterrupt" not in terminal.seen
    assert "what was added is kept" in output
    kept = int(output.split(" added")[0].replace(",", ""))
    assert incipit.json("stats", "--json")[0]["documents"] == kept
    assert incipit.succeed("import", many_files).startswith(f"{3000 - kept:,} added")
    assert incipit.run("check").returncode == 0


def test_ctrl_c_while_the_workers_start_is_as_clean(incipit, many_files):
    terminal = Terminal("import", many_files, "--library", incipit.library)
    terminal.wait_for("Looking for files")
    terminal.press_ctrl_c()

    code, _ = terminal.end()

    assert code == 130
    assert "Traceback" not in terminal.seen
    assert "Exception" not in terminal.seen


def test_polite_kill_ends_the_import_to_be_taken_up_again(incipit, many_files):
    terminal = Terminal("import", many_files, "--library", incipit.library)
    terminal.wait_for("Importing")
    terminal.process.terminate()

    code, _ = terminal.end()

    assert code != 0
    assert "Traceback" not in terminal.seen
    assert incipit.run("check").returncode == 0


def test_closed_pipe_ends_the_output_quietly(incipit, many_files):
    incipit.succeed("import", many_files)
    process = subprocess.Popen(
        command("list", "--json", "--library", incipit.library),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(),
    )
    process.stdout.read(1000)
    process.stdout.close()

    error = process.stderr.read()
    process.stderr.close()

    assert process.wait(_TIMEOUT_S) == 141
    assert error == b""


def test_second_writer_waits_and_says_for_whom(incipit, many_files):
    first = Terminal("import", many_files, "--library", incipit.library)
    first.wait_for("Importing")
    first.process.send_signal(signal.SIGSTOP)
    try:
        second = Terminal("rebuild", "--library", incipit.library)
        second.wait_for(f"process {first.process.pid}")
        second.press_ctrl_c()
        code, _ = second.end()
    finally:
        first.process.send_signal(signal.SIGCONT)

    assert code == 130
    assert first.end()[0] == 0
