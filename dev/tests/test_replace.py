"""The order in which a new version takes the place of the old one, by what Docker is told."""

import subprocess
from pathlib import Path

import pytest

from dev.console import ROOT

DOCKER = """#!/bin/sh
echo "$*" | sed 's/^compose -f docker-compose.prod.yml //' >>"$CALLS"
case "$*" in
*"ps --quiet web") printf 'old-web-1\\nold-web-2\\n' ;;
*"ps --quiet worker") echo old-worker ;;
*"$FAILS"*) exit 1 ;;
esac
"""


@pytest.fixture
def told(tmp_path: Path):
    docker, calls = tmp_path / "docker", tmp_path / "calls"
    docker.write_text(DOCKER)
    docker.chmod(0o755)

    def replace(*arguments: str, fails: str = "nothing") -> tuple[int, list[str]]:
        env = {"PATH": f"{tmp_path}:/usr/bin:/bin", "CALLS": str(calls), "FAILS": fails}
        command = ["sh", str(ROOT / "deploy" / "replace.sh"), *arguments]
        code = subprocess.run(command, env=env, check=False).returncode
        said = calls.read_text().splitlines()
        calls.unlink()
        return code, [line for line in said if not line.startswith("ps ")]

    return replace


def test_new_copies_are_well_before_an_old_one_leaves_and_there_are_as_many_in_the_end(told) -> None:
    code, calls = told()

    up = "up --detach --no-deps --no-build --no-recreate --wait --scale"
    assert code == 0
    assert calls == [
        "build --quiet",
        "run --rm migrate",
        f"{up} web=4 web",
        *("stop --time 35 old-web-1", "rm old-web-1", "stop --time 35 old-web-2", "rm old-web-2"),
        f"{up} worker=2 worker",
        *("stop --time 35 old-worker", "rm old-worker"),
        "up --detach --no-build --scale web=2 --scale worker=1",
    ]
    assert told("--pull")[1][0] == "pull --quiet"


@pytest.mark.parametrize(
    ("fails", "last"), [("run --rm migrate", "run --rm migrate"), ("--wait --scale web=4", "web=4 web")]
)
def test_nothing_leaves_when_the_tables_or_the_new_copies_are_not_well(told, fails: str, last: str) -> None:
    code, calls = told(fails=fails)

    assert code == 1
    assert calls[-1].endswith(last)
    assert not [call for call in calls if call.startswith(("stop", "rm"))]
