import json
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from delux.events.models import Event, EventAttendee, TicketType
from delux.events.tests.factories import EventFactory, TicketTypeFactory
from delux.market.models import Variant
from delux.market.tests.factories import VariantFactory
from delux.notifications.models import Delivery
from delux.orders.models import Order, OrderStatusHistory
from delux.orders.services.cancelling import cancel_order
from delux.payments.models import Payment, Refund, WebhookEvent
from delux.payments.selectors.audit import PROMISES, audit
from delux.payments.services.refunds import refund_order
from delux.payments.services.sending_refunds import send_refund
from delux.payments.tests.factories import paid, placed

# The snapshot is a transaction's first word, so it cannot be taken inside a test's own.
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def order() -> Order:
    """A little life: an order held, one canceled, one paid, one given back in part: the last is returned."""
    tickets, shoes = TicketTypeFactory(event=EventFactory(capacity=50)), VariantFactory()
    placed((tickets, 2))
    canceled = placed((tickets, 1))
    cancel_order(buyer=canceled.user, order_id=canceled.pk, at=timezone.now())
    paid((shoes, 1))
    order = paid((tickets, 2), (shoes, 2))
    refund = refund_order(
        order=order,
        organizer=None,
        lines={order.items.get(ticket_type=tickets).pk: 1},
        shipping=False,
        reason="",
        requested_by=None,
        at=timezone.now(),
    )
    assert refund is not None
    send_refund(refund_id=refund.pk, at=timezone.now())
    return order


def broken() -> list[str]:
    return [finding.promise for finding in audit(at=timezone.now()) if finding.breaches]


def long_ago() -> dict:
    return {"created_at": timezone.now() - timedelta(days=1)}


@pytest.mark.usefixtures("order")
def test_what_the_services_leave_behind_agrees() -> None:
    assert broken() == []


def lapse(_: Order) -> None:
    waiting = Order.objects.filter(status="pending_payment")
    waiting.update(expires_at=timezone.now() - timedelta(minutes=11))


def keep_money_for_nothing(_: Order) -> None:
    waiting = Order.objects.get(status="pending_payment")
    paid_at = timezone.now() - timedelta(minutes=11)
    Payment.objects.create(
        order=waiting,
        payer=waiting.user,
        provider="mock",
        status="succeeded",
        amount=waiting.total_amount,
        currency=waiting.currency,
        paid_at=paid_at,
    )


def refuse_refund(order: Order) -> None:
    payment = order.payments.get()
    Refund.objects.create(payment=payment, status="failed", amount=1, currency=payment.currency)


def forget_message(_: Order) -> None:
    Delivery.objects.update(status="pending", sent_at=None, **long_ago())


def overhear(_: Order) -> None:
    WebhookEvent.objects.create(provider="mock", event_id="1", kind="x", amount=1, currency="KZT", payload={})
    WebhookEvent.objects.update(**long_ago())


# Each breaks one promise behind the services' backs.
TAMPERINGS: dict[str, list[Callable[[Order], object]]] = {
    "tickets held and sold are those of the orders": [
        lambda _: TicketType.objects.update(quantity_held=1) and Event.objects.update(places_taken=2),
        lambda _: TicketType.objects.update(quantity_sold=2) and Event.objects.update(places_taken=4),
    ],
    "places taken of an event are those of its tickets": [lambda _: Event.objects.update(places_taken=5)],
    "pieces held and sold are those of the orders": [
        lambda _: Variant.objects.update(held_quantity=1),
        lambda _: Variant.objects.update(sales_count=2),
    ],
    "every ticket sold admits, and no other": [
        lambda _: EventAttendee.objects.filter(status="paid").update(
            status="refunded", voided_at=timezone.now()
        ),
        lambda _: EventAttendee.objects.filter(status="refunded").update(status="paid", voided_at=None),
    ],
    "what is sold was paid, whole and in its currency": [
        lambda order: Payment.objects.filter(order=order).update(amount=Decimal("99999.00")),
        lambda order: Payment.objects.filter(order=order).update(currency="USD"),
    ],
    "money that bought nothing goes back": [keep_money_for_nothing],
    "refunds add up to what left the payment": [
        lambda _: Refund.objects.update(amount=1),
    ],
    "orders know what their payments gave back": [
        lambda order: Order.objects.filter(pk=order.pk).update(refunded_amount=1)
    ],
    "orders stand where their history ends": [
        lambda _: (
            OrderStatusHistory.objects.filter(fulfilment=None).update(to_status="canceled")
            and OrderStatusHistory.objects.filter(order__status="canceled").update(to_status="canceled")
        )
    ],
    "unpaid orders end when their time is over": [lapse],
    "messages leave": [forget_message],
    "refunds reach whoever paid": [
        refuse_refund,
        lambda _: Refund.objects.update(status="initiated", succeeded_at=None, **long_ago()),
    ],
    "what providers tell is heard": [overhear],
}


@pytest.mark.parametrize(
    ("promise", "tamper"),
    [(promise, tamper) for promise, tamperings in TAMPERINGS.items() for tamper in tamperings],
)
def test_what_breaks_a_promise_is_found(
    order: Order, promise: str, tamper: Callable[[Order], object]
) -> None:
    tamper(order)

    assert broken() == [promise]


def test_every_promise_is_put_to_the_test() -> None:
    assert TAMPERINGS.keys() == PROMISES.keys()


@pytest.mark.usefixtures("order")
def test_the_audit_changes_nothing_and_cannot() -> None:
    steps = audit(at=timezone.now())
    next(steps)

    with pytest.raises(Exception, match="read-only transaction"), connection.cursor() as cursor:
        cursor.execute("UPDATE orders_order SET refunded_amount = 1")
    steps.close()


def test_the_command_names_what_is_wrong_and_fails(order: Order) -> None:
    call_command("audit", stdout=StringIO())  # all is well
    Event.objects.update(places_taken=5)
    event, said, as_json = Event.objects.get(), StringIO(), StringIO()

    with pytest.raises(CommandError, match="1 of 13 promises"):
        call_command("audit", stdout=said)
    with pytest.raises(CommandError):
        call_command("audit", "--json", stdout=as_json)

    assert f"event {event.pk}: 5 places taken, tickets say 3" in said.getvalue()
    assert sum(bool(finding["breaches"]) for finding in json.loads(as_json.getvalue())) == 1


@pytest.mark.usefixtures("order")
def test_of_many_rows_the_first_are_named() -> None:
    Order.objects.update(refunded_amount=1)

    found = next(one for one in audit(at=timezone.now(), shown=2) if one.breaches)

    assert len(found.breaches) == 2
