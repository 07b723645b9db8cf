"""The product as it is served: Granian with two workers on a free port, with a database of its own."""

import os
import secrets
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path

from django.core.management import call_command
from django.db import connection, connections
from psycopg2.sql import SQL, Identifier

from conftest import BACKEND, MIGRATED
from dev.embedded_postgres import EmbeddedPostgres, throwaway
from dev.migrated_server import another_copy
from dev.processes import free_port, tail
from dev.product import WEB_THREADS, WEB_WORKERS
from dev.tether import tethered
from tests.live.database_server import speaking_to

START_TIMEOUT = 60.0
METRICS_TOKEN = "a-token-of-whoever-watches"


@contextmanager
def own_database(purpose: str) -> Iterator[str]:
    """Make a migrated database on the run's server and have Django speak to it; yield its URL."""
    name = f"live_{purpose}_{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}"  # workers share the server
    ours = connection.settings_dict
    before = ours["NAME"]
    template = os.environ.get(MIGRATED)
    connections.close_all()
    ours["NAME"] = "postgres"
    try:
        with connection.cursor() as cursor:
            cursor.execute(SQL("DROP DATABASE IF EXISTS {}").format(Identifier(name)))
            copied = SQL("CREATE DATABASE {} TEMPLATE {}")
            cursor.execute(copied.format(Identifier(name), Identifier(template or "template0")))
        connections.close_all()
        ours["NAME"] = name
        if not template:
            call_command("migrate", verbosity=0)
        yield _url(name)
    finally:
        connections.close_all()
        ours["NAME"] = "postgres"
        with connection.cursor() as cursor:
            cursor.execute(SQL("DROP DATABASE {} WITH (FORCE)").format(Identifier(name)))
        connections.close_all()
        ours["NAME"] = before


@contextmanager
def own_server(*, settings: Mapping[str, str] | None = None) -> Iterator[EmbeddedPostgres]:
    """Run a migrated server of one's own, to be stopped and started, and have Django speak to it.

    What it said is committed survives that it is killed; only a machine that dies would lose it.
    """
    made = BACKEND.parent / "var" / "test-postgres"
    copied = MIGRATED in os.environ
    copy = another_copy(made, settings=settings) if copied else throwaway(settings=settings)
    with copy as server, speaking_to(server.url):
        if not copied:
            call_command("migrate", verbosity=0)
        with connection.cursor() as cursor:
            cursor.execute("ALTER DATABASE delux SET synchronous_commit = on")
        connections.close_all()
        yield server


def _url(name: str) -> str:
    server, _, _ = os.environ["DATABASE_URL"].rpartition("/")
    return f"{server}/{name}"


@contextmanager
def serving(*, database_url: str, var: Path, application: str, **changed: str) -> Iterator[int]:
    """Serve ``application`` until the block ends; yield the port. ``changed`` are its settings."""
    port = free_port()
    command = f"""
        -m granian --interface wsgi --no-ws --host 127.0.0.1 --port {port}
        --workers {WEB_WORKERS} --blocking-threads {WEB_THREADS} --workers-kill-timeout 2 {application}
    """
    env = os.environ | {"DATABASE_URL": database_url, "DELUX_VAR": str(var), "LOG_LEVEL": "WARNING"} | changed
    with _running([sys.executable, *command.split()], env=env, port=port, log_file=var / "web.log"):
        yield port


def production(*, database_url: str, var: Path, host: str, port: int) -> dict[str, str]:
    """Return the environment of a container of the product, for people who ask ``host``."""
    return {
        "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]),
        "DJANGO_SETTINGS_MODULE": "config.settings.production",
        "DATABASE_URL": database_url,
        "DELUX_VAR": str(var),
        "PROMETHEUS_MULTIPROC_DIR": str(var / "metrics"),
        "SECRET_KEY": secrets.token_urlsafe(50),
        "TICKET_SIGNING_KEY": secrets.token_urlsafe(50),
        "METRICS_TOKEN": METRICS_TOKEN,
        "ALLOWED_HOSTS": host,
        "PUBLIC_URL": f"https://{host}",
        "EMAIL_URL": "smtp://127.0.0.1:9",
        "TRUSTED_PROXIES": "1",
        "LOG_LEVEL": "WARNING",
        "LEAVING_FILE": str(var / "leaving"),
        "WEB_HOST": "127.0.0.1",
        "WEB_PORT": str(port),
    }


@contextmanager
def in_production(*, database_url: str, var: Path, host: str) -> Iterator[int]:
    """Start the product as its container does, with production's settings; yield the port."""
    port = free_port()
    start = ["sh", str(BACKEND.parent / "deploy" / "delux"), "web"]
    env = production(database_url=database_url, var=var, host=host, port=port)
    with _running(start, env=env, port=port, log_file=var / "web.log"):
        yield port


@contextmanager
def _running(command: list[str], *, env: dict[str, str], port: int, log_file: Path) -> Iterator[None]:
    with log_file.open("wb") as log:
        process = subprocess.Popen(
            tethered(command, on_parent_death=signal.SIGKILL),
            cwd=BACKEND,
            env=env | {"PYTHONPATH": os.pathsep.join([str(BACKEND), str(BACKEND.parent)])},
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    try:
        deadline = time.monotonic() + START_TIMEOUT
        while not _answers(port):
            if process.poll() is not None or time.monotonic() > deadline:
                raise AssertionError(f"The server did not start:\n{tail(log_file, lines=40)}")
            time.sleep(0.1)
        yield
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _answers(port: int) -> bool:
    site = HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        site.request("GET", "/api/health/ready/")
        return site.getresponse().status == 200
    except OSError:
        return False
    finally:
        site.close()
