"""What stands around the product in production, by its own configuration, on free ports."""

import json
import os
import shutil
from dataclasses import dataclass, field
from pathlib import Path
from secrets import token_urlsafe
from urllib.parse import urlsplit

from dev.console import FRONTEND, ROOT
from dev.embedded_postgres import give, home_for, server_user
from dev.processes import free_port
from dev.supervisor import Service, nothing, process_service

DEPLOY = ROOT / "deploy"
# All of a crowd comes from one address.
LIMITS = ("READS_PER_SECOND", "WRITES_PER_SECOND", "SIGN_INS_PER_MINUTE", "DOOR_PER_SECOND")
SCRAPE_SECONDS = 5


@dataclass(frozen=True)
class Ports:
    """Where each of them listens, and by which token Prometheus may look."""

    tls: int = field(default_factory=free_port)
    status: int = field(default_factory=free_port)
    pooler: int = field(default_factory=free_port)
    redis: int = field(default_factory=free_port)
    worker: int = field(default_factory=free_port)
    prometheus: int = field(default_factory=free_port)
    metrics_token: str = field(default_factory=token_urlsafe)


EXPORTERS = {
    "nginx": "prometheus-nginx-exporter",
    "postgres": "prometheus-postgres-exporter",
    "redis": "prometheus-redis-exporter",
}


def watchers(ports: Ports, *, var: Path, web_port: int, database_url: str) -> list[Service]:
    """Prometheus, and what it needs to see the others, as far as Debian's packages of that are there."""
    arguments = {
        "nginx": ["-nginx.scrape-uri", f"http://127.0.0.1:{ports.status}/status", "-web.listen-address"],
        "postgres": ["--web.listen-address"],
        "redis": ["-redis.addr", f"redis://127.0.0.1:{ports.redis}", "-web.listen-address"],
    }
    env = os.environ | {"DATA_SOURCE_NAME": f"{database_url}?sslmode=disable"}
    services, asked = [], {"web": web_port, "worker": ports.worker}
    for job, program in EXPORTERS.items():
        if shutil.which(program):
            asked[job] = free_port()
            command = [program, *arguments[job], f"127.0.0.1:{asked[job]}"]
            log = var / "log" / f"{program}.log"
            services.append(process_service(program, command, log=log, cwd=var, env=env, show=nothing))
    jobs = [
        {
            "job_name": job,
            "metrics_path": "/metrics/" if job == "web" else "/metrics",
            "authorization": {"credentials": ports.metrics_token if job == "web" else "none"},
            "static_configs": [{"targets": [f"127.0.0.1:{port}"]}],
        }
        for job, port in asked.items()
    ]
    config, store = var / "prometheus.json", var / "watched"
    config.write_text(
        json.dumps({"global": {"scrape_interval": f"{SCRAPE_SECONDS}s"}, "scrape_configs": jobs})
    )
    shutil.rmtree(store, ignore_errors=True)
    command = ["prometheus", f"--config.file={config}", f"--storage.tsdb.path={store}", "--log.level=warn"]
    command.append(f"--web.listen-address=127.0.0.1:{ports.prometheus}")
    log = var / "log" / "prometheus.log"
    return [*services, process_service("prometheus", command, log=log, cwd=var, env=os.environ, show=nothing)]


def redis(ports: Ports, *, var: Path) -> Service:
    """Redis as compose starts it: it keeps nothing."""
    options = ["--port", str(ports.redis), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
    return process_service(
        "redis",
        ["redis-server", *options],
        log=var / "log" / "redis.log",
        cwd=var,
        env=os.environ,
        show=nothing,
    )


def pgbouncer(ports: Ports, *, var: Path, database_url: str, pool_size: int) -> Service:
    """PgBouncer in transaction mode before the database at ``database_url``; it lets in who may in there."""
    home = home_for(var / "pgbouncer")
    home.mkdir(parents=True, exist_ok=True)
    env = prepare_pgbouncer(home, database_url=database_url, port=ports.pooler, pool_size=pool_size)
    return process_service(
        "pgbouncer",
        ["sh", home / "start"],
        log=var / "log" / "pgbouncer.log",
        cwd=home,
        env=os.environ | env,
        show=nothing,
        user=server_user(),
    )


def prepare_pgbouncer(home: Path, *, database_url: str, port: int, pool_size: int) -> dict[str, str]:
    """Put what PgBouncer starts from into ``home``; return the settings for `home/start`.

    It refuses to be root, as PostgreSQL does, and whom it runs as might not be let into a checkout.
    """
    give(home)
    for file in ("start", "pgbouncer.ini.template"):
        shutil.copyfile(DEPLOY / "pgbouncer" / file, home / file)
    database = urlsplit(database_url)
    return {
        "DATABASE_HOST": str(database.hostname),
        "DATABASE_PORT": str(database.port),
        "DATABASE_PASSWORD": str(database.password),
        "LISTEN_ADDRESS": "127.0.0.1",
        "LISTEN_PORT": str(port),
        "POOL_SIZE": str(pool_size),
        "SCRATCH": str(home / "scratch"),
        "TEMPLATE": str(home / "pgbouncer.ini.template"),
    }


def nginx(ports: Ports, *, var: Path, web_port: int) -> Service:
    """nginx before the web server, for https://localhost."""
    settings = nginx_settings(
        host="localhost",
        web_port=web_port,
        plain_port=free_port(),
        tls_port=ports.tls,
        status_port=ports.status,
        folder=var,
    )
    return process_service(
        "nginx",
        ["sh", DEPLOY / "nginx" / "start"],
        log=var / "log" / "nginx.log",
        cwd=var,
        env=os.environ | settings | dict.fromkeys(LIMITS, "1000000"),
        show=nothing,
    )


def nginx_settings(
    *, host: str, web_port: int, plain_port: int, tls_port: int, status_port: int, folder: Path
) -> dict[str, str]:
    """Return the settings for `deploy/nginx/start` on this machine; all that it keeps is below ``folder``."""
    return {
        "SHOP_HOST": host,
        "WEB": f"127.0.0.1:{web_port}",
        "HTTP_PORT": str(plain_port),
        "HTTPS_PORT": str(tls_port),
        "STATUS_LISTEN": f"127.0.0.1:{status_port}",
        "SITE": str(FRONTEND / "dist"),
        "STATIC": str(folder / "static"),
        "MEDIA": str(folder / "media"),
        "CHALLENGES": str(folder / "challenges"),
        "CERTIFICATES": str(folder / "certificates"),
        "SCRATCH": str(folder / "nginx"),
        "TEMPLATE": str(DEPLOY / "nginx" / "nginx.conf.template"),
        # A checkout may be closed to the user that nginx would work as.
        "GLOBALS": "user root;" if os.geteuid() == 0 else "",
    }
