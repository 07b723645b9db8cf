"""Reads that a copy of the database may answer: those marked with `from_replica`, and nothing else.

A marked read goes to the replica of DATABASE_REPLICA_URL while that is known to be a few seconds behind at
most, outside of transactions, and not for somebody who has just changed something (OwnWritesMiddleware).
Whatever the replica cannot do the primary does; see docs/decisions/0024-marked-reads-go-to-a-replica.md.
"""

import threading
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from contextvars import ContextVar
from functools import wraps
from itertools import islice
from time import monotonic, sleep
from typing import ParamSpec, TypeVar

import structlog
from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, DatabaseError, InterfaceError, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from prometheus_client import Counter

from delux.core.deadlines import cut_after

PRIMARY = DEFAULT_DB_ALIAS
REPLICA = "replica"

P = ParamSpec("P")
T = TypeVar("T")

log = structlog.get_logger(__name__)

READS = Counter("delux_marked_reads", "Reads a replica may answer, by who did and why", ["answered"])

_from_replica: ContextVar[bool] = ContextVar("from_replica", default=False)
_own_writes: ContextVar[bool] = ContextVar("own_writes", default=False)


class ReplicaRouter:
    """Django's question which database to ask, answered."""

    def db_for_read(self, _model: object, **_hints: object) -> str:
        return read_alias()

    def db_for_write(self, _model: object, **_hints: object) -> str:
        return PRIMARY

    def allow_relation(self, _one: object, _other: object, **_hints: object) -> bool:
        return True

    def allow_migrate(self, alias: str, _app: str, **_hints: object) -> bool:
        return alias == PRIMARY


def read_alias() -> str:
    """Return where a statement that only reads belongs now; what is part of a transaction stays in it."""
    if _from_replica.get() and not connections[PRIMARY].in_atomic_block:
        return REPLICA
    return PRIMARY


def read_connection() -> BaseDatabaseWrapper:
    """Return the connection for a statement written by hand that only reads."""
    return connections[read_alias()]


def reads_own_writes() -> bool:
    """Tell whether whoever asks has changed something just now, and must see it."""
    return _own_writes.get()


def reading_own_writes() -> AbstractContextManager[None]:
    """Have every read in the block see all that is committed, the marked ones as well."""
    return _switched(_own_writes, on=True)


def from_replica(read: Callable[P, T]) -> Callable[P, T]:
    """Mark what reads for an answer, such as a view's `get`: the replica may answer it.

    Nothing may be decided or changed in it: what it reads may be a few seconds old, and it is called again if
    the replica fails in the middle, or takes longer than anybody waits.
    """

    @wraps(read)
    def in_time(*args: P.args, **kwargs: P.kwargs) -> T:
        if not _from_replica.get():
            return read(*args, **kwargs)
        with cut_after(settings.REPLICA_PATIENCE, connections[REPLICA]):
            return read(*args, **kwargs)

    return _marked(in_time, _may_answer)


def from_replica_that_caught_up(read: Callable[P, T]) -> Callable[P, T]:
    """Mark what reads much for somebody who is not waiting: the replica answers once it has all there was.

    What is read is no older than the call, which waits a moment for the replica. It is called again if that
    fails in the middle; what it changes it changes at the primary.
    """
    return _marked(read, _catches_up)


def each_in_time(rows: Iterator[T]) -> Iterator[T]:
    """Pass on what is read for one who is not waiting; a replica that falls silent amid it is given up."""
    if not _from_replica.get():
        yield from rows
        return
    more = True
    while more:
        with cut_after(settings.REPLICA_SILENCE, connections[REPLICA]):
            batch = list(islice(rows, 1))
        more = bool(batch)
        yield from batch


def _marked(read: Callable[P, T], may_answer: Callable[[], bool]) -> Callable[P, T]:
    @wraps(read)
    def marked(*args: P.args, **kwargs: P.kwargs) -> T:
        if REPLICA not in settings.DATABASES:
            return read(*args, **kwargs)
        if may_answer():
            try:
                with _switched(_from_replica, on=True):
                    answer = read(*args, **kwargs)
            except (DatabaseError, InterfaceError) as error:
                if getattr(error.__cause__, "pgcode", None) == _TOO_LONG:
                    raise  # the primary would take as long
                _give_up(error)
            else:
                READS.labels(answered="replica").inc()
                return answer
        # A marked read may be part of another.
        with _switched(_from_replica, on=False):
            return read(*args, **kwargs)

    return marked


@contextmanager
def _switched(switch: ContextVar[bool], *, on: bool) -> Iterator[None]:
    token = switch.set(on)
    try:
        yield
    finally:
        switch.reset(token)


_TOO_LONG = "57014"
# A timeline and a place in its log. A database that was restored to a second, or a replica that was made a
# primary, begins another timeline: places of two have nothing to do with each other.
Place = tuple[int, int]
# Moments, and where the primary's log had come to then at the latest: of all threads of this process.
_primary_was: deque[tuple[float, Place]] = deque(maxlen=200)
_left_alone_until = 0.0


class _Found(threading.local):
    """What a thread's own connection last found; behind one address there may be several replicas."""

    connection: object = None
    until = 0.0
    close_enough = False


_found = _Found()


def _may_answer() -> bool:
    """Tell whether the replica may, and count why not."""
    if _own_writes.get():
        READS.labels(answered="primary_own_writes").inc()
        return False
    known = monotonic() < _found.until and _found.connection is connections[REPLICA].connection
    if monotonic() >= _left_alone_until and not known:
        _look()
    if monotonic() < _left_alone_until:
        READS.labels(answered="primary_replica_away").inc()
        return False
    if not _found.close_enough:
        READS.labels(answered="primary_replica_late").inc()
        return False
    return True


def _look() -> None:
    """Find out how far behind the replica is.

    It has what the primary had at the latest moment whose log it has replayed: no clock but ours is asked,
    and a replica that hears nothing any more is found late too, though it has replayed all it knows of.
    """
    at = monotonic()
    if written := _written():
        _primary_was.append((at, written))
    try:
        replayed = _replayed()
    except (DatabaseError, InterfaceError) as error:
        _give_up(error)
        return
    behind = [at - moment for moment, place in tuple(_primary_was) if _has(replayed, place)]
    _found.connection = connections[REPLICA].connection
    _found.close_enough = bool(behind) and min(behind) <= settings.REPLICA_MOST_BEHIND
    _found.until = monotonic() + settings.REPLICA_BELIEVED


def _catches_up() -> bool:
    """Wait until the replica has all that is committed now, as long as it may be behind; count why not."""
    if monotonic() < _left_alone_until:
        READS.labels(answered="primary_replica_away").inc()
        return False
    written, deadline = _written(), monotonic() + settings.REPLICA_MOST_BEHIND
    try:
        while not (written and _has(_replayed(), written)):
            if not written or monotonic() > deadline:
                READS.labels(answered="primary_replica_late").inc()
                return False
            sleep(0.05)
    except (DatabaseError, InterfaceError) as error:
        _give_up(error)
        READS.labels(answered="primary_replica_away").inc()
        return False
    return True


def _has(replayed: Place | None, place: Place) -> bool:
    return replayed is not None and replayed[0] == place[0] and replayed[1] >= place[1]


def _written() -> Place | None:
    """Return where the primary's log ends; None while it is in recovery itself."""
    return _ask(
        PRIMARY,
        "SELECT ('x' || left(pg_walfile_name(pg_current_wal_lsn()), 8))::bit(32)::int,"
        " pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::bigint WHERE NOT pg_is_in_recovery()",
    )


def _replayed() -> Place | None:
    """Return how far the replica has come, and once made a primary stays; None for what never was one."""
    return _ask(
        REPLICA,
        "SELECT greatest(timeline_id, min_recovery_end_timeline),"
        " pg_wal_lsn_diff(pg_last_wal_replay_lsn(), '0/0')::bigint"
        " FROM pg_control_checkpoint(), pg_control_recovery() WHERE pg_last_wal_replay_lsn() IS NOT NULL",
    )


def _ask(alias: str, statement: str) -> Place | None:
    database = connections[alias]
    with cut_after(settings.REPLICA_PATIENCE, database), database.cursor() as cursor:
        cursor.execute(statement)
        place: Place | None = cursor.fetchone()
    return place


def _give_up(error: Exception) -> None:
    """Leave the replica alone for a while: it is away, or cannot answer what the primary can."""
    global _left_alone_until
    log.warning("replica.failed", error=type(error).__name__, reason=str(error)[:200])
    _left_alone_until, _found.until = monotonic() + settings.REPLICA_LEFT_ALONE, 0.0
    connections[REPLICA].close()
