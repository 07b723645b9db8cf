"""Django's own `migrate`, for a shop that sells meanwhile.

A change of a table that is in use waits two seconds at most, because whoever comes after it waits behind it;
then it gives way, and tries again a little later. What is built beside the readers and writers (an index
CONCURRENTLY) waits for them as long as it takes: nobody waits for it.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.core.management import CommandError
from django.core.management.commands import migrate
from django.db import OperationalError, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg2.errors import DeadlockDetected, LockNotAvailable

LOCK_SECONDS = 2
# Between tries, in seconds: two minutes in all.
PAUSES = (1, 2, 4, 8, 15, 15, 15, 15, 15, 15, 15)
# Any number will do, as long as nothing else takes it for the lock of a session.
ONE_AT_A_TIME = 7_202_611_220


class Command(migrate.Command):
    help = f"{migrate.Command.help} Gives way to whoever uses the tables, and tries again."

    def handle(self, *args: Any, **options: Any) -> None:
        if options["check_unapplied"] or options["plan"]:
            # These only look: they wait for nobody, keep nobody out, and leave the connection as it was.
            super().handle(*args, **options)
            return
        connection = connections[options["database"]]
        with the_only_one(connection), bounded(connection):
            for pause in (*PAUSES, None):
                drop_unfinished_indexes(connection)
                try:
                    super().handle(*args, **options)
                    return
                except OperationalError as error:
                    if not isinstance(error.__cause__, LockNotAvailable | DeadlockDetected):
                        raise
                    users = "; ".join(transactions_under_way(connection)) or "nobody any more"
                    if pause is None:
                        raise CommandError(
                            f"A table to be changed was in use at each of {len(PAUSES) + 1} tries. What was "
                            "done so far is kept, nothing is half done: migrate again when these are over: "
                            f"{users}."
                        ) from None
                    self.stdout.write(f"A table is in use; trying again in {pause} s. At work: {users}.")
                time.sleep(pause)


@contextmanager
def the_only_one(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """Keep a second one out: both would do the same, and drop what the other one is building.

    :raises CommandError: another one is at work
    """
    with connection.cursor() as cursor:
        # Not waiting for it: a session that waits is one that an index waits for.
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [ONE_AT_A_TIME])
        if not cursor.fetchone()[0]:
            raise CommandError("Another `migrate` is at work on this database: wait for it, and look again.")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [ONE_AT_A_TIME])


@contextmanager
def bounded(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """Bound how long a statement waits for a lock, but not how long it works."""

    def give_way(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        if " CONCURRENTLY " not in sql:
            return execute(sql, params, many, context)
        with connection.connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = 0")
            try:
                return execute(sql, params, many, context)
            finally:
                cursor.execute(f"SET lock_timeout = '{LOCK_SECONDS}s'")

    with connection.cursor() as cursor:
        cursor.execute(f"SET lock_timeout = '{LOCK_SECONDS}s'; SET statement_timeout = 0")
    try:
        with connection.execute_wrapper(give_way):
            yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("RESET lock_timeout; RESET statement_timeout")


def drop_unfinished_indexes(connection: BaseDatabaseWrapper) -> None:
    """Drop what is left of indexes whose building was interrupted: they cost work and are never used."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT format('DROP INDEX CONCURRENTLY %I', relname)
            FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid
            WHERE NOT indisvalid AND relkind = 'i' AND pg_table_is_visible(indexrelid)
                AND indexrelid NOT IN (SELECT index_relid FROM pg_stat_progress_create_index)
            """
        )
        for [statement] in cursor.fetchall():
            cursor.execute(statement)


def transactions_under_way(connection: BaseDatabaseWrapper) -> list[str]:
    """Describe the transactions that began before a lock was asked for, without what they ask."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT format('process %%s of %%s%%s, %%s for %%s s', pid, usename,
                coalesce(' (' || nullif(application_name, '') || ')', ''), state,
                round(extract(epoch FROM now() - xact_start)))
            FROM pg_stat_activity
            WHERE xact_start < now() - make_interval(secs => %s) AND pid <> pg_backend_pid()
                AND datname = current_database() AND backend_type = 'client backend'
            ORDER BY xact_start
            """,
            [LOCK_SECONDS],
        )
        return [description for [description] in cursor.fetchall()]
