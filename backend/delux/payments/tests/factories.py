from datetime import datetime, timedelta

from django.utils import timezone

from delux.accounts.models import OrganizerProfile, User
from delux.accounts.tests.factories import UserFactory
from delux.events.models import TicketType
from delux.events.tests.factories import TicketTypeFactory
from delux.market.models import Variant
from delux.orders.models import Order
from delux.orders.services.placing import place_order
from delux.orders.tests.factories import CartFactory, CartItemFactory
from delux.payments.gateways.base import Card
from delux.payments.gateways.mock import MockGateway
from delux.payments.models import MockCharge, Payment
from delux.payments.services.charging import charge

GOOD, DECLINED, PENDING = "4111111111111111", "4000000000000002", "4000000000003220"


def card(number: str = GOOD) -> Card:
    return Card(token=number, brand="visa", last4=number[-4:])


def placed(
    *lines: tuple[TicketType | Variant, int],
    buyer: User | None = None,
    at: datetime | None = None,
    delivery_type: str | None = None,
) -> Order:
    """Place a real order of ``lines`` (one ticket of 5 000 if none are named); its stock is held."""
    buyer = buyer or UserFactory()
    cart = CartFactory(user=buyer)
    for target, quantity in lines or [(TicketTypeFactory(), 1)]:
        if isinstance(target, TicketType):
            CartItemFactory(cart=cart, ticket_type=target, quantity=quantity)
        else:
            OrganizerProfile.objects.filter(pk=target.product.organizer_id).update(pickup_address="Abay 1")
            CartItemFactory(cart=cart, gear=True, variant=target, quantity=quantity)
    has_gear = any(isinstance(target, Variant) for target, _ in lines)
    order = place_order(
        buyer=buyer,
        at=at or timezone.now(),
        delivery_type=delivery_type or ("pickup" if has_gear else "none"),
    ).order
    cart.delete()
    return Order.objects.get(pk=order.pk)


def pay(
    order: Order,
    number: str = GOOD,
    *,
    key: str = "key-1",
    at: datetime | None = None,
    payer: User | None = None,
) -> Payment:
    """Pay as the endpoint does."""
    return charge(
        payer=payer or order.user,
        order_ref=order.order_number,
        gateway=MockGateway(),
        card=card(number),
        key=key,
        request_hash=f"{order.pk} {number}",
        at=at or timezone.now(),
    )


def paid(*lines: tuple[TicketType | Variant, int], buyer: User | None = None) -> Order:
    """Place an order and pay it with a good card."""
    order = placed(*lines, buyer=buyer)
    pay(order, key=f"paid-{order.pk}")
    order.refresh_from_db()
    return order


def started_payment(
    order: Order, *, at: datetime | None = None, known: str | None = None, key: str = "key-1"
) -> Payment:
    """A payment whose request died after recording the intent; ``known`` is how the mock knows the charge."""
    at = at or timezone.now()
    payment = Payment.objects.create(
        order=order,
        payer=order.user,
        provider="mock",
        amount=order.total_amount,
        currency=order.currency,
        idempotency_key=key,
        request_hash=f"{order.pk} {GOOD}",
        claimed_until=at + timedelta(seconds=30),
    )
    if known:
        MockCharge.objects.create(
            charge_id=f"ch_{payment.pk}",
            reference=str(payment.pk),
            amount=payment.amount,
            currency=payment.currency,
            status=known,
            failure_code="card_declined" if known == "failed" else "",
        )
    return payment
