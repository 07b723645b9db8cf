"""What tests of every app share."""

from collections import Counter
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from threading import Barrier
from typing import Any

from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from rest_framework.test import APIClient

from delux.accounts.models import OrganizerProfile, User
from delux.accounts.services.access_tokens import issue_access_token
from delux.core.errors import DomainError


def client_for(person: User | OrganizerProfile | None = None) -> APIClient:
    """Return an API client signed in as ``person`` by a real access token; anonymous for nobody."""
    client = APIClient()
    if person is not None:
        user = person if isinstance(person, User) else person.user
        client.credentials(HTTP_AUTHORIZATION=f"Bearer {issue_access_token(user)}")
    return client


class _Crowd(ThreadPoolExecutor):
    """Threads with a connection each, kept for all rounds of a test: connecting costs more than most acts."""

    def __init__(self) -> None:
        super().__init__(max_workers=100, initializer=self._arrive)
        self._connections: list[BaseDatabaseWrapper] = []

    def _arrive(self) -> None:
        own = connections[DEFAULT_DB_ALIAS]
        own.inc_thread_sharing()  # it is closed by the test's own thread
        self._connections.append(own)
        with own.cursor() as cursor:
            # Who waits how long depends on the machine; what comes of it must not.
            cursor.execute("SET statement_timeout = 0; SET lock_timeout = 0")

    def go_home(self) -> None:
        self.shutdown()
        for each in self._connections:
            each.close()


_crowd = cache(_Crowd)


def send_the_crowd_home() -> None:
    """End the threads of a test, if it had any, and close their connections."""
    if _crowd.cache_info().currsize:
        _crowd().go_home()
        _crowd.cache_clear()


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """Run every act in a thread and a connection of its own, all starting together.

    Return, in their order, what each returned; of a refusal its class.
    """
    start = Barrier(len(acts))

    def run(act: Callable[[], Any]) -> Any:
        start.wait(timeout=60)
        try:
            return act()
        except DomainError as refusal:
            return type(refusal)

    return list(_crowd().map(run, acts))


def all_at_once(acts: Iterable[Callable[[], object]], *, at_a_time: int = 16) -> Counter[str]:
    """Run ``acts``, so many of them ``at_a_time``; count how they ended: result or error's name."""
    waiting = list(acts)
    next_up = iter(waiting)

    def ending(act: Callable[[], object]) -> str:
        try:
            return str(act())
        except Exception as error:  # noqa: BLE001 every ending is counted, and asserted on by the test
            return type(error).__name__ + (f": {error}" if isinstance(error, DatabaseError) else "")

    def take_turns() -> list[str]:
        return [ending(act) for act in next_up]

    turns = at_once(*[take_turns] * min(at_a_time, len(waiting)))
    return Counter(end for ends in turns for end in ends)
