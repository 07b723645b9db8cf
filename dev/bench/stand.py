"""What is measured: the product's database, web server and worker, on demo data kept for the next time."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from dev import product
from dev.bench.cpu import cpu_seconds
from dev.bootstrap import digest
from dev.console import BACKEND, PYTHON, ROOT, DevError, nothing_to_do, step
from dev.embedded_postgres import EmbeddedPostgres
from dev.processes import free_port
from dev.supervisor import Supervisor

READY_TIMEOUT = 60.0
DRAIN_TIMEOUT = 20.0
QUIET = 0.15  # CPU seconds a second: what the parts use when nothing is asked of them
Parts = dict[str, float]


@dataclass
class Stand:
    """The running product: where it answers, what may be asked of it, what it has used."""

    port: int
    var: Path
    facts: dict[str, Any]
    pids: dict[str, int]
    env: dict[str, str]
    idle: Parts = field(default_factory=dict)

    def learn_idle(self, seconds: float = 3.0) -> None:
        """See what each part uses a second when nothing is asked of it: that is no operation's cost."""
        self.settle()
        before = self.cpu()
        time.sleep(seconds)
        self.idle = {name: (used - before[name]) / seconds for name, used in self.cpu().items()}

    def used(self, before: Parts, seconds: float) -> Parts:
        """Return the CPU seconds each part has used since ``before``, beyond its idling."""
        return {
            name: max(0.0, used - before[name] - self.idle[name] * seconds)
            for name, used in self.cpu().items()
        }

    def cpu(self) -> Parts:
        """Return the CPU seconds of each part so far."""
        return {name: cpu_seconds(pid) for name, pid in self.pids.items()}

    def settle(self) -> None:
        """Wait until the work that was left behind, such as mails, is done."""
        deadline = time.monotonic() + DRAIN_TIMEOUT
        quiet = 0
        while quiet < 2 and time.monotonic() < deadline:
            before = sum(self.cpu().values())
            time.sleep(1)
            quiet = quiet + 1 if sum(self.cpu().values()) - before < QUIET else 0

    def keep_body(self, name: str, body: bytes) -> None:
        """Give the bare view something to answer."""
        (self.var / "bodies" / name).write_bytes(body)


@contextmanager
def stand(size: str) -> Iterator[Stand]:
    """Run the product on demo data of a size, made once for each set of migrations."""
    var = ROOT / "var" / f"bench-{size}"
    (var / "bodies").mkdir(parents=True, exist_ok=True)
    (var / "static").mkdir(exist_ok=True)
    server = EmbeddedPostgres(var / "postgres", log=var / "log" / "postgres.log")
    seeded, tables = var / "seeded", digest(sorted(BACKEND.glob("delux/*/migrations")))
    (var / "log").mkdir(exist_ok=True)
    if not (seeded.exists() and seeded.read_text() == tables):
        seeded.unlink(missing_ok=True)
        server.delete_data()
    port = free_port()
    supervisor = Supervisor()
    try:
        supervisor.start(product.database_service(server))
        env = product.django_environment(database_url=server.url, var=var, port=port)
        if seeded.exists():
            nothing_to_do(f"Demo data, size {size}")
        else:
            seed(size, env)
            seeded.write_text(tables)
        env["DJANGO_SETTINGS_MODULE"] = "dev.bench.settings"
        facts = ask_django("dev.bench.prepare", env)
        with step("Web and worker"):
            supervisor.start(product.web_service(host="127.0.0.1", port=port, var=var, env=env))
            supervisor.start(product.worker_service(var=var, env=env))
            deadline = time.monotonic() + READY_TIMEOUT
            supervisor.watch(
                until=lambda: product.answers(port, "/api/health/ready/") or time.monotonic() > deadline
            )
            supervisor.raise_if_stopped()
        pids = {each.name: each.process.pid for each in supervisor.services if each.process}
        place = Stand(port, var, facts, pids, env)
        place.learn_idle()
        yield place
    finally:
        supervisor.stop()


def seed(size: str, env: dict[str, str]) -> None:
    with step(f"Demo data, size {size} (once)"):
        for arguments in (["migrate", "--verbosity", "0"], ["seed_db", "--size", size, "--json"]):
            done = subprocess.run(
                [PYTHON, "manage.py", *arguments], cwd=BACKEND, env=env, check=False, stdout=sys.stderr
            )
            if done.returncode:
                raise DevError(f"`manage.py {' '.join(arguments)}` failed.")


def ask_django(module: str, env: dict[str, str]) -> dict[str, Any]:
    """Run a module that prints JSON beside the product; return what it printed."""
    done = subprocess.run([PYTHON, "-m", module], cwd=BACKEND, env=env, stdout=subprocess.PIPE, check=False)
    if done.returncode:
        raise DevError(f"{module} failed: see above.")
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def send(job: dict[str, Any]) -> dict[str, Any]:
    """Have the crowd, a process of its own, do a job; return what it found."""
    crowd = subprocess.run(
        [PYTHON, "-m", "dev.bench.load"],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        input=json.dumps(job).encode(),
        stdout=subprocess.PIPE,
        check=False,
    )
    if crowd.returncode:
        raise DevError("The crowd did not come through: see above.")
    result: dict[str, Any] = json.loads(crowd.stdout)
    return result
