"""What tests of every app share."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

from django.db import connection
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


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """Run every act in a thread and a connection of its own, all starting together.

    Return, in their order, what each returned; of a refusal its class.
    """
    start = Barrier(len(acts))

    def run(act: Callable[[], Any]) -> Any:
        try:
            with connection.cursor() as cursor:
                # Who waits how long depends on the machine; what comes of it must not.
                cursor.execute("SET statement_timeout = 0; SET lock_timeout = 0")
            start.wait(timeout=60)
            return act()
        except DomainError as refusal:
            return type(refusal)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as crowd:
        return list(crowd.map(run, acts))
