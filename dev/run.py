"""Run Delux here: database, site, API, worker and clock in one foreground process. Ctrl-C ends it all."""

import argparse
import os
import shutil
import signal
import sys
import time
from pathlib import Path

from dev import product
from dev.console import BACKEND, DevError, command, nothing_to_do, say, step
from dev.embedded_postgres import EmbeddedPostgres
from dev.instance import DEFAULT_VAR, Instance
from dev.processes import free_port
from dev.supervisor import Stopped, Supervisor
from dev.tether import die_with_parent

READY_TIMEOUT = 120.0


def run(*, var: Path, host: str, port: int, develop: bool, demo: bool) -> None:
    """Start everything, keep it running, and end it when asked to.

    :raises DevError: the port is taken, a product already runs in ``var``, or a part does not start
    """
    started = time.monotonic()
    instance = Instance(var, port=port)
    supervisor = Supervisor()
    try:
        start(supervisor, var=var, host=host, port=port, develop=develop, demo=demo)
        instance.mark_ready()
        say(banner(port, seconds=time.monotonic() - started))
        supervisor.watch()
    except Stopped:
        pass
    finally:
        asked_at = time.monotonic()
        say("\nStopping …")
        supervisor.stop()
        instance.release()
        say(f"Stopped in {time.monotonic() - asked_at:.1f} s")


def start(supervisor: Supervisor, *, var: Path, host: str, port: int, develop: bool, demo: bool) -> None:
    database_url = os.environ.get("DATABASE_URL")
    if database_url:
        nothing_to_do("Database (DATABASE_URL)")
    else:
        with step("Database (embedded PostgreSQL)"):
            server = EmbeddedPostgres(var / "postgres", log=var / "log" / "postgres.log")
            supervisor.start(product.database_service(server))
            database_url = server.url
    # While developing, people open the address of the site's own server and Django answers behind it.
    api_port = free_port() if develop else port
    env = product.django_environment(database_url=database_url, var=var, port=port)
    with step("Migrations, demo data on the first start"):
        supervisor.run_to_end(
            [*product.PREPARE_DATABASE, *([] if demo else ["--no-demo"])],
            log=var / "log" / "prepare-database.log",
            cwd=BACKEND,
            env=env,
        )
    (var / "static").mkdir(exist_ok=True)
    env["PROMETHEUS_MULTIPROC_DIR"] = str(empty(var / "metrics"))
    sources = BACKEND if develop else None
    with step("Web"):
        web_host = "127.0.0.1" if develop else host
        supervisor.start(product.web_service(host=web_host, port=api_port, var=var, env=env, sources=sources))
        if develop:
            supervisor.start(product.vite_service(host=host, port=port, api_port=api_port, var=var))
        wait_until_ready(supervisor, port=port, api_port=api_port)
    # After the web, not beside it: they would take its processors while somebody waits for the first page.
    with step("Worker and clock"):
        supervisor.start(product.worker_service(var=var, env=env, sources=sources))
        supervisor.start(product.beat_service(var=var, env=env))


def empty(folder: Path) -> Path:
    """Make an empty folder of ``folder``: its processes count anew."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    return folder


def wait_until_ready(supervisor: Supervisor, *, port: int, api_port: int) -> None:
    deadline = time.monotonic() + READY_TIMEOUT

    def ready() -> bool:
        if time.monotonic() > deadline:
            raise DevError(f"The site does not answer after {READY_TIMEOUT:.0f} s: see var/log/web.log.")
        site_too = port == api_port or product.answers(port, "/")
        return site_too and product.answers(api_port, "/api/health/ready/")

    supervisor.watch(until=ready)
    supervisor.raise_if_stopped()


def banner(port: int, *, seconds: float) -> str:
    sys.path.append(str(BACKEND))
    from delux.demo.logins import DEMO_LOGINS, PASSWORD

    address = f"http://localhost:{port}"
    logins = "\n".join(f"    {login.role:<12} {login.email:<22} {PASSWORD}" for login in DEMO_LOGINS)
    return f"""
Delux is ready after {seconds:.1f} s

    Open         {address}
    API docs     {address}/api/docs/
    Staff admin  {address}/admin/

  Demo logins
{logins}

  Ctrl-C stops everything. Logs are in var/log/."""


@command
def main() -> None:
    product.read_dotenv()
    parser = argparse.ArgumentParser(prog="python -m dev.run", description=__doc__)
    port = os.environ.get("PORT", str(product.PORT))
    var = os.environ.get("DELUX_VAR", str(DEFAULT_VAR))
    parser.add_argument("--port", type=int, default=port, help="default: PORT, else 8888")
    parser.add_argument("--host", default="127.0.0.1", help="0.0.0.0 opens it to the network")
    parser.add_argument("--var", type=Path, default=var, help="folder of its data (default: var/)")
    parser.add_argument("--develop", action="store_true", help="site from its sources, restarts on a change")
    parser.add_argument("--no-demo", action="store_true", help="start with an empty database")
    options = parser.parse_args()
    if "MAKELEVEL" in os.environ:  # a killed `make` takes the product with it
        die_with_parent(signal.SIGTERM)
    run(
        var=options.var.resolve(),
        host=options.host,
        port=options.port,
        develop=options.develop,
        demo=not options.no_demo,
    )


if __name__ == "__main__":
    main()
