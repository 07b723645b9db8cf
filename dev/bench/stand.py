"""What is measured: the product's database, web server and worker, on demo data kept for the next time."""

import json
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from dev import pieces, product
from dev.bench.cpu import cpu_seconds
from dev.bootstrap import digest
from dev.console import BACKEND, PYTHON, ROOT, DevError, nothing_to_do, step
from dev.embedded_postgres import EmbeddedPostgres
from dev.processes import free_port
from dev.supervisor import Stopped, Supervisor

READY_TIMEOUT = 60.0
DRAIN_TIMEOUT = 20.0
QUIET = 0.15  # CPU seconds a second: what the parts use when nothing is asked of them
Parts = dict[str, float]


@dataclass
class Stand:
    """The running product: where it answers, what may be asked of it, what it has used.

    With the pieces of production around it, it is asked through nginx, and watched by Prometheus.
    """

    port: int
    around: pieces.Ports | None
    var: Path
    facts: dict[str, Any]
    pids: dict[str, int]
    env: dict[str, str]
    supervisor: Supervisor
    started_in: float  # seconds from the first process to the first answer, seeding not counted
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

    def wait(self) -> None:
        """Keep everything running until somebody ends it."""
        with suppress(Stopped):
            self.supervisor.watch()

    def keep_body(self, name: str, body: bytes) -> None:
        """Give the bare view something to answer."""
        (self.var / "bodies" / name).write_bytes(body)


@contextmanager
def stand(size: str, *, whole: bool = False) -> Iterator[Stand]:
    """Run the product on demo data of a size, made once for each set of migrations.

    The ``whole`` is behind nginx, and speaks to its database through PgBouncer, to its worker by Redis.
    """
    var = ROOT / "var" / f"bench-{size}"
    (var / "bodies").mkdir(parents=True, exist_ok=True)
    (var / "static").mkdir(exist_ok=True)
    server = EmbeddedPostgres(var / "postgres", log=var / "log" / "postgres.log")
    seeded, tables = var / "seeded", digest(sorted(BACKEND.glob("delux/*/migrations")))
    (var / "log").mkdir(exist_ok=True)
    if not (seeded.exists() and seeded.read_text() == tables):
        seeded.unlink(missing_ok=True)
        server.delete_data()
    port, around = free_port(), pieces.Ports() if whole else None
    supervisor = Supervisor()
    try:
        began = time.monotonic()
        supervisor.start(product.database_service(server))
        started_in = time.monotonic() - began
        env = product.django_environment(database_url=server.url, var=var, port=port)
        if seeded.exists():
            nothing_to_do(f"Demo data, size {size}")
        else:
            seed(size, env)
            seeded.write_text(tables)
        env["DJANGO_SETTINGS_MODULE"] = "dev.bench.settings"
        facts = ask_django("dev.bench.prepare", env)
        began = time.monotonic()
        with step("Web, worker and what is around them" if whole else "Web and worker"):
            if around:
                env |= behind_the_product(supervisor, around, var=var, database_url=server.url)
            supervisor.start(product.web_service(host="127.0.0.1", port=port, var=var, env=env))
            supervisor.start(product.worker_service(var=var, env=env))
            if around:
                supervisor.start(pieces.nginx(around, var=var, web_port=port))
            deadline = time.monotonic() + READY_TIMEOUT
            supervisor.watch(
                until=lambda: product.answers(port, "/api/health/ready/") or time.monotonic() > deadline
            )
            supervisor.raise_if_stopped()
        started_in += time.monotonic() - began
        pids = {each.name: each.process.pid for each in supervisor.services if each.process}
        if around:
            for watcher in pieces.watchers(around, var=var, web_port=port, database_url=server.url):
                supervisor.start(watcher)
        place = Stand(port, around, var, facts, pids, env, supervisor, started_in)
        place.learn_idle()
        yield place
    finally:
        supervisor.stop()
        server.stop()  # of its lock: the next stand may be of the same process


def behind_the_product(
    supervisor: Supervisor, around: pieces.Ports, *, var: Path, database_url: str
) -> dict[str, str]:
    """Start PgBouncer and Redis; return the settings by which the product speaks to them, and is watched."""
    connections = product.WEB_WORKERS * product.WEB_THREADS
    supervisor.start(pieces.pgbouncer(around, var=var, database_url=database_url, pool_size=connections))
    supervisor.start(pieces.redis(around, var=var))
    address = urlsplit(database_url)
    through = address.netloc.replace(f":{address.port}", f":{around.pooler}")
    counts = var / "metrics"
    shutil.rmtree(counts, ignore_errors=True)
    counts.mkdir()
    return {
        "DATABASE_URL": address._replace(netloc=through).geturl(),
        "PREPARE_STATEMENTS": "false",
        "CELERY_BROKER_URL": f"redis://127.0.0.1:{around.redis}/0",
        "CACHE_URL": f"redis://127.0.0.1:{around.redis}/1",
        "TRUSTED_PROXIES": "1",
        "PROMETHEUS_MULTIPROC_DIR": str(counts),
        "METRICS_TOKEN": around.metrics_token,
        "WORKER_METRICS_PORT": str(around.worker),
    }


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
