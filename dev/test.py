"""Everything that proves the product, from nothing: server with coverage, site, architecture, browser."""

import argparse
import os
import re
import time
from pathlib import Path

from dev.console import BACKEND, FRONTEND, PYTHON, ROOT, VENV, command, say
from dev.coverage_gate import COVERAGE
from dev.jobs import Crew, Job, Result
from dev.node import node_environment

BIN = VENV / "bin"
BACKEND_JOB = "server tests"


def backend_jobs() -> list[Job]:
    pytest: list[str | Path] = [
        *(PYTHON, "-m", "slipcover", "--json", "--out", COVERAGE),
        *("-m", "pytest", "-q", "-n", "2", "--dist", "worksteal", "--durations", "10"),
    ]
    return [
        Job(BACKEND_JOB, pytest, cwd=BACKEND),
        Job("coverage of server tests", [PYTHON, "-m", "dev.coverage_gate"]),
    ]


def dev_jobs() -> list[Job]:
    return [Job("tests of dev", [BIN / "pytest", "-q", "-c", "dev/pytest.ini", "dev/tests"])]


def site_jobs() -> list[Job]:
    env = node_environment()
    return [
        Job("types of site", ["npm", "run", "--silent", "typecheck"], cwd=FRONTEND, env=env),
        Job("site tests", ["npm", "run", "--silent", "test"], cwd=FRONTEND, env=env),
        Job("boundaries of site", ["npm", "run", "--silent", "boundaries"], cwd=FRONTEND, env=env),
        Job("import contracts", [BIN / "lint-imports"], cwd=BACKEND),
    ]


def browser_jobs() -> list[Job]:
    return [Job("browser tests", [PYTHON, "-m", "dev.e2e"], env=os.environ | {"CI": "1"})]


def in_numbers(result: Result) -> str:
    """Return the last line of a test tool that counts something, e.g. `512 passed in 98.21s`."""
    plain = re.sub(r"\x1b\[[0-9;]*m", "", result.output)
    lines = [
        line.strip(" =") for line in plain.splitlines() if re.search(r"\b\d+ (passed|failed|error)", line)
    ]
    return lines[-1] if lines else ("passed" if result.passed else "failed")


@command
def main() -> int:
    argparse.ArgumentParser(prog="python -m dev.test", description=__doc__).parse_args()
    started = time.monotonic()
    say(f"Testing {ROOT.name}")
    crew = Crew()
    crew.work(backend_jobs(), [*site_jobs(), *dev_jobs()])
    # Alone, so that the browser's waiting times mean something.
    crew.work(browser_jobs())
    seconds = time.monotonic() - started
    for result in crew.results:
        if "tests" in result.job.name and "coverage" not in result.job.name:
            say(f"  {result.job.name}: {in_numbers(result)}")
    if crew.failed:
        say(f"make test: FAILED in {seconds:.0f} s: {', '.join(result.job.name for result in crew.failed)}")
        return 1
    [server] = [result for result in crew.results if result.job.name == BACKEND_JOB]
    say(f"make test: everything passed in {seconds:.0f} s; pytest: {in_numbers(server)}")
    return 0


if __name__ == "__main__":
    main()
