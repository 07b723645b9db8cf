"""Run many commands, side by side where that helps, and say of each how it went."""

import os
import signal
import subprocess
import threading
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from dev.console import ROOT, say
from dev.tether import tethered

LOGS = ROOT / "var" / "log"


@dataclass(frozen=True)
class Job:
    """A command with a name people recognise. ``advice`` is said when it fails."""

    name: str
    command: Sequence[str | Path]
    cwd: Path = ROOT
    env: Mapping[str, str] | None = None
    advice: str = ""


@dataclass(frozen=True)
class Result:
    job: Job
    passed: bool
    seconds: float
    output: str


class Crew:
    """Works through jobs in lanes: lanes side by side, the jobs of a lane one after the other."""

    def __init__(self) -> None:
        self.results: list[Result] = []
        self._speaking = threading.Lock()
        self._stopping = False
        self._running: set[subprocess.Popen[bytes]] = set()

    def work(self, *lanes: Sequence[Job]) -> None:
        """Do all jobs of all lanes; a failure stops nothing: one run shows everything there is to mend."""
        with ThreadPoolExecutor(max_workers=len(lanes)) as pool:
            done = [pool.submit(self._work_lane, lane) for lane in lanes]
            try:
                for each in done:
                    each.result()
            except BaseException:
                self._stopping = True
                for process in list(self._running):
                    os.killpg(process.pid, signal.SIGTERM)
                raise

    @property
    def failed(self) -> list[Result]:
        return [result for result in self.results if not result.passed]

    def _work_lane(self, lane: Sequence[Job]) -> None:
        for job in lane:
            if self._stopping:
                return
            result = self._do(job)
            self.results.append(result)
            with self._speaking:
                say(f"  {'ok    ' if result.passed else 'FAILED'} {job.name:<44}{result.seconds:7.1f} s")
                if not result.passed:
                    say(indented(result.output))
                    if job.advice:
                        say(f"         {job.advice}")

    def _do(self, job: Job) -> Result:
        log = LOGS / f"job-{job.name.replace(' ', '-').replace('/', '-')}.log"
        log.parent.mkdir(parents=True, exist_ok=True)
        started = time.monotonic()
        with log.open("wb") as output:
            process = subprocess.Popen(
                tethered([str(part) for part in job.command], on_parent_death=signal.SIGTERM),
                cwd=job.cwd,
                env=None if job.env is None else dict(job.env),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
            self._running.add(process)
            code = process.wait()
            self._running.discard(process)
        return Result(job, code == 0, time.monotonic() - started, log.read_text(errors="replace"))


def indented(output: str, *, lines: int = 200) -> str:
    kept = output.rstrip().splitlines()
    if len(kept) > lines:
        kept = ["…", *kept[-lines:]]
    return "\n".join(f"         {line}" for line in kept)
