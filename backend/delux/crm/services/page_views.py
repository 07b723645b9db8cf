"""Counting how often a public page is opened. Nothing is kept about who opened it."""

from datetime import datetime
from typing import Literal

from django.db import connection, transaction

from delux.accounts.models import OrganizerProfile
from delux.core.errors import NotFound
from delux.crm.selectors.sales import zone_of
from delux.events.models import Event
from delux.market.models import Product

# The row of a page in a rush is everybody's. Not waiting for the disk, each holds it for a part of a
# millisecond; a server that loses its power then forgets the last of them, which is no harm.
_COUNT = """
SET LOCAL synchronous_commit TO off;
INSERT INTO crm_dailyviews AS row ({column}, organizer_id, day, count)
VALUES (%(page)s, %(organizer)s, %(day)s, 1)
ON CONFLICT ({column}, day) WHERE {column} IS NOT NULL DO UPDATE SET count = row.count + 1
"""


Kind = Literal["event", "product"]


def count_view(*, kind: Kind, page_id: int, at: datetime) -> None:
    """Count that the page of an event or a product was opened, on its organizer's day.

    :raises NotFound: everybody would be told that there is no such page
    """
    organizer = _organizer_of(kind, page_id)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            _COUNT.format(column=f"{kind}_id"),
            {"page": page_id, "organizer": organizer.pk, "day": at.astimezone(zone_of(organizer)).date()},
        )


def _organizer_of(kind: Kind, page_id: int) -> OrganizerProfile:
    pages = Event.objects.public() if kind == "event" else Product.objects.on_sale()
    page = pages.filter(pk=page_id).select_related("organizer").only("organizer__market").first()
    if page is None:
        raise NotFound
    return page.organizer
