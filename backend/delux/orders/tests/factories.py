from datetime import datetime, timedelta
from decimal import Decimal

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from delux.accounts.models import User
from delux.accounts.tests.factories import OrganizerFactory, UserFactory
from delux.core.markets import Market
from delux.core.money import ZERO, Currency
from delux.events.models import TicketType
from delux.events.tests.factories import TicketTypeFactory
from delux.market.models import Variant
from delux.market.tests.factories import VariantFactory
from delux.orders.models import Cart, CartItem, Fulfilment, ItemType, Order, OrderItem
from delux.orders.services.cart import Wish, add_item
from delux.orders.services.payment import mark_order_paid
from delux.orders.services.placing import place_order


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
    currency = factory.SelfAttribute("order.currency")


ADDRESS = {
    "recipient": "Aliya Runner",
    "phone": "+77012345678",
    "country": "KZ",
    "region": "",
    "city": "Almaty",
    "street": "Abay Avenue 10, 25",
    "postal_code": "050000",
    "comment": "",
}


def wish_for(thing: TicketType | Variant, quantity: int = 1) -> Wish:
    kind = ItemType.TICKET if isinstance(thing, TicketType) else ItemType.PRODUCT
    return Wish(item_type=kind, target_id=thing.pk, quantity=quantity)


def fill_cart(buyer: User, things: dict[TicketType | Variant, int], *, at: datetime | None = None) -> None:
    """Put so many of each ticket type or variant into the buyer's basket, as the product does it."""
    for thing, quantity in things.items():
        add_item(buyer=buyer, wish=wish_for(thing, quantity), at=at or timezone.now())


def placed_order(
    buyer: User | None = None,
    things: dict[TicketType | Variant, int] | None = None,
    *,
    at: datetime | None = None,
) -> Order:
    """An order placed as the product does it: stock, parts and history agree. By default two tickets."""
    buyer, at = buyer or UserFactory(), at or timezone.now()
    things = things or {TicketTypeFactory(): 2}
    fill_cart(buyer, things, at=at)
    gear = any(isinstance(thing, Variant) for thing in things)
    return place_order(
        buyer=buyer,
        at=at,
        delivery_type="delivery" if gear else "none",
        shipping_address=ADDRESS if gear else None,
    ).order


def paid_order(
    buyer: User | None = None,
    things: dict[TicketType | Variant, int] | None = None,
    *,
    at: datetime | None = None,
) -> Order:
    """A placed order that is paid: tickets issued, parts open, stock sold."""
    at = at or timezone.now()
    order = placed_order(buyer, things, at=at)
    return order if order.status == Order.Status.PAID else mark_order_paid(order_id=order.pk, paid_at=at)
