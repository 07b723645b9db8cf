"""The order in which a new version takes the place of the old one, by what Docker is told."""

import subprocess
from pathlib import Path

import pytest
import yaml

from dev.console import ROOT

DOCKER = """#!/bin/sh
echo "$*" | sed 's/^compose -f docker-compose.prod.yml //' >>"$CALLS"
case "$*" in
*"ps --quiet web") printf 'old-web-1\\nold-web-2\\n' ;;
*"ps --all --quiet web")
	printf 'crashed-web\\nold-web-1\\nold-web-2\\n'
	if grep -q 'scale web=' "$CALLS"; then printf 'new-web-3\\nnew-web-4\\n'; fi
	;;
*"ps --all --quiet worker" | *"ps --quiet worker") echo old-worker ;;
*"config --services") printf '%s\\n' $SERVICES ;;
*"$FAILS"*) exit 1 ;;
esac
"""


@pytest.fixture
def told(tmp_path: Path):
    docker, calls = tmp_path / "docker", tmp_path / "calls"
    docker.write_text(DOCKER)
    docker.chmod(0o755)
    compose = yaml.safe_load((ROOT / "docker-compose.prod.yml").read_text())["services"]
    services = [name for name, service in compose.items() if "profiles" not in service]

    def replace(*arguments: str, fails: str = "nothing") -> tuple[int, list[str]]:
        env = {
            "PATH": f"{tmp_path}:/usr/bin:/bin",
            "CALLS": str(calls),
            "FAILS": fails,
            "SERVICES": " ".join(services),
        }
        command = ["sh", str(ROOT / "deploy" / "replace.sh"), *arguments]
        code = subprocess.run(command, env=env, check=False).returncode
        said = calls.read_text().splitlines()
        calls.unlink()
        return code, [line for line in said if not line.startswith(("ps ", "config "))]

    return replace


def test_new_copies_are_well_before_an_old_one_leaves_and_there_are_as_many_in_the_end(told) -> None:
    code, calls = told()

    up = "up --detach --no-deps --no-build --no-recreate --wait --scale"
    rest = (
        "nginx certbot beat backup prometheus grafana postgres-exporter"
        " redis-exporter nginx-exporter celery-exporter"
    )
    assert code == 0
    assert calls == [
        "build --quiet",
        "run --rm --no-deps migrate",
        f"{up} web=4 web",
        *("stop --time 35 old-web-1", "rm old-web-1", "stop --time 35 old-web-2", "rm old-web-2"),
        f"{up} worker=2 worker",
        *("stop --time 35 old-worker", "rm old-worker"),
        # None of them is what holds the connections of people who buy.
        f"up --detach --no-deps --no-build {rest}",
    ]
    assert told("--pull")[1][0] == "pull --quiet"


def test_nothing_leaves_when_the_tables_are_not_changed(told) -> None:
    code, calls = told(fails="run --rm --no-deps migrate")

    assert (code, calls[-1]) == (1, "run --rm --no-deps migrate")


def test_new_copies_that_do_not_get_well_leave_again_and_they_alone(told) -> None:
    code, calls = told(fails="--wait --scale web=4")

    assert code == 1
    leaving = calls[calls.index(next(call for call in calls if call.endswith("web=4 web"))) + 1 :]
    assert leaving == ["stop --time 35 new-web-3", "rm new-web-3", "stop --time 35 new-web-4", "rm new-web-4"]
