"""Hand work to the worker by name once the transaction is committed.

A lost message loses nothing: every piece of work is a row that a periodic sweep finds again.
"""

import time
from typing import Any

import structlog
from celery import current_app
from django.db import transaction

from delux.core.faults import faultpoint

log = structlog.get_logger(__name__)
WAKE_AFTER = 1.0


def enqueue(task: str, *, delay: float = 0, **kwargs: Any) -> None:
    """Send ``task`` after commit, ``delay`` seconds later. A broker that is down is logged, never felt."""

    def send() -> None:
        try:
            current_app.send_task(task, kwargs=kwargs, countdown=delay or None, retry=False)
        except Exception as error:  # noqa: BLE001 - brokers fail in as many ways as there are brokers
            log.warning("queue.unreachable", task=task, error=type(error).__name__)

    transaction.on_commit(send, robust=True)


_woken: dict[str, float] = {}


def wake(task: str) -> None:
    """Have a sweep, one that finds its own work in the database, run within a second after commit.

    One message a second from each process is enough however many rows are written: the message sent a moment
    ago has not run yet, and its run will see this transaction's rows too.
    """

    def send() -> None:
        faultpoint("K6")
        now = time.monotonic()
        if now - _woken.get(task, -WAKE_AFTER) < WAKE_AFTER:
            return
        _woken[task] = now
        try:
            current_app.send_task(task, retry=False, countdown=WAKE_AFTER)
        except Exception as error:  # noqa: BLE001 - brokers fail in as many ways as there are brokers
            log.warning("queue.unreachable", task=task, error=type(error).__name__)

    transaction.on_commit(send, robust=True)
