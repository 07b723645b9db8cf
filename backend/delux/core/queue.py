"""Hand work to the worker by name once the transaction is committed.

A lost message loses nothing: every piece of work is a row that a periodic sweep finds again.
"""

from typing import Any

import structlog
from celery import current_app
from django.db import transaction

log = structlog.get_logger(__name__)


def enqueue(task: str, **kwargs: Any) -> None:
    """Send ``task`` after commit. A broker that is down is logged, never felt by the request."""

    def send() -> None:
        try:
            current_app.send_task(task, kwargs=kwargs, retry=False)
        except Exception as error:
            log.warning("queue.unreachable", task=task, error=type(error).__name__)

    transaction.on_commit(send, robust=True)
