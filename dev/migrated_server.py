"""A throw-away server whose database has all tables already: made once for a set of migrations, then copied.

Running the migrations takes seconds of computing, copying their result does not; every test run, and each of
its parallel workers, starts from the copy.
"""

import fcntl
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from dev.embedded_postgres import EmbeddedPostgres, give, home_for, throwaway, throwaway_server


@contextmanager
def migrated_server(home: Path, *, key: str, migrate: Callable[[str], None]) -> Iterator[str]:
    """Run a throw-away copy of the server kept at ``home``; yield its URL.

    The one at ``home`` is made anew, with ``migrate`` called on its URL, whenever ``key`` differs from the
    time before: it must say all that the tables depend on.
    """
    home = home_for(home)
    home.mkdir(parents=True, exist_ok=True)
    give(home)
    key_file = home / "key"
    with (home / "copying.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not key_file.exists() or key_file.read_text() != key:
            key_file.unlink(missing_ok=True)
            make(home, migrate)
            key_file.write_text(key)
        with throwaway_server(copy_of=home) as url:
            fcntl.flock(lock, fcntl.LOCK_UN)
            yield url


@contextmanager
def another_copy(home: Path, *, settings: Mapping[str, str] | None = None) -> Iterator[EmbeddedPostgres]:
    """Run one more copy of what ``migrated_server`` made at ``home``; yield it, to be stopped and started."""
    home = home_for(home)
    with (home / "copying.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with throwaway(copy_of=home, settings=settings) as server:
            fcntl.flock(lock, fcntl.LOCK_UN)
            yield server


def make(home: Path, migrate: Callable[[str], None]) -> None:
    server = EmbeddedPostgres(home, throwaway=True)
    server.delete_data()
    try:
        migrate(server.start())
    finally:
        server.stop()
