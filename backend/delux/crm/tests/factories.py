from datetime import datetime, timedelta
from decimal import Decimal
from io import BytesIO

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from delux.accounts.models import OrganizerProfile, User
from delux.accounts.tests.factories import OrganizerFactory, UserFactory
from delux.core.money import ZERO
from delux.core.private_files import keep_file
from delux.crm.models import CrmTask, CustomerNote, DailyViews, Export, Mailing, TableImport
from delux.events.models import TicketType
from delux.events.tests.factories import EventFactory, TicketTypeFactory
from delux.market.models import Variant
from delux.orders.models import Fulfilment, Order, OrderItem
from delux.orders.tests.factories import FulfilmentFactory, OrderFactory, OrderItemFactory


def sell(
    thing: TicketType | Variant | None = None,
    *,
    organizer: OrganizerProfile | None = None,
    customer: User | None = None,
    order: Order | None = None,
    quantity: int = 1,
    refunded: int = 0,
    at: datetime | None = None,
    shipping: Decimal = ZERO,
    delivery_type: str = Order.DeliveryType.NONE,
) -> OrderItem:
    """A paid line of ``thing`` (a ticket of ``organizer`` unless said) and the open part it belongs to.

    ``order`` adds the line, and its seller's part, to an order that is there already.
    """
    at = at or timezone.now()
    thing = thing or TicketTypeFactory(event__organizer=organizer or OrganizerFactory())
    gear = isinstance(thing, Variant)
    seller = thing.product.organizer if gear else thing.event.organizer
    total = thing.price * quantity
    if order is None:
        order = OrderFactory(
            paid=True,
            paid_at=at,
            user=customer or UserFactory(),
            subtotal=total,
            shipping=shipping,
            currency=seller.currency,
            delivery_type=delivery_type,
        )
    part, is_new = Fulfilment.objects.get_or_create(
        order=order,
        organizer=seller,
        defaults={
            "status": Fulfilment.Status.OPEN if gear else Fulfilment.Status.COMPLETED,
            "completed_at": None if gear else at,
            "has_gear": gear,
            "subtotal": total,
            "shipping": shipping,
            "opened_at": at,
            "created_at": at,
            "currency": order.currency,
        },
    )
    if not is_new:
        part.subtotal += total
        part.save()
    return OrderItemFactory(
        gear=gear,
        order=order,
        quantity=quantity,
        refunded_quantity=refunded,
        unit_price=thing.price,
        **{"variant" if gear else "ticket_type": thing},
    )


def unpaid_part(organizer: OrganizerProfile) -> Fulfilment:
    """A part whose order waits for payment: not yet the organizer's to see."""
    return FulfilmentFactory(organizer=organizer)


class CustomerNoteFactory(DjangoModelFactory):
    class Meta:
        model = CustomerNote

    organizer = factory.SubFactory(OrganizerFactory)
    customer = factory.SubFactory(UserFactory)
    author = factory.SelfAttribute("organizer.user")
    body = "Prefers early starts."


class CrmTaskFactory(DjangoModelFactory):
    class Meta:
        model = CrmTask

    organizer = factory.SubFactory(OrganizerFactory)
    title = "Order more medals"


class MailingFactory(DjangoModelFactory):
    """A draft to all customers of the organizer."""

    class Meta:
        model = Mailing

    organizer = factory.SubFactory(OrganizerFactory)
    author = factory.SelfAttribute("organizer.user")
    subject = "The summer calendar"
    body = "Six races.\n\nThe first is on the first of June."


class DailyViewsFactory(DjangoModelFactory):
    """Openings of an event's page; of a product's with ``product``."""

    class Meta:
        model = DailyViews

    event = factory.Maybe("product", yes_declaration=None, no_declaration=factory.SubFactory(EventFactory))
    product = None
    organizer = factory.LazyAttribute(lambda row: (row.event or row.product).organizer)
    day = factory.LazyFunction(lambda: timezone.now().date())
    count = 1


class TableImportFactory(DjangoModelFactory):
    """A table that was compared and would add one variant."""

    class Meta:
        model = TableImport

    organizer = factory.SubFactory(OrganizerFactory)
    language = "en"
    file_name = "goods.csv"
    status = TableImport.Status.CHECKED
    rows_total = 1
    new_count = 1


class ExportFactory(DjangoModelFactory):
    """A long file that is ready and can be downloaded."""

    class Meta:
        model = Export

    organizer = factory.SubFactory(OrganizerFactory)
    author = factory.SelfAttribute("organizer.user")
    kind = "orders"
    language = "en"
    file_type = "csv"
    file = factory.LazyFunction(lambda: keep_file(BytesIO(b"Order\r\n"), folder="exports"))
    file_name = "orders.csv"
    rows_total = rows_done = 1
    status = Export.Status.READY
    finished_at = factory.LazyFunction(timezone.now)
    expires_at = factory.LazyFunction(lambda: timezone.now() + timedelta(days=7))
