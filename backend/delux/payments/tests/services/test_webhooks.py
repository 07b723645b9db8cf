import itertools
import random
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import transaction
from django.utils import timezone

from delux.accounts.tests.factories import UserFactory
from delux.core.errors import NotFound
from delux.events.models import TicketType
from delux.events.tests.factories import TicketTypeFactory
from delux.orders.models import Order
from delux.payments.gateways.base import BadWebhook, GatewayUnavailable
from delux.payments.gateways.mock import MockGateway, webhook
from delux.payments.models import MockCharge, Payment, Refund, WebhookEvent
from delux.payments.services.settling import settle_pending
from delux.payments.services.webhooks import process_webhook, receive_webhook
from delux.payments.tests.factories import placed, started_payment

pytestmark = pytest.mark.django_db
KINDS = ("charge.created", "charge.succeeded", "charge.refunded", "charge.failed")


def told(charge: MockCharge, kind: str = "") -> WebhookEvent:
    """Have the provider tell how ``charge`` stands, and act on it."""
    at = timezone.now()
    headers, raw = webhook(charge, at=at, kind=kind)
    event = receive_webhook(provider="mock", headers=headers, raw=raw, at=at)
    process_webhook(event_id=event.pk, at=at)
    event.refresh_from_db()
    return event


def known_charge(status: str) -> MockCharge:
    return MockCharge.objects.get(reference=str(started_payment(placed(), known=status).pk))


def test_a_success_told_by_the_provider_pays_the_order() -> None:
    event = told(known_charge("succeeded"))

    assert (event.error, event.attempts) == ("", 1)
    assert event.processed_at
    assert Order.objects.get().status == Order.Status.PAID


def test_a_failure_told_by_the_provider_fails_the_payment() -> None:
    told(known_charge("failed"))

    payment = Payment.objects.get()
    assert (payment.status, payment.failure_code) == ("failed", "card_declined")
    assert Order.objects.get().status == Order.Status.PENDING_PAYMENT


def test_the_same_event_counts_once() -> None:
    charge = known_charge("succeeded")

    events = [told(charge) for _ in range(3)]

    assert len({event.pk for event in events}) == WebhookEvent.objects.count() == 1
    assert events[-1].attempts == 1
    assert TicketType.objects.get().quantity_sold == 1


def test_news_is_not_believed_but_asked_about() -> None:
    told(known_charge("failed"), kind="charge.succeeded")

    assert Payment.objects.get().status == "failed"
    assert Order.objects.get().status == Order.Status.PENDING_PAYMENT


@pytest.mark.parametrize(
    ("at_provider", "returned", "here", "order_here"),
    [
        ("succeeded", "0.00", "succeeded", "paid"),
        ("succeeded", "5000.00", "refunded", "refunded"),
        ("failed", "0.00", "failed", "unpaid"),
    ],
)
def test_in_any_order_and_number_the_news_end_where_the_provider_is(
    at_provider: str, returned: str, here: str, order_here: str
) -> None:
    buyer, tickets = UserFactory(), TicketTypeFactory()
    copies = random.Random(at_provider + returned)

    for news in itertools.permutations(KINDS):
        payment = started_payment(placed((tickets, 1), buyer=buyer), known=at_provider, key=str(news))
        MockCharge.objects.filter(reference=str(payment.pk)).update(refunded_amount=Decimal(returned))
        charge = MockCharge.objects.get(reference=str(payment.pk))
        for kind in news:
            for _ in range(copies.randint(1, 3)):
                assert told(charge, kind).error == ""
        payment.refresh_from_db()
        end = (payment.status, payment.refunded_amount, payment.order.payment_status)
        assert end == (here, Decimal(returned), order_here), news

    tickets.refresh_from_db()
    assert tickets.quantity_sold == (24 if here == "succeeded" else 0)
    assert WebhookEvent.objects.count() == 24 * len(KINDS)


def test_a_part_returned_at_the_providers_desk_is_followed_without_taking_items_back() -> None:
    charge = known_charge("succeeded")
    MockCharge.objects.update(refunded_amount=Decimal("1000.00"))

    for kind in ("charge.succeeded", "charge.refunded"):
        told(charge, kind)

    payment = Payment.objects.get()
    assert (payment.status, payment.refunded_amount) == ("succeeded", Decimal("1000.00"))
    assert Refund.objects.get().status == "succeeded"
    assert Order.objects.get().status == Order.Status.PAID


@pytest.mark.parametrize(("field", "value"), [("amount", Decimal("1.00")), ("currency", "USD")])
def test_a_wrong_sum_or_currency_is_kept_and_refused(field: str, value: object) -> None:
    charge = known_charge("succeeded")
    setattr(charge, field, value)

    event = told(charge)

    assert event.processed_at
    assert event.error.startswith("says ")
    assert Payment.objects.get().status == "initiated"
    assert Order.objects.get().status == Order.Status.PENDING_PAYMENT


def test_a_sum_that_is_wrong_at_the_provider_itself_is_refused() -> None:
    charge = known_charge("succeeded")
    MockCharge.objects.update(amount=Decimal("1.00"))

    event = told(charge)

    assert event.error.startswith("1.00 KZT for payment")
    assert Payment.objects.get().status == "initiated"


@pytest.mark.parametrize("reference", ["999999", "abc", "", "٧", "9" * 70])
def test_news_of_an_unknown_payment_is_kept_with_its_error(reference: str) -> None:
    charge = known_charge("succeeded")
    charge.reference = reference

    event = told(charge)

    assert event.processed_at
    assert event.error == f"unknown payment {reference}"
    assert Payment.objects.get().status == "initiated"


def test_news_of_a_charge_the_provider_denies_is_refused() -> None:
    charge = known_charge("succeeded")
    MockCharge.objects.all().delete()

    assert told(charge).error == "the provider does not know this charge"
    assert Payment.objects.get().status == "initiated"


def test_a_forged_or_old_message_is_not_even_kept() -> None:
    charge, at = known_charge("succeeded"), timezone.now()
    headers, raw = webhook(charge, at=at)

    for wrong_headers, wrong_raw, when in [
        ({}, raw, at),
        (headers, raw.replace(b"KZT", b"USD"), at),
        (headers, raw, at + timedelta(seconds=302)),
    ]:
        with pytest.raises(BadWebhook):
            receive_webhook(provider="mock", headers=wrong_headers, raw=wrong_raw, at=when)
    assert not WebhookEvent.objects.exists()


@pytest.mark.parametrize("change", [{"charge_id": "ch_" + "9" * 90}, {"reference": "17\0"}])
def test_a_signed_message_that_cannot_be_stored_is_not_one_of_theirs(change: dict[str, str]) -> None:
    charge = known_charge("succeeded")
    for field, value in change.items():
        setattr(charge, field, value)
    headers, raw = webhook(charge, at=timezone.now())

    with pytest.raises(BadWebhook), transaction.atomic():
        receive_webhook(provider="mock", headers=headers, raw=raw, at=timezone.now())
    assert not WebhookEvent.objects.exists()


def test_where_the_mock_does_not_exist_its_news_is_refused(settings) -> None:
    headers, raw = webhook(known_charge("succeeded"), at=timezone.now())
    settings.MOCK_GATEWAY = False

    with pytest.raises(NotFound):
        receive_webhook(provider="mock", headers=headers, raw=raw, at=timezone.now())
    assert not WebhookEvent.objects.exists()


def test_a_message_that_could_not_be_acted_on_is_taken_up_by_the_next_sweep(monkeypatch) -> None:
    really_fetch = MockGateway.fetch

    def unreachable(self, *, reference: str):
        raise GatewayUnavailable("timeout")

    monkeypatch.setattr(MockGateway, "fetch", unreachable)
    event = told(known_charge("succeeded"))
    assert (event.processed_at, event.error, event.attempts) == (None, "provider unavailable", 1)

    monkeypatch.setattr(MockGateway, "fetch", really_fetch)
    settle_pending(at=timezone.now())

    event.refresh_from_db()
    assert event.processed_at
    assert (event.error, event.attempts) == ("", 2)
    assert Order.objects.get().status == Order.Status.PAID
