"""An end to waiting for a server that has taken a question and says nothing.

A frozen machine goes on acknowledging what it is sent, so neither the server's own time limit nor the
network's ends such a wait. A thread of each process does: it cuts the connection.
"""

import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Lock, Thread, get_ident
from time import monotonic, sleep

from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg2 import InterfaceError

_LOOKS_EVERY = 0.25

_Wait = tuple[float, BaseDatabaseWrapper]
# By the thread that waits.
_waits: dict[int, _Wait] = {}
_watchers: list[Thread] = []
_starting = Lock()


@contextmanager
def cut_after(seconds: float, database: BaseDatabaseWrapper) -> Iterator[None]:
    """Have this thread's connection to ``database`` cut if the block takes longer; it fails then."""
    _have_somebody_watch()
    thread = get_ident()
    outer = _waits.get(thread)
    _waits[thread] = (monotonic() + seconds, database)
    try:
        yield
    finally:
        _waits.pop(thread, None)
        if outer:
            _waits[thread] = outer


def _have_somebody_watch() -> None:
    # In the process that this one was forked from somebody did, and here nobody does.
    if not any(watcher.is_alive() for watcher in _watchers):
        with _starting:
            if not any(watcher.is_alive() for watcher in _watchers):
                _watchers[:] = [Thread(target=_watch, name="deadlines", daemon=True)]
                _watchers[0].start()


def _watch() -> None:
    while True:
        sleep(_LOOKS_EVERY)
        now = monotonic()
        for thread, wait in tuple(_waits.items()):
            deadline, database = wait
            if now >= deadline and _waits.get(thread) is wait:
                _waits.pop(thread, None)
                _cut(database)


def _cut(database: BaseDatabaseWrapper) -> None:
    # By now it may be closed; and one that is not open yet has a time limit of its own.
    with suppress(AttributeError, InterfaceError, OSError):
        wire = socket.socket(fileno=os.dup(database.connection.fileno()))
        try:
            wire.shutdown(socket.SHUT_RDWR)
        finally:
            wire.close()
