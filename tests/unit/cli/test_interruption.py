from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading

import pytest

from incipit.cli.interruption import run_interruptibly


class Order:
    def __init__(self):
        self.ended = threading.Event()
        self.words = []

    def cancel(self):
        self.words.append("cancel")
        self.ended.set()

    def stop(self):
        self.words.append("stop")
        self.ended.set()


def test_result_and_errors_come_back():
    assert run_interruptibly(lambda: 5, Order()) == 5

    with pytest.raises(KeyError):
        run_interruptibly(lambda: {}["missing"], Order())


@pytest.mark.skipif(sys.platform == "win32", reason="a process cannot send itself Ctrl+C there")
@pytest.mark.parametrize(("number", "word"), [(signal.SIGINT, "cancel"), (signal.SIGTERM, "stop")])
def test_signals_become_orders_and_the_work_ends_itself(number, word):
    order = Order()

    def work():
        os.kill(os.getpid(), number)
        assert order.ended.wait(10)
        return "kept"

    assert run_interruptibly(work, order) == "kept"
    assert order.words == [word]


def test_handlers_are_as_before_afterwards():
    before = signal.getsignal(signal.SIGINT), signal.getsignal(signal.SIGTERM)

    run_interruptibly(lambda: None, Order())

    assert (signal.getsignal(signal.SIGINT), signal.getsignal(signal.SIGTERM)) == before


def test_waiting_is_told_of():
    told = []
    enough = threading.Event()

    def idle(waited_s):
        told.append(waited_s)
        if len(told) == 2:
            enough.set()

    run_interruptibly(lambda: enough.wait(10), Order(), idle)

    assert told == sorted(told)
    assert len(told) >= 2


@pytest.mark.skipif(sys.platform == "win32", reason="masks of signals are of POSIX")
def test_processes_of_the_work_are_deaf_to_ctrl_c():
    code = "import os, signal; os.kill(os.getpid(), signal.SIGINT); print('alive')"

    done = run_interruptibly(
        lambda: subprocess.run([sys.executable, "-c", code], capture_output=True), Order()
    )

    assert done.stdout.strip() == b"alive"
