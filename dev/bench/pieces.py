"""What stands around the product in production, by its own configuration, on free ports."""

import os
import shutil
from pathlib import Path
from urllib.parse import urlsplit

from dev.console import FRONTEND, ROOT
from dev.embedded_postgres import give, home_for, server_user
from dev.processes import free_port
from dev.supervisor import Service, nothing, process_service

DEPLOY = ROOT / "deploy"
# All of a crowd comes from one address.
LIMITS = ("READS_PER_SECOND", "WRITES_PER_SECOND", "SIGN_INS_PER_MINUTE", "DOOR_PER_SECOND")


def redis(*, var: Path, port: int) -> Service:
    """Redis as compose starts it: it keeps nothing."""
    options = ["--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
    return process_service(
        "redis",
        ["redis-server", *options],
        log=var / "log" / "redis.log",
        cwd=var,
        env=os.environ,
        show=nothing,
    )


def pgbouncer(*, var: Path, port: int, database_url: str, pool_size: int) -> Service:
    """PgBouncer in transaction mode before the database at ``database_url``; it lets in who may in there."""
    database = urlsplit(database_url)
    home = home_for(var / "pgbouncer")
    home.mkdir(parents=True, exist_ok=True)
    give(home)  # it refuses to be root, as PostgreSQL does, and might not be let into a checkout
    for file in ("start", "pgbouncer.ini.template"):
        shutil.copyfile(DEPLOY / "pgbouncer" / file, home / file)
    env = os.environ | {
        "DATABASE_HOST": str(database.hostname),
        "DATABASE_PORT": str(database.port),
        "DATABASE_PASSWORD": str(database.password),
        "LISTEN_ADDRESS": "127.0.0.1",
        "LISTEN_PORT": str(port),
        "POOL_SIZE": str(pool_size),
        "SCRATCH": str(home / "scratch"),
        "TEMPLATE": str(home / "pgbouncer.ini.template"),
    }
    return process_service(
        "pgbouncer",
        ["sh", home / "start"],
        log=var / "log" / "pgbouncer.log",
        cwd=home,
        env=env,
        show=nothing,
        user=server_user(),
    )


def nginx(*, var: Path, port: int, web_port: int) -> Service:
    """nginx before the web server, for https://localhost:``port``."""
    env = os.environ | {
        "SHOP_HOST": "localhost",
        "WEB": f"127.0.0.1:{web_port}",
        "HTTP_PORT": str(free_port()),
        "HTTPS_PORT": str(port),
        "STATUS_LISTEN": f"127.0.0.1:{free_port()}",
        "SITE": str(FRONTEND / "dist"),
        "STATIC": str(var / "static"),
        "MEDIA": str(var / "media"),
        "CHALLENGES": str(var / "challenges"),
        "CERTIFICATES": str(var / "certificates"),
        "SCRATCH": str(var / "nginx"),
        "TEMPLATE": str(DEPLOY / "nginx" / "nginx.conf.template"),
        # A checkout may be closed to the user that nginx would work as.
        "GLOBALS": "user root;" if os.geteuid() == 0 else "",
    }
    return process_service(
        "nginx",
        ["sh", DEPLOY / "nginx" / "start"],
        log=var / "log" / "nginx.log",
        cwd=var,
        env=env | dict.fromkeys(LIMITS, "1000000"),
        show=nothing,
    )
