from datetime import timedelta
from decimal import Decimal

import factory
from django.utils.timezone import now
from factory.django import DjangoModelFactory

from delux.accounts.tests.factories import OrganizerFactory, UserFactory
from delux.core.markets import Market
from delux.core.money import Currency
from delux.events.models import (
    Event,
    EventAttendee,
    EventCategory,
    EventLocation,
    EventOnlineInfo,
    TicketType,
)
from delux.events.services.ticket_codes import new_code


class EventCategoryFactory(DjangoModelFactory):
    class Meta:
        model = EventCategory

    slug = factory.Sequence(lambda n: f"running-{n}")
    name_ru = "Бег"
    name_en = "Running"


class EventLocationFactory(DjangoModelFactory):
    class Meta:
        model = EventLocation

    country = "KZ"
    city = "Almaty"
    address = "Gorky Park, main gate"


class EventOnlineInfoFactory(DjangoModelFactory):
    class Meta:
        model = EventOnlineInfo

    meeting_link = "https://meet.example.com/race"
    access_instructions = "Come five minutes early."


class EventFactory(DjangoModelFactory):
    """A published race at a place, in a month. The traits make the other kinds."""

    class Meta:
        model = Event

    class Params:
        draft = factory.Trait(status=Event.Status.DRAFT, published_at=None)
        canceled = factory.Trait(status=Event.Status.CANCELED, canceled_at=factory.LazyFunction(now))
        finished = factory.Trait(
            status=Event.Status.FINISHED,
            finished_at=factory.LazyFunction(now),
            start_datetime=factory.LazyFunction(lambda: now() - timedelta(days=2)),
        )
        online = factory.Trait(
            format=Event.Format.ONLINE, location=None, online_info=factory.SubFactory(EventOnlineInfoFactory)
        )

    organizer = factory.SubFactory(OrganizerFactory)
    title = factory.Sequence(lambda n: f"Apple Run {n}")
    slug = factory.Sequence(lambda n: f"apple-run-{n}")
    description = "<p>Ten kilometres through the orchards.</p>"
    category = factory.SubFactory(EventCategoryFactory)
    format = Event.Format.OFFLINE
    status = Event.Status.PUBLISHED
    start_datetime = factory.LazyFunction(lambda: now() + timedelta(days=30))
    end_datetime = factory.LazyAttribute(lambda event: event.start_datetime + timedelta(hours=4))
    timezone = "Asia/Almaty"
    market = Market.KZ
    location = factory.SubFactory(EventLocationFactory)
    published_at = factory.LazyFunction(now)


class TicketTypeFactory(DjangoModelFactory):
    """A hundred tickets at 5 000 tenge, on sale from yesterday until the start."""

    class Meta:
        model = TicketType

    event = factory.SubFactory(EventFactory)
    name = factory.Sequence(lambda n: f"Standard {n}")
    price = Decimal("5000.00")
    currency = Currency.KZT
    quantity_total = 100
    sales_start = factory.LazyFunction(lambda: now() - timedelta(days=1))
    sales_end = factory.LazyAttribute(lambda ticket_type: ticket_type.event.start_datetime)


class EventAttendeeFactory(DjangoModelFactory):
    """A valid, paid admission."""

    class Meta:
        model = EventAttendee

    user = factory.SubFactory(UserFactory)
    ticket_type = factory.SubFactory(TicketTypeFactory)
    status = EventAttendee.Status.PAID
    qr_code = factory.LazyAttribute(lambda attendee: new_code(event_id=attendee.ticket_type.event_id))
    attendee_name = "Aliya Runner"
