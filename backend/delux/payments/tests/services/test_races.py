"""Many at once, on real connections: one outcome each, whatever the interleaving."""

import random
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db.models import Sum
from django.utils import timezone

from delux.events.models import EventAttendee, TicketType
from delux.events.tests.factories import TicketTypeFactory
from delux.orders.models import Order
from delux.orders.services.cancelling import expire_orders
from delux.payments.gateways.mock import webhook
from delux.payments.models import MockCharge, MockRefund, Payment, Refund, WebhookEvent
from delux.payments.services.confirming import confirm_payment
from delux.payments.services.refunds import refund_order
from delux.payments.services.sending_refunds import send_refund
from delux.payments.services.settling import settle_pending
from delux.payments.services.webhooks import process_webhook, receive_webhook
from delux.payments.tests.factories import paid, pay, placed, started_payment
from delux.testing import all_at_once

pytestmark = pytest.mark.django_db(transaction=True)


def test_64_charges_of_one_order_at_once_charge_it_once() -> None:
    order = placed((TicketTypeFactory(), 2))

    ends = all_at_once([lambda n=n: pay(order, key=f"tab-{n}").status for n in range(64)])

    assert ends["succeeded"] == 1
    assert ends.keys() <= {"succeeded", "PaymentInProgress", "AlreadyPaid"}
    assert MockCharge.objects.count() == Payment.objects.count() == 1
    assert EventAttendee.objects.count() == TicketType.objects.get().quantity_sold == 2


def test_64_repeats_of_one_request_at_once_charge_it_once() -> None:
    order = placed()

    ends = all_at_once([lambda: pay(order).status for _ in range(64)])

    assert ends["succeeded"] >= 1
    assert ends.keys() <= {"succeeded", "RequestInProgress"}
    assert MockCharge.objects.count() == Payment.objects.count() == 1


def test_one_key_for_two_orders_at_once_pays_one_of_them() -> None:
    first = placed()
    second = placed(buyer=first.user)

    ends = all_at_once([lambda order=order: pay(order).status for order in [first, second] * 8])

    assert ends["succeeded"] >= 1
    assert ends.keys() <= {"succeeded", "RequestInProgress", "IdempotencyKeyReused"}
    assert MockCharge.objects.count() == Payment.objects.count() == 1


def test_64_refunds_of_one_tiyn_at_once_never_exceed_what_was_paid() -> None:
    order = paid((TicketTypeFactory(price=Decimal("0.01"), max_per_order=40), 40))
    item = order.items.get()

    def give_back_one() -> str:
        refund_order(
            order=order,
            organizer=None,
            lines={item.pk: 1},
            shipping=False,
            reason="",
            requested_by=None,
            at=timezone.now(),
        )
        return "refunded"

    ends = all_at_once([give_back_one] * 64)
    refunds = list(Refund.objects.values_list("pk", flat=True))
    all_at_once([lambda pk=pk: send_refund(refund_id=pk, at=timezone.now()) for pk in refunds * 2])

    assert ends["refunded"] == 40
    assert sum(ends.values()) == 64
    assert ends.keys() == {"refunded", "Invalid"}
    payment = Payment.objects.get()
    assert payment.status == "refunded"
    assert payment.refunded_amount == payment.amount == Refund.objects.aggregate(sum=Sum("amount"))["sum"]
    assert MockRefund.objects.aggregate(sum=Sum("amount"))["sum"] == payment.amount
    assert EventAttendee.objects.filter(status="refunded").count() == 40


def test_a_storm_of_one_webhook_pays_once() -> None:
    started_payment(placed(), known="succeeded")
    at = timezone.now()
    headers, raw = webhook(MockCharge.objects.get(), at=at)

    def tell() -> str:
        event = receive_webhook(provider="mock", headers=headers, raw=raw, at=at)
        process_webhook(event_id=event.pk, at=at)
        return "told"

    assert all_at_once([tell] * 32) == {"told": 32}
    assert WebhookEvent.objects.count() == 1
    assert Order.objects.get().status == Order.Status.PAID
    assert EventAttendee.objects.count() == 1


@pytest.mark.parametrize("seed", range(5))
def test_money_and_the_sweeper_at_the_last_moment_have_one_winner(seed: int) -> None:
    tickets = TicketTypeFactory(quantity_total=1)
    order = placed((tickets, 1))
    payment = started_payment(order, known="succeeded")
    late = order.expires_at + timedelta(seconds=1)
    acts = [
        lambda: (
            confirm_payment(
                payment=Payment.objects.get(pk=payment.pk), provider_payment_id="ch_1", at=late
            ).status
        ),
        lambda: expire_orders(late),
        lambda: settle_pending(at=late + timedelta(minutes=1)),
    ]
    random.Random(seed).shuffle(acts)

    ends = all_at_once(acts)
    settle_pending(at=late + timedelta(minutes=2))

    assert not ends.keys() - {"succeeded", "refunded", "None", "0", "1"}
    order.refresh_from_db()
    tickets.refresh_from_db()
    # The one ticket was free again in each case, so the money keeps it, before the sweeper or after.
    assert order.status == Order.Status.COMPLETED or order.status == Order.Status.PAID
    assert (tickets.quantity_held, tickets.quantity_sold) == (0, 1)
    assert EventAttendee.objects.count() == 1
    assert not Refund.objects.exists()
