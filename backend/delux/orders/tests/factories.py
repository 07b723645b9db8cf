from datetime import timedelta
from decimal import Decimal

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from delux.accounts.tests.factories import OrganizerFactory, UserFactory
from delux.core.markets import Market
from delux.core.money import ZERO, Currency
from delux.events.tests.factories import TicketTypeFactory
from delux.market.tests.factories import VariantFactory
from delux.orders.models import Cart, CartItem, Fulfilment, ItemType, Order, OrderItem


class CartFactory(DjangoModelFactory):
    class Meta:
        model = Cart

    user = factory.SubFactory(UserFactory)


class CartItemFactory(DjangoModelFactory):
    """A line of two tickets; ``gear`` makes it a piece of gear."""

    class Meta:
        model = CartItem

    class Params:
        gear = factory.Trait(
            item_type=ItemType.PRODUCT,
            ticket_type=None,
            variant=factory.SubFactory(VariantFactory),
            quantity=1,
        )

    cart = factory.SubFactory(CartFactory)
    item_type = ItemType.TICKET
    ticket_type = factory.SubFactory(TicketTypeFactory)
    quantity = 2
    seen_price = factory.LazyAttribute(lambda line: (line.ticket_type or line.variant).price)


class OrderFactory(DjangoModelFactory):
    """A bare order that waits for payment: no lines, nothing held. ``placed_order`` makes a whole one."""

    class Meta:
        model = Order

    class Params:
        paid = factory.Trait(
            status=Order.Status.PAID,
            payment_status=Order.PaymentStatus.PAID,
            paid_at=factory.LazyFunction(timezone.now),
        )
        canceled = factory.Trait(
            status=Order.Status.CANCELED,
            cancel_reason=Order.CancelReason.BUYER,
            canceled_at=factory.LazyFunction(timezone.now),
        )

    order_number = factory.Sequence(lambda n: f"DX-TEST-{n:04d}")
    user = factory.SubFactory(UserFactory)
    market = Market.KZ
    status = Order.Status.PENDING_PAYMENT
    subtotal = Decimal("5000.00")
    shipping = ZERO
    total_amount = factory.LazyAttribute(lambda order: order.subtotal + order.shipping)
    currency = Currency.KZT
    expires_at = factory.LazyFunction(lambda: timezone.now() + timedelta(minutes=15))


class OrderItemFactory(DjangoModelFactory):
    """A bare line of one ticket; ``gear`` makes it a piece of gear."""

    class Meta:
        model = OrderItem

    class Params:
        gear = factory.Trait(
            item_type=ItemType.PRODUCT,
            ticket_type=None,
            variant=factory.SubFactory(VariantFactory),
            organizer=factory.SelfAttribute("variant.product.organizer"),
            title=factory.SelfAttribute("variant.product.title"),
        )

    order = factory.SubFactory(OrderFactory)
    item_type = ItemType.TICKET
    ticket_type = factory.SubFactory(TicketTypeFactory)
    organizer = factory.SelfAttribute("ticket_type.event.organizer")
    quantity = 1
    unit_price = Decimal("5000.00")
    total_price = factory.LazyAttribute(lambda item: item.unit_price * item.quantity)
    title = factory.SelfAttribute("ticket_type.event.title")


class FulfilmentFactory(DjangoModelFactory):
    class Meta:
        model = Fulfilment

    order = factory.SubFactory(OrderFactory)
    organizer = factory.SubFactory(OrganizerFactory)
    has_gear = True
    subtotal = Decimal("5000.00")
