"""The supervisor, from outside: real signals, real processes, tiny ones."""

import os
import pty
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from dev.console import ROOT
from dev.processes import alive, processes_in

# Says its number, then waits; the second one has a child of its own that ignores every polite request.
PLAIN = "echo $$ >> {0}.pid; exec sleep 600"
STUBBORN = "trap '' TERM INT HUP"
FAMILY = f"{STUBBORN}; echo $$ >> {{0}}.pid; sh -c 'echo $$ >> {{0}}.child; sleep 600' & wait"


class TinyProduct:
    def __init__(self, folder: Path, **scripts: str) -> None:
        self.folder = folder
        services = [f"{name}={script.format(name)}" for name, script in scripts.items()]
        self.process = subprocess.Popen(
            [sys.executable, "-m", "dev.tests.tiny_product", str(folder), *services],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        self.said: list[str] = []

    def hear(self, pattern: str) -> str:
        """Read on until the supervisor says something that matches."""
        assert self.process.stdout
        for line in self.process.stdout:
            self.said.append(line)
            if re.search(pattern, line):
                return line
        raise AssertionError(f"never said {pattern!r}, but:\n{''.join(self.said)}")

    def pid(self, name: str, *, suffix: str = "pid", number: int = 1) -> int:
        """Return the process id a service has written down on its ``number``-th start."""
        file = self.folder / f"{name}.{suffix}"
        deadline = time.monotonic() + 15
        while not file.exists() or len(file.read_text().split()) < number:
            assert time.monotonic() < deadline, f"{name} has not started {number} times"
            time.sleep(0.02)
        return int(file.read_text().split()[number - 1])

    def finish(self) -> str:
        """Wait for the end; return everything said."""
        rest, _ = self.process.communicate(timeout=20)
        return "".join(self.said) + rest


@pytest.fixture
def start(folder: Path) -> Iterator[Callable[..., TinyProduct]]:
    started: list[TinyProduct] = []

    def launch(**scripts: str) -> TinyProduct:
        started.append(TinyProduct(folder, **scripts))
        return started[-1]

    yield launch
    for product in started:
        if product.process.poll() is None:
            product.process.kill()
            product.process.wait()
        if product.process.stdout:
            product.process.stdout.close()
    for pid in processes_in(folder):
        os.kill(pid, signal.SIGKILL)


@pytest.mark.parametrize("request_to_stop", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_request_to_stop_ends_everything_within_five_seconds(start, folder: Path, request_to_stop) -> None:
    product = start(database=PLAIN, web=FAMILY, worker=PLAIN)
    product.hear("^up")
    pids = [
        product.pid("database"),
        product.pid("web"),
        product.pid("web", suffix="child"),
        product.pid("worker"),
    ]
    asked_at = time.monotonic()

    product.process.send_signal(request_to_stop)
    said = product.finish()

    assert time.monotonic() - asked_at < 5
    assert "down" in said
    assert [pid for pid in pids if psutil.pid_exists(pid)] == []
    assert processes_in(folder) == []


def test_a_second_ctrl_c_does_not_wait_for_those_who_will_not_go(start, folder: Path) -> None:
    product = start(database=PLAIN, web=FAMILY)
    product.hear("^up")
    product.pid("web", suffix="child")
    asked_at = time.monotonic()

    product.process.send_signal(signal.SIGINT)
    time.sleep(0.3)
    product.process.send_signal(signal.SIGINT)
    product.finish()

    assert time.monotonic() - asked_at < 2
    assert processes_in(folder) == []


def test_the_foundation_goes_last(start, folder: Path, eventually) -> None:
    product = start(
        database="trap 'echo database >> order; exit' TERM; echo > one; while :; do sleep 0.05; done",
        web="trap 'sleep 0.3; echo web >> order; exit' TERM; echo > two; while :; do sleep 0.05; done",
    )
    product.hear("^up")
    eventually((folder / "one").exists)
    eventually((folder / "two").exists)

    product.process.send_signal(signal.SIGTERM)
    product.finish()

    assert (folder / "order").read_text().split() == ["web", "database"]


def test_a_slow_database_is_told_to_hurry_before_it_is_killed(start, folder: Path, eventually) -> None:
    deaf = "trap '' TERM INT HUP; trap 'echo left in order > order; exit' QUIT; echo > deaf"
    product = start(database=f"{deaf}; while :; do sleep 0.05; done", web=PLAIN)
    product.hear("^up")
    eventually((folder / "deaf").exists)
    asked_at = time.monotonic()

    product.process.send_signal(signal.SIGTERM)
    product.finish()

    assert time.monotonic() - asked_at < 5
    assert (folder / "order").read_text() == "left in order\n"


def test_a_killed_child_is_named_and_started_again(start) -> None:
    product = start(database=PLAIN, web=PLAIN)
    product.hear("^up")

    os.kill(product.pid("web"), signal.SIGKILL)

    assert "web was killed (SIGKILL): started again" in product.hear("web")
    assert alive(product.pid("web", number=2))
    assert product.process.poll() is None


def test_a_killed_child_leaves_no_grandchildren_and_no_zombies(start, eventually) -> None:
    product = start(database=PLAIN, web=FAMILY)
    product.hear("^up")
    grandchild = product.pid("web", suffix="child")

    os.kill(product.pid("web"), signal.SIGKILL)
    product.hear("started again")

    eventually(lambda: not psutil.pid_exists(grandchild))
    second = product.pid("web", suffix="child", number=2)
    assert alive(second)
    zombies = [each for each in psutil.Process(product.process.pid).children() if each.status() == "zombie"]
    assert zombies == []


def test_a_killed_grandchild_outside_its_group_is_buried(start, eventually) -> None:
    product = start(database="setsid sh -c 'echo $$ > away.pid; exec sleep 600' & " + PLAIN)
    product.hear("^up")
    away = product.pid("away")
    os.kill(product.pid("database"), signal.SIGKILL)
    product.hear("started again")

    os.kill(away, signal.SIGKILL)

    eventually(lambda: not psutil.pid_exists(away))


def test_a_child_that_keeps_dying_ends_the_product_with_its_last_words(start, folder: Path) -> None:
    product = start(database=PLAIN, web="echo 'no such table: shoes'; exit 3")

    said = product.finish()

    assert product.process.returncode == 1
    assert "web ended by itself (exit 3), 4 times within a minute: giving up" in said
    assert "no such table: shoes" in said.rpartition("giving up")[2]
    assert processes_in(folder) == []


def test_a_killed_supervisor_takes_everyone_along(start, folder: Path, eventually) -> None:
    product = start(database=PLAIN, web=FAMILY)
    product.hear("^up")
    product.pid("web", suffix="child")

    product.process.kill()
    product.process.wait()

    eventually(lambda: processes_in(folder) == [])


def test_a_killed_guard_is_replaced_and_knows_everyone(start, folder: Path, eventually) -> None:
    product = start(database=PLAIN, web=FAMILY)
    product.hear("^up")
    product.pid("web", suffix="child")
    [guard] = [
        child
        for child in psutil.Process(product.process.pid).children()
        if any(part.endswith("guard.py") for part in child.cmdline())
    ]

    guard.kill()
    product.hear("guard was killed")
    product.process.kill()
    product.process.wait()

    eventually(lambda: processes_in(folder) == [])


def test_a_closed_terminal_ends_the_product(folder: Path, eventually) -> None:
    terminal, end_of_product = pty.openpty()
    product = subprocess.Popen(
        [sys.executable, "-m", "dev.tests.tiny_product", str(folder), "web=" + FAMILY.format("web")],
        cwd=ROOT,
        stdin=end_of_product,
        stdout=end_of_product,
        stderr=end_of_product,
        start_new_session=True,
        preexec_fn=take_terminal,  # noqa: PLW1509 - no threads here
    )
    os.close(end_of_product)
    eventually((folder / "web.child").exists)

    os.close(terminal)

    product.wait(10)
    assert processes_in(folder) == []


def take_terminal() -> None:
    import fcntl
    import termios

    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


def test_words_of_children_reach_their_logs_and_the_terminal_with_their_name(start, folder: Path) -> None:
    product = start(web="echo hello; " + PLAIN)

    assert product.hear("hello") == "web      | hello\n"
    assert (folder / "web.log").read_text() == "hello\n"


def test_a_changed_source_starts_its_service_again(start, folder: Path) -> None:
    (folder / "module.py").write_text("one = 1\n")
    product = start(web=PLAIN, reloading=PLAIN)
    product.hear("^up")
    first = product.pid("reloading")
    later = time.time() + 5

    os.utime(folder / "module.py", (later, later))

    product.hear("reloading: source changed")
    assert alive(product.pid("reloading", number=2))
    assert not alive(first)
    assert len((folder / "web.pid").read_text().split()) == 1
