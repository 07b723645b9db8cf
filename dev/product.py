"""What the running product consists of: its environment, its processes, its database made ready."""

import json
import os
import signal
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import environ

from dev.console import BACKEND, FRONTEND, PYTHON, ROOT
from dev.embedded_postgres import EmbeddedPostgres
from dev.node import node_environment
from dev.supervisor import Service, process_service

PORT = 8888
WEB_WORKERS = 2
# Each thread holds one database connection; more than this only queues behind Python's own lock.
WEB_THREADS = 4


def read_dotenv() -> None:
    """Take settings from .env; what the shell set already wins."""
    if (ROOT / ".env").exists():
        environ.Env.read_env(ROOT / ".env")
    # A line left empty means "not set".
    for name in ("PORT", "DATABASE_URL", "DELUX_VAR"):
        if os.environ.get(name) == "":
            del os.environ[name]


def django_environment(*, database_url: str, var: Path, port: int) -> dict[str, str]:
    """Return the environment of every Django process of one running product."""
    defaults = {
        "DJANGO_SETTINGS_MODULE": "config.settings.local",
        "PUBLIC_URL": f"http://localhost:{port}",
        "PYTHONUNBUFFERED": "1",
    }
    own = {
        "DATABASE_URL": database_url,
        "DELUX_VAR": str(var),
        "PYTHONPATH": os.pathsep.join([str(BACKEND), str(ROOT)]),
    }
    return defaults | os.environ | own


def database_service(server: EmbeddedPostgres) -> Service:
    return Service(
        "database",
        server.launch,
        stop_signal=signal.SIGINT,
        hurry_signal=signal.SIGQUIT,
        foundation=True,
        log=server.log,
    )


def web_service(
    *, host: str, port: int, var: Path, env: dict[str, str], sources: Path | None = None
) -> Service:
    """The site and the API: Granian in front of Django."""
    command = f"""
        -m granian --interface wsgi --no-ws --host {host} --port {port}
        --workers {WEB_WORKERS} --blocking-threads {WEB_THREADS}
        --respawn-failed-workers --workers-kill-timeout 2 config.wsgi:application
    """
    return django_service("web", command, var=var, env=env, sources=sources)


def worker_service(*, var: Path, env: dict[str, str], sources: Path | None = None) -> Service:
    """The Celery worker. Threads, so that it is one process: there is no pool that could outlive it.

    The warning it is spared is about running as root, which a container does.
    """
    command = """
        -W ignore::UserWarning -m celery --quiet -A config worker --pool threads --concurrency 4
        --without-gossip --without-mingle --without-heartbeat --loglevel INFO
    """
    return django_service("worker", command, var=var, env=env, sources=sources)


def beat_service(*, var: Path, env: dict[str, str]) -> Service:
    """Celery's clock: sends the periodic tasks.

    Without its files: the supervisor sees to it that there is one, and a kill would break its schedule.
    """
    command = "-m celery --quiet -A config beat --pidfile= --scheduler celery.beat:Scheduler --loglevel INFO"
    return django_service("beat", command, var=var, env=env)


def django_service(
    name: str, python_arguments: str, *, var: Path, env: dict[str, str], sources: Path | None = None
) -> Service:
    return process_service(
        name,
        [PYTHON, *python_arguments.split()],
        log=var / "log" / f"{name}.log",
        cwd=BACKEND,
        env=env,
        show=for_terminal,
        sources=sources,
    )


def vite_service(*, host: str, port: int, api_port: int, var: Path) -> Service:
    """The site from its sources, replaced in the browser as they change; API calls go on to ``api_port``."""
    arguments = f"--host {host} --port {port} --strictPort --clearScreen false"
    return process_service(
        "site",
        ["node", FRONTEND / "node_modules" / "vite" / "bin" / "vite.js", *arguments.split()],
        log=var / "log" / "site.log",
        cwd=FRONTEND,
        env=node_environment() | {"API_URL": f"http://127.0.0.1:{api_port}"},
    )


def for_terminal(line: str) -> str | None:
    """Return what the terminal shows of a log line: mails and troubles, in short; not the daily round."""
    if line.startswith("[INFO]"):
        return None
    try:
        entry = json.loads(line)
        level, event = entry["level"], str(entry["event"])
    except (ValueError, TypeError, KeyError):
        return line
    return None if level in {"debug", "info"} else f"{level}: {event.splitlines()[0]}"


def answers(port: int, path: str) -> bool:
    """Tell whether the site answers a request without a server error."""
    try:
        with urlopen(f"http://127.0.0.1:{port}{path}", timeout=2) as response:
            status: int = response.status
            return status < 400
    except (URLError, OSError):
        return False


PREPARE_DATABASE: list[str | Path] = [PYTHON, "-m", "dev.prepare_database"]
