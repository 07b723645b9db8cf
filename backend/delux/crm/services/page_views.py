"""Counting how often a public page is opened. Nothing is kept about who opened it."""

from datetime import datetime

from django.db import connection, transaction

from delux.crm.selectors.page_views import Kind, get_page_owner
from delux.crm.selectors.sales import zone_of

# The row of a page in a rush is everybody's. Not waiting for the disk, each holds it for a part of a
# millisecond; a server that loses its power then forgets the last of them, which is no harm.
_COUNT = """
SET LOCAL synchronous_commit TO off;
INSERT INTO crm_dailyviews AS row ({column}, organizer_id, day, count)
VALUES (%(page)s, %(organizer)s, %(day)s, 1)
ON CONFLICT ({column}, day) WHERE {column} IS NOT NULL DO UPDATE SET count = row.count + 1
"""


def count_view(*, kind: Kind, page_id: int, at: datetime) -> None:
    """Count that the page of an event or a product was opened, on its organizer's day.

    :raises NotFound: everybody would be told that there is no such page
    """
    organizer = get_page_owner(kind=kind, page_id=page_id)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            _COUNT.format(column=f"{kind}_id"),
            {"page": page_id, "organizer": organizer.pk, "day": at.astimezone(zone_of(organizer)).date()},
        )
