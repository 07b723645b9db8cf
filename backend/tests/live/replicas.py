"""A streaming replica, made by PostgreSQL's own tools from a server of the tests."""

import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import psycopg2

from dev.embedded_postgres import (
    THROWAWAY_PREFIX,
    EmbeddedPostgres,
    binaries,
    clean_environment,
    give,
)
from tests.live.database_server import as_its_user

# What a primary needs for it, and what its replica has to have as well.
REPLICATES = {"wal_level": "replica", "max_wal_senders": "4", "synchronous_commit": "on"}


@contextmanager
def replica_of(primary: EmbeddedPostgres) -> Iterator[EmbeddedPostgres]:
    """Run a replica of a server that was started with ``REPLICATES``; yield it, to be stopped and started."""
    with tempfile.TemporaryDirectory(prefix=THROWAWAY_PREFIX, dir="/var/tmp") as folder:
        replica = EmbeddedPostgres(Path(folder), throwaway=True, settings=REPLICATES)
        give(replica.home)
        made = subprocess.run(
            [
                binaries() / "pg_basebackup",
                *("--dbname", primary.url.rpartition("/")[0] + "/", "--pgdata", replica.data),
                *("--write-recovery-conf", "--checkpoint", "fast", "--wal-method", "stream", "--no-sync"),
            ],
            cwd="/",
            env=clean_environment(),
            capture_output=True,
            text=True,
            check=False,
            **as_its_user(),
        )
        assert made.returncode == 0, made.stderr
        replica.password_file.write_text(primary.password_file.read_text())
        replica.start()
        try:
            yield replica
        finally:
            replica.stop()


def ask(server: EmbeddedPostgres, statement: str) -> Any:
    """Return the one value a statement gives."""
    with closing(psycopg2.connect(server.url)) as asked, asked.cursor() as cursor:
        asked.autocommit = True
        cursor.execute(statement)
        return cursor.fetchone()[0]


def hold_back(replica: EmbeddedPostgres) -> None:
    """Have it replay nothing any more: it hears of every change, and shows none."""
    ask(replica, "SELECT pg_wal_replay_pause()::text")


def catch_up(replica: EmbeddedPostgres) -> None:
    ask(replica, "SELECT pg_wal_replay_resume()::text")
