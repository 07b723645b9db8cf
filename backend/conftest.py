"""Every test run brings its own PostgreSQL, thrown away at its end, unless DATABASE_URL names one."""

import atexit
import os
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

BACKEND = Path(__file__).resolve().parent
MIGRATED = "DELUX_TEST_MIGRATED_DATABASE"


def migrate(url: str) -> None:
    env = os.environ | {"DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "config.settings.test"}
    command = [sys.executable, "manage.py", "migrate", "--verbosity", "0", "--skip-checks"]
    subprocess.run(command, cwd=BACKEND, env=env, check=True)


def start_server() -> str:
    """Start this run's server, with the tables made already if an earlier run had the same migrations."""
    from dev.bootstrap import digest
    from dev.migrated_server import migrated_server

    makings = [*BACKEND.glob("delux/*/migrations"), BACKEND / "requirements" / "base.txt"]
    server = ExitStack()
    atexit.register(server.close)
    return server.enter_context(
        migrated_server(BACKEND.parent / "var" / "test-postgres", key=digest(makings), migrate=migrate)
    )


# At import, because the conftest of any app may import models, which need settings, which need the database's
# address. The workers of a parallel run inherit that address and add their own database on the same server.
if "DATABASE_URL" not in os.environ:
    os.environ["DATABASE_URL"] = start_server()
    os.environ[MIGRATED] = "delux"

os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings.test"

import django  # noqa: E402 settings read what was just set
from django.conf import settings  # noqa: E402 as above
from django.core.management.commands import flush  # noqa: E402 as above
from django.db.backends.postgresql.operations import DatabaseOperations  # noqa: E402 as above
from django.db.models.sql.compiler import SQLCompiler  # noqa: E402 as above
from django.db.transaction import TransactionManagementError  # noqa: E402 as above

django.setup()
if MIGRATED in os.environ:
    settings.DATABASES["default"]["TEST"]["TEMPLATE"] = os.environ[MIGRATED]


# What `migrate` writes itself, the same for every test.
MIGRATIONS_OWN = {"django_content_type", "auth_permission"}


def delete_rows(operations: DatabaseOperations, style: object, tables: list[str], **_: object) -> list[str]:
    """Compose what empties the tables after a test that commits: for a few rows each, DELETE is far cheaper
    than TRUNCATE, which makes new files for every table and index."""
    names = [operations.quote_name(table) for table in tables if table not in MIGRATIONS_OWN]
    return ["; ".join(f"DELETE FROM {name}" for name in names)]  # noqa: S608 names of our own tables


DatabaseOperations.sql_flush = delete_rows
flush.emit_post_migrate_signal = lambda *_, **__: None  # what it would write is still there


as_sql = SQLCompiler.as_sql


def as_sql_in_own_transaction(compiler: SQLCompiler, *args: Any, **how: Any) -> Any:
    """Refuse to lock rows outside of a transaction, as Django does, also where a test's own is around it."""
    own = [block for block in compiler.connection.atomic_blocks if not block._from_testcase]  # noqa: SLF001 Django's own mark
    if compiler.query.select_for_update and not own:
        raise TransactionManagementError("Rows are locked, and no transaction of the product is open.")
    return as_sql(compiler, *args, **how)


SQLCompiler.as_sql = as_sql_in_own_transaction


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--times",
        type=int,
        default=1,
        help="how many times as many walks, races and made-up requests as every day (every night: 10)",
    )


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes longest, so that no worker is left alone with it at the end."""
    items.sort(key=lambda item: item.get_closest_marker("slow") is None)


def pytest_runtest_teardown() -> None:
    from delux.testing import send_the_crowd_home

    send_the_crowd_home()


@pytest.fixture(scope="session")
def times(pytestconfig: pytest.Config) -> int:
    return int(pytestconfig.getoption("times"))
