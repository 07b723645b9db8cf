"""Migrations on a real server, beside somebody who uses the table that is to be changed."""

import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from io import StringIO
from threading import Event, Thread

import psycopg2
import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection, connections
from django.test import override_settings

from delux.core.management.commands import migrate
from tests.live.server import own_database

COLUMN, INDEX = "0001_a_column", "0002_an_index"
PATIENCE = 20.0


@pytest.fixture(scope="module")
def url(django_db_blocker) -> Iterator[str]:
    with (
        django_db_blocker.unblock(),
        own_database("migrating") as url,
        override_settings(MIGRATION_MODULES={"demo": "tests.live.expanding"}),
    ):
        yield url


@pytest.fixture(autouse=True)
def before_the_release(url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    assert (migrate.LOCK_SECONDS, sum(migrate.PAUSES)) == (2, 120)
    monkeypatch.setattr(migrate, "LOCK_SECONDS", 0.4)
    monkeypatch.setattr(migrate, "PAUSES", (0.1, 0.1))
    yield
    run("zero")


def run(target: str) -> str:
    words = StringIO()
    call_command("migrate", "demo", target, stdout=words, skip_checks=True)
    return words.getvalue()


@contextmanager
def running(target: str) -> Iterator[Callable[[], str | Exception]]:
    """Migrate in a thread; what it yields waits for its end, and returns what it said."""
    said: list[str | Exception] = []

    def work() -> None:
        try:
            said.append(run(target))
        except Exception as error:  # noqa: BLE001 - returned to whoever waits
            said.append(error)
        finally:
            connections.close_all()

    def end() -> str | Exception:
        thread.join(PATIENCE)
        return said[0]

    thread = Thread(target=work)
    thread.start()
    try:
        yield end
    finally:
        thread.join(PATIENCE)


@contextmanager
def orders_in_use(url: str) -> Iterator[Callable[[], None]]:
    """Have a transaction that wrote to orders go on until the block ends, or what it yields is called."""
    with closing(psycopg2.connect(url)) as writer:
        writer.cursor().execute("LOCK TABLE orders_order IN ROW EXCLUSIVE MODE")
        yield writer.close


@contextmanager
def readers(url: str) -> Iterator[list[float]]:
    """Read orders again and again; yield how long each read took, in seconds."""
    took: list[float] = []
    over = Event()

    def read() -> None:
        with closing(psycopg2.connect(url)) as reader:
            reader.autocommit = True
            while not over.is_set():
                began = time.monotonic()
                reader.cursor().execute("SELECT count(*) FROM orders_order")
                took.append(time.monotonic() - began)
                time.sleep(0.02)

    thread = Thread(target=read)
    thread.start()
    try:
        yield took
    finally:
        over.set()
        thread.join(PATIENCE)


def exists(name: str) -> bool:
    """Tell whether orders have such a column, or an index that is used."""
    column = "attrelid = 'orders_order'::regclass AND attname = %s AND NOT attisdropped"
    index = "indexrelid = to_regclass(%s) AND indisvalid"
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT FROM pg_attribute WHERE {column} UNION ALL SELECT FROM pg_index WHERE {index}",  # noqa: S608 both are ours
            [name, name],
        )
        return cursor.fetchone() is not None


def wait_for(state: str) -> int:
    """Wait until a session is in such a wait; return its process."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pid FROM pg_stat_activity WHERE query LIKE %s AND wait_event_type = 'Lock' "
                "AND datname = current_database()",
                [f"{state}%"],
            )
            if found := cursor.fetchone():
                return found[0]
        time.sleep(0.01)
    raise AssertionError(f"nobody waits in {state}")


def test_a_change_gives_way_to_a_long_transaction_and_comes_once_it_is_over(url: str) -> None:
    with readers(url) as took, orders_in_use(url) as end_it, running(COLUMN) as ended:
        wait_for("ALTER")
        time.sleep(migrate.LOCK_SECONDS + 0.05)
        assert not exists("gift_note")
        end_it()
        said = ended()

    assert "A table is in use; trying again in 0.1 s. At work: process" in said
    assert exists("gift_note")
    # Readers queue behind a change that waits: no longer than it does.
    assert max(took) < migrate.LOCK_SECONDS + 0.8


def test_a_change_that_does_not_give_way_holds_readers_up(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(migrate, "LOCK_SECONDS", 30)
    with readers(url) as took, orders_in_use(url) as end_it, running(COLUMN) as ended:
        wait_for("ALTER")
        time.sleep(1.4)
        end_it()
        ended()

    assert max(took) > 1.3


def test_a_change_that_never_finds_the_table_free_says_who_uses_it(url: str) -> None:
    with orders_in_use(url), pytest.raises(CommandError) as refused:
        run(COLUMN)

    assert "in use at each of 3 tries" in str(refused.value)
    assert "migrate again when these are over: process" in str(refused.value)
    assert "idle in transaction" in str(refused.value)
    assert not exists("gift_note")
    assert "Applying demo.0001_a_column... OK" in run(COLUMN)


def test_an_index_is_built_beside_a_long_transaction_and_writers_do_not_wait(url: str) -> None:
    run(COLUMN)
    with orders_in_use(url) as end_it, running(INDEX) as ended:
        wait_for("CREATE INDEX")
        time.sleep(migrate.LOCK_SECONDS + 0.05)
        with connection.cursor() as cursor:
            cursor.execute(
                "SET lock_timeout = '50ms'; UPDATE orders_order SET gift_note = 'x'; RESET lock_timeout"
            )
        end_it()
        said = ended()

    assert "in use" not in said
    assert exists("order_gifts")


def test_what_is_left_of_an_interrupted_index_is_made_anew(url: str) -> None:
    run(COLUMN)
    with orders_in_use(url), running(INDEX) as ended:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_cancel_backend(%s)", [wait_for("CREATE INDEX")])
        stopped = ended()

    assert isinstance(stopped, OperationalError)
    assert not exists("order_gifts")
    run(INDEX)
    assert exists("order_gifts")


def test_a_second_one_is_refused_while_one_is_at_work(url: str) -> None:
    with orders_in_use(url) as end_it, running(COLUMN) as ended:
        wait_for("ALTER")
        with pytest.raises(CommandError, match="Another `migrate` is at work"):
            run(COLUMN)
        end_it()
        ended()
    with connection.cursor() as cursor:
        cursor.execute("SHOW lock_timeout")
        assert cursor.fetchone() == ("4s",)
