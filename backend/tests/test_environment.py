"""What the whole suite stands on: real PostgreSQL, one driver, no network, every setting explained."""

import os
import re
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.conf import settings
from django.db import OperationalError, connection, transaction
from django.db.backends.postgresql.psycopg_any import is_psycopg3
from pytest_socket import SocketConnectBlockedError

from delux.accounts.models import User

BACKEND = Path(__file__).resolve().parent.parent
ENV_MODULE = BACKEND / "config" / "env.py"
ENV_EXAMPLE = BACKEND.parent / ".env.example"


def settings_in_code() -> set[str]:
    return set(re.findall(r"""\benv\.\w+\(\s*["'](\w+)["']""", ENV_MODULE.read_text()))


def settings_in_example() -> dict[str, str]:
    """Return every variable of the example with the comment line above it."""
    explained: dict[str, str] = {}
    lines = ENV_EXAMPLE.read_text().splitlines()
    for above, line in zip(["", *lines], lines, strict=False):
        if match := re.match(r"#?\s?([A-Z][A-Z0-9_]+)=", line):
            explained[match[1]] = above
    return explained


def settings_in_compose() -> set[str]:
    """Return what the containers of production are told: `${NAME}`, or a name with nothing after it."""
    text = (BACKEND.parent / "docker-compose.prod.yml").read_text()
    return {
        either or other
        for either, other in re.findall(r"\$\{(\w+)|^ +([A-Z][A-Z0-9_]+):$", text, re.MULTILINE)
    }


@pytest.mark.django_db
def test_the_suite_talks_to_postgresql_through_psycopg2() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version_num")
        version = int(cursor.fetchone()[0])

    assert connection.vendor == "postgresql"
    assert version >= 150000
    assert not is_psycopg3


@pytest.mark.django_db
def test_a_database_that_takes_connections_and_says_nothing_is_given_up_in_time() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        lost = connection.copy()
        lost.settings_dict |= {"HOST": "127.0.0.1", "PORT": str(silent.getsockname()[1])}
        lost.settings_dict["OPTIONS"] = {**lost.settings_dict["OPTIONS"], "connect_timeout": 2}
        asked = time.monotonic()
        with pytest.raises(OperationalError, match="timeout"):
            lost.ensure_connection()

    assert time.monotonic() - asked < 5
    assert 2 <= settings.DATABASES["default"]["OPTIONS"]["connect_timeout"] < 10


def test_the_network_is_closed_to_tests() -> None:
    with pytest.raises(SocketConnectBlockedError), socket.socket() as outside:
        outside.connect(("203.0.113.1", 80))


@pytest.mark.django_db
def test_a_tests_own_transaction_does_not_hide_that_the_product_opened_none() -> None:
    rows = User.objects.select_for_update()
    with transaction.atomic():
        assert list(rows) == []

    with pytest.raises(transaction.TransactionManagementError):
        list(rows.all())


def test_every_setting_stands_in_the_example_with_one_line_on_it() -> None:
    example = settings_in_example()

    assert set(example) - {"PORT"} == settings_in_code() | settings_in_compose()
    assert [name for name, above in example.items() if not re.match(r"# \w.{8,}", above)] == []


def test_only_the_env_module_reads_the_environment() -> None:
    readers = [
        path.relative_to(BACKEND).as_posix()
        for folder in ("config", "delux")
        for path in (BACKEND / folder).rglob("*.py")
        if "tests" not in path.parts
        and re.search(r"os\.(environ(?!\.setdefault\(\"DJANGO_SETTINGS_MODULE\")|getenv)", path.read_text())
    ]

    assert readers == []


def test_every_setting_reaches_the_containers_of_production() -> None:
    text = (BACKEND.parent / "docker-compose.prod.yml").read_text()
    [backend] = re.findall(r"^x-backend:.*?^services:", text, re.MULTILINE | re.DOTALL)
    # The image says where its files are and when it ends, the worker alone shows what it counts, and nobody
    # mocks payments or has processes kill themselves.
    elsewhere = {
        "DELUX_VAR",
        "PROMETHEUS_MULTIPROC_DIR",
        "LEAVING_FILE",
        "WORKER_METRICS_PORT",
        "MOCK_WEBHOOK_SECRET",
        "FAULTPOINT",
    }

    assert settings_in_code() - set(re.findall(r"^ +([A-Z][A-Z0-9_]+):", backend, re.MULTILINE)) == elsewhere


START = """
import sys
import config.settings.production
from config import reporting
reporting.start("web")
print(*sorted({name.split(".")[0] for name in sys.modules} & {"opentelemetry", "sentry_sdk", "google"}))
"""


def start_production(code: str = START, **changed: str) -> subprocess.CompletedProcess[str]:
    complete = {
        "SECRET_KEY": "s" * 50,
        "TICKET_SIGNING_KEY": "t" * 50,
        "ALLOWED_HOSTS": "delux.example",
        "PUBLIC_URL": "https://delux.example",
        "EMAIL_URL": "smtp+tls://delux:secret@mail.delux.example:587",
        "DATABASE_URL": os.environ["DATABASE_URL"],
        "S3_BUCKET": "pictures",
        "S3_PRIVATE_BUCKET": "private",
        "MEDIA_URL": "https://pictures.example/",
    }
    return subprocess.run(
        [sys.executable, "-c", code],
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(BACKEND)} | complete | changed,
        cwd=BACKEND,
        capture_output=True,
        text=True,
        check=False,
    )


def test_production_starts_when_everything_it_needs_is_there() -> None:
    start = start_production()

    assert (start.returncode, start.stderr) == (0, "")
    # What tells others of traces and failures is not even imported unless a setting asks for it.
    assert start.stdout == "\n"


def test_only_one_module_knows_what_tells_others_of_traces_and_failures() -> None:
    knowing = [
        path.name
        for folder in ("config", "delux")
        for path in (BACKEND / folder).rglob("*.py")
        if "tests" not in path.parts and re.search(r"opentelemetry|sentry_sdk", path.read_text())
    ]

    assert knowing == ["reporting.py"]


@pytest.mark.parametrize(
    ("name", "bad"),
    [
        *((name, "") for name in ("SECRET_KEY", "TICKET_SIGNING_KEY", "ALLOWED_HOSTS", "DATABASE_URL")),
        ("SECRET_KEY", "short"),
        ("SECRET_KEY", "local-only-secret-key-that-protects-demo-data-and-nothing-else"),
        ("ALLOWED_HOSTS", "*"),
        ("ALLOWED_HOSTS", "other.example"),
        ("PUBLIC_URL", "http://delux.example"),
        ("EMAIL_URL", ""),
        ("FAULTPOINT", "K3"),
        ("S3_PRIVATE_BUCKET", "pictures"),
        ("S3_PRIVATE_BUCKET", ""),
        ("S3_BUCKET", ""),
        ("S3_ENDPOINT", "http://s3.example"),
        ("MEDIA_URL", "http://pictures.example/"),
    ],
)
def test_production_refuses_to_start_with_a_setting_missing_or_not_its_own(name: str, bad: str) -> None:
    start = start_production(**{name: bad})

    assert start.returncode != 0
    assert "ImproperlyConfigured" in start.stderr
    assert name in start.stderr


SHOW = """
from config.settings import production as settings
databases = settings.DATABASES
print(databases["default"]["OPTIONS"].get("sslmode"), databases["replica"]["OPTIONS"].get("sslmode"))
print(databases["default"]["OPTIONS"]["connect_timeout"], databases["replica"]["OPTIONS"]["connect_timeout"])
print("statement_timeout" in databases["replica"]["OPTIONS"]["options"], settings.MEDIA_URL)
"""


def test_what_an_address_of_a_database_asks_for_is_asked_and_the_bounds_beside_it() -> None:
    url = "postgres://delux:secret@db.example:5432/delux"
    shown = start_production(
        SHOW,
        DATABASE_URL=f"{url}?sslmode=verify-full",
        DATABASE_REPLICA_URL=f"{url}?sslmode=require&connect_timeout=1",
        MEDIA_URL="https://pictures.example/shop",
    )

    assert shown.stdout.splitlines() == [
        "verify-full require",
        "5 1",
        "True https://pictures.example/shop/",
    ]
