"""Whether the books agree: counters against the rows they count, money against money, and what is late.

Every promise is one statement that finds the rows which break it. All are asked of one snapshot, so the shop
may sell on meanwhile. The tests' walks hold the first of them after each step (orders.tests.invariants).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction

# What the orders say is held and sold of each ticket type and variant.
_COUNTED = """
    WITH counted AS (
        SELECT i.ticket_type_id, i.variant_id,
               coalesce(sum(i.quantity - i.refunded_quantity)
                   FILTER (WHERE o.status = 'pending_payment'), 0) AS held,
               coalesce(sum(i.quantity - i.refunded_quantity) FILTER (WHERE o.paid_at IS NOT NULL), 0) AS sold
        FROM orders_orderitem i JOIN orders_order o ON o.id = i.order_id
        GROUP BY i.ticket_type_id, i.variant_id
    )
"""
# The promise, and the rows that break it: what each is, its key, what is wrong with it.
PROMISES = {
    "tickets held and sold are those of the orders": """
        SELECT 'ticket type', t.id, concat('held ', t.quantity_held, ', orders say ', coalesce(c.held, 0),
               '; sold ', t.quantity_sold, ', orders say ', coalesce(c.sold, 0))
        FROM events_tickettype t LEFT JOIN counted c ON c.ticket_type_id = t.id
        WHERE (t.quantity_held, t.quantity_sold) <> (coalesce(c.held, 0), coalesce(c.sold, 0))
    """,
    "places taken of an event are those of its tickets": """
        SELECT 'event', e.id, concat(e.places_taken, ' places taken, tickets say ',
               coalesce(sum(t.quantity_held + t.quantity_sold), 0))
        FROM events_event e LEFT JOIN events_tickettype t ON t.event_id = e.id
        GROUP BY e.id
        HAVING e.places_taken <> coalesce(sum(t.quantity_held + t.quantity_sold), 0)
    """,
    "pieces held and sold are those of the orders": """
        SELECT 'variant', v.id, concat('held ', v.held_quantity, ', orders say ', coalesce(c.held, 0),
               '; sold ', v.sales_count, ', orders say ', coalesce(c.sold, 0))
        FROM market_variant v LEFT JOIN counted c ON c.variant_id = v.id
        WHERE (v.held_quantity, v.sales_count) <> (coalesce(c.held, 0), coalesce(c.sold, 0))
    """,
    "every ticket sold admits, and no other": """
        SELECT 'order line', i.id, concat(count(a.id), ' tickets admit, ', bought.left, ' are sold')
        FROM orders_orderitem i
        JOIN orders_order o ON o.id = i.order_id
        CROSS JOIN LATERAL (
            SELECT CASE WHEN o.paid_at IS NULL THEN 0 ELSE i.quantity - i.refunded_quantity END AS left
        ) bought
        LEFT JOIN events_eventattendee a ON a.order_item_id = i.id AND a.status IN ('paid', 'checked_in')
        WHERE i.ticket_type_id IS NOT NULL
        GROUP BY i.id, bought.left
        HAVING count(a.id) <> bought.left
    """,
    "what is sold was paid, whole and in its currency": """
        SELECT 'order', o.id, concat(o.total_amount, ' ', o.currency, ', and no such payment')
        FROM orders_order o
        WHERE o.paid_at IS NOT NULL AND o.total_amount > 0 AND NOT EXISTS (
            SELECT FROM payments_payment p
            WHERE p.order_id = o.id AND p.paid_at IS NOT NULL
                  AND (p.amount, p.currency) = (o.total_amount, o.currency))
    """,
    "money that bought nothing goes back": """
        SELECT 'payment', p.id, concat(p.amount - p.refunded_amount, ' ', p.currency, ' kept for nothing')
        FROM payments_payment p JOIN orders_order o ON o.id = p.order_id
        WHERE p.status = 'succeeded' AND o.paid_at IS NULL AND p.refunded_amount < p.amount
              AND p.paid_at < %(now)s - interval '10 minutes'
    """,
    "refunds add up to what left the payment": """
        SELECT 'payment', p.id, concat(p.refunded_amount, ' gone, refunds say ', coalesce(sum(r.amount), 0))
        FROM payments_payment p
        LEFT JOIN payments_refund r ON r.payment_id = p.id AND r.status <> 'failed'
        GROUP BY p.id
        HAVING p.refunded_amount <> coalesce(sum(r.amount), 0)
    """,
    "orders know what their payments gave back": """
        SELECT 'order', o.id, concat(o.refunded_amount, ' given back, payments say ',
               coalesce(sum(p.refunded_amount), 0))
        FROM orders_order o LEFT JOIN payments_payment p ON p.order_id = o.id
        GROUP BY o.id
        HAVING o.refunded_amount <> coalesce(sum(p.refunded_amount), 0)
    """,
    "orders stand where their history ends": """
        SELECT 'order', o.id, concat(o.status, ', and its history ends with ', h.to_status)
        FROM orders_order o
        JOIN LATERAL (
            SELECT to_status FROM orders_orderstatushistory
            WHERE order_id = o.id AND fulfilment_id IS NULL ORDER BY id DESC LIMIT 1
        ) h ON h.to_status <> o.status
    """,
    "unpaid orders end when their time is over": """
        SELECT 'order', o.id, concat('unpaid, and over since ', o.expires_at, ': does the sweep run?')
        FROM orders_order o
        WHERE o.status = 'pending_payment' AND o.expires_at < %(now)s - interval '10 minutes'
              AND coalesce(o.payment_in_flight_until < %(now)s, true)
    """,
    "messages leave": """
        SELECT 'delivery', d.id, concat('waits since ', d.created_at, ': does the worker run?')
        FROM notifications_delivery d
        WHERE d.status = 'pending' AND d.created_at < %(now)s - interval '15 minutes'
              AND d.next_attempt_at < %(now)s - interval '15 minutes'
    """,
    "refunds reach whoever paid": """
        SELECT 'refund', r.id, concat(r.status, ' after ', r.attempts, ' tries since ', r.created_at)
        FROM payments_refund r
        WHERE r.status = 'initiated' AND r.created_at < %(now)s - interval '1 hour'
              OR r.status = 'failed' AND NOT EXISTS (SELECT FROM payments_refund n WHERE n.retry_of_id = r.id)
    """,
    "what providers tell is heard": """
        SELECT 'webhook event', w.id, concat('waits since ', w.created_at)
        FROM payments_webhookevent w
        WHERE w.processed_at IS NULL AND w.created_at < %(now)s - interval '15 minutes'
    """,
}


@dataclass(frozen=True)
class Breach:
    """A row that breaks a promise."""

    kind: str
    key: int
    what: str


@dataclass(frozen=True)
class Finding:
    """A promise with the rows that break it."""

    promise: str
    breaches: list[Breach]


def audit(*, at: datetime, shown: int = 20) -> Iterator[Finding]:
    """Yield every promise with the first ``shown`` rows that break it, all as of one moment."""
    with transaction.atomic(durable=True), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        cursor.execute("SET LOCAL statement_timeout = 0")  # the whole shop is read, beside its sales
        for promise, breaking in PROMISES.items():
            cursor.execute(_COUNTED + breaking + "ORDER BY 2 LIMIT %(shown)s", {"now": at, "shown": shown})
            yield Finding(promise, [Breach(*row) for row in cursor.fetchall()])
