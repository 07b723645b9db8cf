"""Processes of the product that kill themselves at a faultpoint.

Importing the product takes seconds of computing, so it is imported once, by a process that is then forked for
each of them. That one is this module run as a program: it reads a command a line and answers each by a line.
"""

import importlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from dev.tether import die_with_parent, tethered

BACKEND = Path(__file__).resolve().parents[2]
DEATH_TIMEOUT = 60.0


class Doomed:
    """What forks them. Whatever still lives at its end ends with it."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def web(self, *, port: int, fault: str, application: str = "config.wsgi") -> int:
        """Serve the product at ``port``; return the process's id."""
        return self._tell("web", fault, str(port), application)

    def worker(self, *, fault: str) -> int:
        """Work on the queue; return the process's id."""
        return self._tell("worker", fault)

    def send(self, task: str) -> None:
        """Put a task into the queue, as the clock does."""
        self._tell("send", "", task)

    def wait_for_death(self, pid: int) -> None:
        """Wait until the process has killed itself."""
        deadline = time.monotonic() + DEATH_TIMEOUT
        while not (ended := self._tell("poll", "", str(pid))):
            assert time.monotonic() < deadline, "The process passed its faultpoint alive."
            time.sleep(0.02)
        assert ended == -signal.SIGKILL, f"The process ended by itself (exit {ended})."

    def _tell(self, *words: str) -> int:
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write("\t".join(words) + "\n")
        self._process.stdin.flush()
        return int(self._process.stdout.readline())


@contextmanager
def doomed_processes(*, env: dict[str, str], log: Path) -> Iterator[Doomed]:
    with log.open("ab") as words:
        process = subprocess.Popen(
            tethered([sys.executable, "-m", __name__], on_parent_death=signal.SIGKILL),
            cwd=BACKEND,
            env=env,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=words,
            text=True,
        )
    with process:
        yield Doomed(process)
        process.kill()


def main() -> None:
    import django
    from django.urls import get_resolver

    from config.celery import app

    django.setup()
    assert get_resolver().url_patterns
    app.loader.import_default_modules()
    answers = os.fdopen(os.dup(1), "w", buffering=1)
    os.dup2(2, 1)  # what children print belongs into the log
    for line in sys.stdin:
        command, fault, *rest = line.rstrip("\n").split("\t")
        match command:
            case "poll":
                pid, status = os.waitpid(int(rest[0]), os.WNOHANG)
                answers.write(f"{os.waitstatus_to_exitcode(status) if pid else 0}\n")
            case "send":
                app.send_task(rest[0])
                answers.write("0\n")
            case _:
                if not (pid := os.fork()):
                    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
                    die_with_parent(signal.SIGKILL)
                    live(command, fault, *rest)
                answers.write(f"{pid}\n")


def live(role: str, fault: str, port: str = "", application: str = "") -> None:
    """Be a web process or a worker until the faultpoint is reached."""
    from django.conf import settings
    from django.core.servers import basehttp

    from config.celery import app
    from delux.core import faults

    settings.FAULTPOINT = fault
    importlib.reload(faults)
    if role == "web":
        serve = importlib.import_module(application).application
        basehttp.run("127.0.0.1", int(port), serve, threading=True)
    else:
        app.worker_main(
            [
                "--quiet",
                "worker",
                "--pool",
                "threads",
                "--concurrency",
                "4",
                "--without-mingle",
                "--without-gossip",
            ]
        )
    os._exit(0)


if __name__ == "__main__":
    main()
