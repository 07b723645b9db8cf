"""Work that waits in rows: each is taken up by one worker at a time, and by another if that one dies."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any, TypeVar

from django.db.models import Model, Q, QuerySet
from django.utils import timezone

M = TypeVar("M", bound=Model)


def claim_each(waiting: QuerySet[M, Any], *, lease: timedelta) -> Iterator[M]:
    """Take up row after row of ``waiting``, oldest first, and yield each as it was claimed.

    The model has ``claimed_at``. A claim older than ``lease`` is a dead worker's; one that works for longer
    renews its own in time.
    """
    free = Q(claimed_at__isnull=True) | Q(claimed_at__lt=timezone.now() - lease)
    for key in waiting.filter(free).order_by("pk").values_list("pk", flat=True):
        now = timezone.now()
        mine = waiting.filter(Q(claimed_at__isnull=True) | Q(claimed_at__lt=now - lease), pk=key)
        if mine.update(claimed_at=now):
            yield waiting.get(pk=key)
