from pathlib import Path

import psycopg2
import pytest

from dev.migrated_server import migrated_server
from dev.tests.test_embedded_postgres import answer


class Migrations:
    """Stands for migrations: counts how often it runs and leaves a table."""

    def __init__(self) -> None:
        self.runs = 0

    def __call__(self, url: str) -> None:
        self.runs += 1
        answer(url, f"CREATE TABLE made AS SELECT {self.runs} AS run")


def test_migrations_run_once_for_many_servers_until_their_key_changes(folder: Path) -> None:
    migrations = Migrations()
    home = folder / "test-postgres"

    with migrated_server(home, key="one", migrate=migrations) as url:
        answer(url, "DELETE FROM made")
    with migrated_server(home, key="one", migrate=migrations) as url:
        assert answer(url, "SELECT run FROM made") == 1
    with migrated_server(home, key="two", migrate=migrations) as url:
        assert answer(url, "SELECT run FROM made") == 2

    assert migrations.runs == 2


def test_two_runs_at_once_do_not_see_each_other(folder: Path) -> None:
    migrations = Migrations()
    home = folder / "test-postgres"

    with (
        migrated_server(home, key="one", migrate=migrations) as one,
        migrated_server(home, key="one", migrate=migrations) as other,
    ):
        answer(one, "DELETE FROM made")
        assert answer(other, "SELECT run FROM made") == 1


def test_failed_migrations_are_not_kept(folder: Path) -> None:
    home = folder / "test-postgres"

    def fail(url: str) -> None:
        answer(url, "CREATE TABLE half ()")
        raise ValueError("a broken migration")

    with pytest.raises(ValueError, match="broken"), migrated_server(home, key="one", migrate=fail):
        pytest.fail("it must not start")  # pragma: no cover

    with migrated_server(home, key="one", migrate=Migrations()) as url:
        assert answer(url, "SELECT to_regclass('half') IS NULL")
    with pytest.raises(psycopg2.OperationalError):
        answer(url, "SELECT 1")
