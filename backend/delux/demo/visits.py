"""Openings of pages behind the demo's orders: some dozens an order, more for some pages than for others."""

from django.db import connection

from delux.core.markets import ZONE_OF

_VISITS = """
INSERT INTO crm_dailyviews (organizer_id, {page}_id, day, count)
SELECT line.organizer_id, thing.{page}_id, (placed.created_at AT TIME ZONE %(zone)s)::date,
       count(*) * (11 + thing.{page}_id * 7 %% 19) + thing.{page}_id %% 5
FROM orders_orderitem AS line
JOIN orders_order AS placed ON placed.id = line.order_id
JOIN {table} AS thing ON thing.id = line.{key}_id
JOIN accounts_organizerprofile AS organizer ON organizer.id = line.organizer_id
WHERE organizer.market = %(market)s
GROUP BY 1, 2, 3
"""


def add_visits() -> None:
    """Store the openings of every page that something was ordered from. Needs the orders written."""
    with connection.cursor() as cursor:
        for market, zone in ZONE_OF.items():
            for page, table, key in (
                ("event", "events_tickettype", "ticket_type"),
                ("product", "market_variant", "variant"),
            ):
                cursor.execute(
                    _VISITS.format(page=page, table=table, key=key), {"zone": zone, "market": market.value}
                )
