"""Everything through a real PgBouncer in transaction mode, with fewer connections than threads."""

import re
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from io import StringIO
from typing import Any

import psycopg2
import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.test import override_settings
from django.utils import timezone

from delux.accounts.tests.factories import UserFactory
from delux.core.kept_query import KeptQuery
from delux.core.locks import lock_hot_rows
from delux.core.management.commands.migrate import ONE_AT_A_TIME
from delux.crm.services.page_views import count_view
from delux.events.models import Event, TicketType
from delux.events.tests.factories import EventFactory, TicketTypeFactory
from delux.market.tests.factories import VariantFactory
from delux.orders.tests.invariants import assert_statuses_agree, assert_stock_agrees
from dev.embedded_postgres import EmbeddedPostgres
from tests.live.buyers import Buyer, all_at_once
from tests.live.database_server import speaking_to
from tests.live.pooler import Pooler, pooler
from tests.live.server import own_server, serving
from tests.test_architecture import sources

pytestmark = pytest.mark.slow

BUYERS = 6
CONNECTIONS = 2
# Bounds of every statement, as the product sets them where nothing stands between.
BOUNDS = dict(re.findall(r"-c ([\w.]+)=([\w.]+)", settings.DATABASES["default"]["OPTIONS"]["options"])) | {
    "statement_timeout": "5s",
    "lock_timeout": "4s",
}


@pytest.fixture(scope="module")
def server(django_db_setup: None, django_db_blocker: Any) -> Iterator[EmbeddedPostgres]:
    with django_db_blocker.unblock(), own_server() as server:
        yield server


@pytest.fixture(scope="module")
def between(server: EmbeddedPostgres) -> Iterator[Pooler]:
    with pooler(server, size=CONNECTIONS) as between:
        yield between


@pytest.fixture
def through_it(between: Pooler) -> Iterator[None]:
    """Have this process speak to the pooler, with the settings such a shop has."""
    EventFactory()
    with speaking_to(between.url), override_settings(PREPARE_STATEMENTS=False):
        connection.settings_dict["DISABLE_SERVER_SIDE_CURSORS"] = True
        yield


def ask(statement: str) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchone()[0]


@contextmanager
def somebody_takes_our_connection(between: Pooler) -> Iterator[None]:
    """Have another client begin a transaction, for which it gets the connection we used last."""
    ours = ask("SELECT pg_backend_pid()")
    with closing(psycopg2.connect(between.url)) as other:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            assert cursor.fetchone()[0] == ours
        yield


def test_a_crowd_buys_through_fewer_connections_than_threads(between: Pooler, tmp_path_factory: Any) -> None:
    tickets, gear = TicketTypeFactory(quantity_total=10), VariantFactory(stock_quantity=10)
    with serving(
        database_url=between.url,
        var=tmp_path_factory.mktemp("pooler"),
        application="config.wsgi:application",
        PREPARE_STATEMENTS="false",
    ) as port:
        buyers = [Buyer(user, port=port) for user in UserFactory.create_batch(BUYERS)]
        all_at_once(buyers, lambda _, buyer: buyer.buy({tickets: 1, gear: 1}))
        between.kill()
        away = buyers[0].ask("GET", "/orders/")
        between.start()
        back = buyers[0].ask("GET", "/orders/")

    assert [dict(buyer.bought) for buyer in buyers] == [{tickets: 1, gear: 1}] * BUYERS
    assert TicketType.objects.get(pk=tickets.pk).quantity_sold == BUYERS
    assert_stock_agrees()
    assert_statuses_agree()
    assert ask("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'") == 0
    assert (away[0], away[1]["code"], back[0]) == (503, "unavailable", 200)


def test_one_that_is_told_to_end_waits_for_the_transactions_under_way(
    through_it: None, between: Pooler
) -> None:
    with closing(psycopg2.connect(between.url)) as other, other.cursor() as cursor:
        cursor.execute("SELECT 1")  # begins one
        between.tell_to_end()
        for number in range(20):
            cursor.execute("SELECT %s", [number])
            time.sleep(0.01)
        assert cursor.fetchone() == (19,)
        assert between.is_running
        other.commit()
        between.wait_for_its_end()
    between.start()
    connection.close()

    assert ask("SELECT 1") == 1


def test_every_connection_has_the_bounds_and_what_is_set_for_a_transaction_ends_with_it(
    through_it: None, between: Pooler
) -> None:
    count_view(kind="event", page_id=Event.objects.latest("pk").pk, at=timezone.now())
    call_command("audit")

    def bounds() -> dict[str, str]:
        return {name: ask(f"SHOW {name}") for name in BOUNDS}

    assert bounds() == BOUNDS
    with somebody_takes_our_connection(between):
        assert bounds() == BOUNDS
    assert ask("SHOW synchronous_commit") == "on"


def test_what_is_set_for_a_session_would_be_somebody_elses_as_well(through_it: None, between: Pooler) -> None:
    """The negative control, and why the product sets nothing for a session."""
    connection.cursor().execute("SET statement_timeout = '7s'")
    try:
        with closing(psycopg2.connect(between.url)) as other, other.cursor() as cursor:
            cursor.execute("SHOW statement_timeout")
            assert cursor.fetchone()[0] == "7s"
    finally:
        connection.cursor().execute("SET statement_timeout = '5s'")
    session = re.compile(r"\"\s*SET (?!LOCAL)[a-z_.]+ (=|TO)|pg_(try_)?advisory_lock\b|\bLISTEN \w")
    ours = {path for path, text in sources() if session.search(text)}
    # Tests and migrations speak to the server itself.
    assert ours <= {"delux/testing.py", "delux/core/management/commands/migrate.py"}


@pytest.mark.parametrize("look", ["check_unapplied", "plan"])
def test_looking_for_migrations_waits_for_nobody_and_leaves_the_connection_as_it_was(
    through_it: None, between: Pooler, look: str
) -> None:
    with closing(psycopg2.connect(between.server.url)) as migrating, migrating.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [ONE_AT_A_TIME])
        call_command("migrate", **{look: True}, stdout=StringIO(), skip_checks=True)
        assert ask("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'") == 1

    assert {name: ask(f"SHOW {name}") for name in BOUNDS} == BOUNDS


def test_a_turn_at_a_hot_row_ends_with_the_transaction_though_the_connection_goes_on(
    through_it: None, between: Pooler
) -> None:
    held = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'"
    with transaction.atomic():
        lock_hot_rows(("event", 1), ("event", 2))
        assert ask(held) == 2

    assert ask(held) == 0


def test_rows_that_are_read_in_pieces_need_no_cursor_of_the_servers(
    through_it: None, between: Pooler
) -> None:
    EventFactory.create_batch(3)
    rows = Event.objects.order_by("pk")

    def read() -> int:
        iterated = rows.iterator(chunk_size=1)
        first = next(iterated)
        with somebody_takes_our_connection(between):
            return len([first, *iterated])

    assert read() == rows.count()
    connection.settings_dict["DISABLE_SERVER_SIDE_CURSORS"] = False
    with pytest.raises(psycopg2.errors.InvalidCursorName, match=r"cursor .* does not exist"):
        read()


def test_kept_statements_are_composed_once_and_planned_each_time(through_it: None, between: Pooler) -> None:
    kept = KeptQuery(lambda pk: Event.objects.filter(pk=pk).values("id"), pk=int)
    pk = Event.objects.latest("pk").pk

    def read() -> list[dict[str, Any]]:
        kept.read(pk=pk)
        with somebody_takes_our_connection(between):
            return kept.read(pk=pk)

    assert read() == [{"id": pk}]
    with override_settings(PREPARE_STATEMENTS=True), pytest.raises(DatabaseError, match="does not exist"):
        read()
