"""One foreground process that owns all others: starts them, says when one dies, ends them all together.

Nothing outlives it. On Ctrl-C, SIGTERM or a closed terminal it stops its services within five seconds; when
it is itself killed, the kernel takes its children (`tether`) and the guard takes theirs.
"""

import os
import signal
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from dev.console import DevError, say
from dev.processes import tail
from dev.tether import become_subreaper, tethered

# Together with the second for the foundations these stay within the five seconds of `Supervisor.stop`.
STOP_PATIENCE = 2.5
HURRY_PATIENCE = 1.0
RESTART_LIMIT = 5
RESTART_WINDOW = 60.0
LOG_LIMIT = 5_000_000

Process = subprocess.Popen[bytes]


@dataclass
class Service:
    """A process to keep running. ``launch`` starts it (again) and returns it once it may be relied upon."""

    name: str
    launch: Callable[[], Process]
    stop_signal: signal.Signals = signal.SIGTERM
    # Sent to one that has not left in time, before it is killed: PostgreSQL can still leave in order.
    hurry_signal: signal.Signals | None = None
    # Others rely on it, so it goes after them.
    foundation: bool = False
    log: Path | None = None
    # Restarted when a source file below this folder changes.
    sources: Path | None = None
    process: Process | None = None
    deaths: deque[float] = field(default_factory=deque)
    newest_source: float = 0.0


class Supervisor:
    """Keeps services running in the order given and stops them in the opposite one."""

    def __init__(self, *, restart_limit: int = RESTART_LIMIT, stop_patience: float = STOP_PATIENCE) -> None:
        self.services: list[Service] = []
        self.restart_limit = restart_limit
        self.stop_patience = stop_patience
        self.stop_requests: list[signal.Signals] = []
        self._guard = Service("guard", self._launch_guard)
        become_subreaper()
        for stop in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(stop, self._on_stop_signal)
        self._start(self._guard)

    def start(self, service: Service) -> None:
        """Start a service and keep it running from now on.

        :raises Stopped: a stop was asked for meanwhile
        """
        self.services.append(service)
        self._start(service)
        self.raise_if_stopped()

    def raise_if_stopped(self) -> None:
        """Leave a long preparation early when a stop was asked for."""
        if self.stop_requests:
            raise Stopped

    def run_to_end(
        self, command: Sequence[str | Path], *, log: Path, cwd: Path, env: Mapping[str, str]
    ) -> None:
        """Run a command that ends by itself, such as a migration.

        :raises DevError: it failed; the message ends with its last words
        :raises Stopped: a stop was asked for meanwhile, and the command was ended
        """
        once = process_service("", command, log=log, cwd=cwd, env=env, show=nothing)
        log.unlink(missing_ok=True)
        self._start(once)
        while once.process and once.process.poll() is None and not self.stop_requests:
            time.sleep(0.02)
        code = once.process.poll() if once.process else None
        self._end_group(once)
        self.raise_if_stopped()
        if code != 0:
            named = " ".join(str(part) for part in command[1:4])
            raise DevError(f"`{named}` failed (exit {code}).{last_words(once)}")

    def watch(self, *, until: Callable[[], bool] = lambda: False, interval: float = 0.1) -> None:
        """Keep everything running until a stop is asked for or ``until`` says so.

        :raises DevError: a service keeps dying; the message ends with its last words
        """
        last_source_check = time.monotonic()
        while not self.stop_requests and not until():
            for service in [self._guard, *self.services]:
                self._revive(service)
            self._reap_orphans()
            if time.monotonic() - last_source_check > 1:
                last_source_check = time.monotonic()
                self._reload_changed()
            time.sleep(interval)

    def stop(self) -> None:
        """End every service: politely, then for certain. Takes at most five seconds; safe to repeat."""
        asked_before = len(self.stop_requests)
        running = [service for service in self.services if service.process]
        dependants = [service for service in running if not service.foundation]
        foundations = [service for service in running if service.foundation]
        for stage, patience in ((dependants, self.stop_patience), (foundations, 1.0)):
            for service in reversed(stage):
                signal_group_leader(service, service.stop_signal)
            deadline = time.monotonic() + patience
            while any(service.process and service.process.poll() is None for service in stage):
                # A second Ctrl-C means now.
                if time.monotonic() > deadline or len(self.stop_requests) > max(asked_before, 1):
                    break
                time.sleep(0.02)
            for service in stage:
                if service.hurry_signal and service.process and service.process.poll() is None:
                    service.process.send_signal(service.hurry_signal)
                    with suppress(subprocess.TimeoutExpired):
                        service.process.wait(HURRY_PATIENCE)
                self._end_group(service)
        if self._guard.process and self._guard.process.stdin:
            with suppress(OSError):
                self._guard.process.stdin.close()
            with suppress(subprocess.TimeoutExpired):
                self._guard.process.wait(0.5)
            self._end_group(self._guard)

    def _on_stop_signal(self, number: int, _frame: object) -> None:
        self.stop_requests.append(signal.Signals(number))

    def _start(self, service: Service) -> None:
        service.process = service.launch()
        if service.sources:
            service.newest_source = newest_change(service.sources)
        if service is not self._guard:
            self._tell_guard(f"+{service.process.pid}")

    def _revive(self, service: Service) -> None:
        """Start a service that has died once more, unless it dies all the time."""
        if service.process is None or service.process.poll() is None:
            return
        how = how_it_ended(service.process.returncode)
        self._end_group(service)
        now = time.monotonic()
        service.deaths.append(now)
        while service.deaths[0] < now - RESTART_WINDOW:
            service.deaths.popleft()
        if len(service.deaths) > self.restart_limit:
            often = f"{len(service.deaths)} times within a minute"
            raise DevError(f"{service.name} {how}, {often}: giving up.{last_words(service)}")
        self._start(service)
        if service is self._guard:
            for other in self.services:
                if other.process:
                    self._tell_guard(f"+{other.process.pid}")
        say(f"! {service.name} {how}: started again")

    def _reload_changed(self) -> None:
        for service in self.services:
            if service.sources and newest_change(service.sources) > service.newest_source:
                say(f"· {service.name}: source changed, starting it again")
                signal_group_leader(service, service.stop_signal)
                if service.process:
                    with suppress(subprocess.TimeoutExpired):
                        service.process.wait(self.stop_patience)
                self._end_group(service)
                self._start(service)

    def _end_group(self, service: Service) -> None:
        """Kill what is left of a service's process group and reap it: a dead leader's children come to us."""
        process = service.process
        if process is None:
            return
        service.process = None
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        with suppress(ChildProcessError):
            while True:
                os.waitpid(-process.pid, 0)
        if service is not self._guard:
            self._tell_guard(f"-{process.pid}")

    def _reap_orphans(self) -> None:
        """Bury grandchildren that left their group (PostgreSQL's do) and lost their parent."""
        known = {service.process.pid for service in [self._guard, *self.services] if service.process}
        with suppress(ChildProcessError):
            while dead := os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOHANG | os.WNOWAIT):
                if dead.si_pid in known:
                    break
                os.waitpid(dead.si_pid, 0)

    def _launch_guard(self) -> Process:
        return subprocess.Popen(
            [sys.executable, "-IS", str(Path(__file__).with_name("guard.py"))],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )

    def _tell_guard(self, line: str) -> None:
        # A dead guard is noticed in the next round and told everything again.
        if self._guard.process and self._guard.process.stdin:
            with suppress(OSError):
                self._guard.process.stdin.write(f"{line}\n".encode())
                self._guard.process.stdin.flush()


class Stopped(Exception):
    """A stop was asked for while the product was still starting."""


def process_service(
    name: str,
    command: Sequence[str | Path],
    *,
    log: Path,
    cwd: Path,
    env: Mapping[str, str],
    show: Callable[[str], str | None] = str,
    sources: Path | None = None,
    user: tuple[int, int] | None = None,
) -> Service:
    """Describe a service that is a command: its words go to ``log``, and what ``show`` returns is shown.

    It runs as ``user`` (uid, gid), or as whoever starts it.
    """

    def launch() -> Process:
        log.parent.mkdir(parents=True, exist_ok=True)
        if log.exists() and log.stat().st_size > LOG_LIMIT:
            log.replace(log.with_suffix(".log.1"))
        process = subprocess.Popen(
            tethered([str(part) for part in command], on_parent_death=signal.SIGKILL, user=user),
            cwd=cwd,
            env=dict(env),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        threading.Thread(target=relay, args=(name, process, log, show), daemon=True).start()
        return process

    return Service(name, launch, log=log, sources=sources)


def relay(name: str, process: Process, log: Path, show: Callable[[str], str | None]) -> None:
    """Copy what a process says to its log, and to the terminal what is worth seeing there."""
    if process.stdout is None:
        return
    with log.open("ab", buffering=0) as file, process.stdout as words:
        for line in words:
            file.write(line)
            text = line.decode(errors="replace").rstrip()
            if text and (shown := show(text)):
                say(f"{name:<8} | {shown}")


def nothing(_line: str) -> None:
    return None


def signal_group_leader(service: Service, number: signal.Signals) -> None:
    if service.process and service.process.poll() is None:
        service.process.send_signal(number)


def how_it_ended(returncode: int) -> str:
    if returncode < 0:
        return f"was killed ({signal.Signals(-returncode).name})"
    return f"ended by itself (exit {returncode})"


def last_words(service: Service) -> str:
    return f" Its last words ({service.log}):\n{tail(service.log)}" if service.log else ""


def newest_change(folder: Path) -> float:
    return max((path.stat().st_mtime for path in folder.rglob("*.py")), default=0.0)
