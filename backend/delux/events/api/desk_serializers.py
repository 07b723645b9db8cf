"""The organizer's side in OpenAPI: what it sends about its events, and what its desk shows of them."""

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiExample
from rest_framework import serializers

from delux.core.api.serializers import (
    CleanCharField,
    IdField,
    ImageOutput,
    MoneyField,
    PageQuery,
    QuerySerializer,
    StrictSerializer,
)
from delux.core.markets import Market
from delux.core.money import Currency
from delux.events.api.fields import MomentField, WebAddressField
from delux.events.api.serializers import EventCategoryOutput, EventPlaceOutput, OnlineInfoOutput
from delux.events.models import Event, EventAttendee

MOST_PEOPLE = 1_000_000
HOURS_OF_A_YEAR = 8760


class EventInput(StrictSerializer):
    title = CleanCharField(max_length=160)
    description = serializers.CharField(
        max_length=10_000,
        required=False,
        allow_blank=True,
        help_text="HTML; all but a safe subset is dropped.",
    )
    sport_type = serializers.SlugField(max_length=60, help_text="Slug of an event category.")
    format = serializers.ChoiceField(choices=Event.Format.choices)
    start_datetime = MomentField()
    end_datetime = MomentField()
    timezone = serializers.CharField(max_length=40, help_text="IANA name, such as Asia/Almaty.")
    capacity = serializers.IntegerField(
        min_value=1,
        max_value=MOST_PEOPLE,
        required=False,
        allow_null=True,
        help_text="People over all ticket types; null for no limit of its own.",
    )
    refund_until_hours = serializers.IntegerField(
        min_value=0,
        max_value=HOURS_OF_A_YEAR,
        required=False,
        allow_null=True,
        help_text="So long before the start holders give tickets back by themselves; null: they ask you. "
        "Once tickets are sold it can only become kinder.",
    )
    market = serializers.ChoiceField(
        choices=Market.choices, required=False, help_text="Where it is shown; your own market by default."
    )


EVENT_EXAMPLE = OpenApiExample(
    "A race",
    value={
        "title": "Medeu Night Run",
        "description": "<p>Ten kilometres under the stars.</p>",
        "sport_type": "running",
        "format": "offline",
        "start_datetime": "2027-06-12T14:00:00Z",
        "end_datetime": "2027-06-12T18:00:00Z",
        "timezone": "Asia/Almaty",
        "capacity": 500,
        "refund_until_hours": 72,
    },
    request_only=True,
)


class EventLocationInput(StrictSerializer):
    country = serializers.RegexField(r"^[A-Z]{2}$", max_length=2, help_text="ISO 3166 code.")
    city = CleanCharField(max_length=80)
    address = CleanCharField(max_length=200)
    map_url = WebAddressField(required=False, allow_blank=True, default="")
    latitude = serializers.DecimalField(
        max_digits=9,
        decimal_places=6,
        min_value=-90,
        max_value=90,
        required=False,
        allow_null=True,
        default=None,
    )
    longitude = serializers.DecimalField(
        max_digits=9,
        decimal_places=6,
        min_value=-180,
        max_value=180,
        required=False,
        allow_null=True,
        default=None,
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if (attrs["latitude"] is None) != (attrs["longitude"] is None):
            missing = "latitude" if attrs["latitude"] is None else "longitude"
            raise serializers.ValidationError({missing: [_("Give both coordinates or neither.")]})
        return attrs


class EventOnlineInfoInput(StrictSerializer):
    stream_url = WebAddressField(required=False, allow_blank=True, default="")
    meeting_link = WebAddressField(required=False, allow_blank=True, default="")
    access_instructions = serializers.CharField(max_length=2000, required=False, allow_blank=True, default="")


class EventCoverInput(StrictSerializer):
    file = serializers.FileField(help_text="JPEG, PNG, WebP or AVIF; at most 10 MB and 40 megapixels.")


class EventCancelInput(StrictSerializer):
    reason = CleanCharField(
        max_length=200,
        required=False,
        allow_blank=True,
        default="",
        help_text="Told to everyone who holds a ticket.",
    )


class TicketTypeInput(StrictSerializer):
    name = CleanCharField(max_length=80)
    description = CleanCharField(max_length=300, required=False, allow_blank=True)
    price = MoneyField(help_text="In your market's currency.")
    quantity_total = serializers.IntegerField(min_value=0, max_value=MOST_PEOPLE)
    sales_start = MomentField()
    sales_end = MomentField()
    max_per_order = serializers.IntegerField(min_value=1, max_value=100, required=False)
    position = serializers.IntegerField(
        min_value=0, max_value=1000, required=False, help_text="Place in the list, from 0."
    )


TICKET_TYPE_EXAMPLE = OpenApiExample(
    "A ticket",
    value={
        "name": "10 km",
        "price": "7000.00",
        "quantity_total": 300,
        "sales_start": "2027-03-01T00:00:00Z",
        "sales_end": "2027-06-12T12:00:00Z",
        "max_per_order": 5,
    },
    request_only=True,
)


class TicketTypeOutput(serializers.Serializer):
    id = serializers.IntegerField()
    name = serializers.CharField()
    description = serializers.CharField()
    price = MoneyField()
    currency = serializers.ChoiceField(choices=Currency.choices)
    quantity_total = serializers.IntegerField()
    quantity_held = serializers.IntegerField(help_text="In orders waiting for payment.")
    quantity_sold = serializers.IntegerField()
    sales_start = serializers.DateTimeField()
    sales_end = serializers.DateTimeField()
    max_per_order = serializers.IntegerField()
    position = serializers.IntegerField()


class CrmEventRowOutput(serializers.Serializer):
    id = serializers.IntegerField()
    slug = serializers.CharField()
    title = serializers.CharField()
    category = EventCategoryOutput()
    format = serializers.ChoiceField(choices=Event.Format.choices)
    status = serializers.ChoiceField(choices=Event.Status.choices)
    start_datetime = serializers.DateTimeField()
    end_datetime = serializers.DateTimeField()
    timezone = serializers.CharField()
    city = serializers.CharField(allow_null=True)
    cover = ImageOutput(allow_null=True)
    tickets_total = serializers.IntegerField()
    tickets_sold = serializers.IntegerField()
    checked_in = serializers.IntegerField()
    revenue = MoneyField(help_text="Paid and not given back.")
    currency = serializers.ChoiceField(choices=Currency.choices)


class MissingForPublishing(serializers.Serializer):
    pointer = serializers.CharField()
    code = serializers.CharField()
    detail = serializers.CharField()


class CrmEventOutput(serializers.Serializer):
    id = serializers.IntegerField()
    slug = serializers.CharField()
    title = serializers.CharField()
    description = serializers.CharField()
    category = EventCategoryOutput()
    format = serializers.ChoiceField(choices=Event.Format.choices)
    status = serializers.ChoiceField(choices=Event.Status.choices)
    start_datetime = serializers.DateTimeField()
    end_datetime = serializers.DateTimeField()
    timezone = serializers.CharField()
    capacity = serializers.IntegerField(allow_null=True)
    places_taken = serializers.IntegerField(help_text="Sold and held over all ticket types.")
    is_free = serializers.BooleanField(help_text="Every ticket is free.")
    refund_until_hours = serializers.IntegerField(
        allow_null=True, help_text="So long before the start tickets are given back without asking you."
    )
    market = serializers.ChoiceField(choices=Market.choices)
    cover = ImageOutput(allow_null=True)
    location = EventPlaceOutput(allow_null=True)
    online_info = OnlineInfoOutput(allow_null=True)
    ticket_types = TicketTypeOutput(many=True)
    missing = MissingForPublishing(many=True, help_text="What a draft lacks before it can be published.")
    published_at = serializers.DateTimeField(allow_null=True)
    finished_at = serializers.DateTimeField(allow_null=True)
    canceled_at = serializers.DateTimeField(allow_null=True)
    created_at = serializers.DateTimeField()
    updated_at = serializers.DateTimeField()


class CrmEventsQuery(PageQuery):
    q = CleanCharField(required=False, max_length=100, help_text="Part of a title, city or kind of sport.")
    status = serializers.ChoiceField(choices=Event.Status.choices, required=False)
    ordering = serializers.ChoiceField(
        choices=[
            sign + name
            for name in ("start_datetime", "title", "tickets_sold", "revenue")
            for sign in ("", "-")
        ],
        default="-start_datetime",
    )


class AttendeesFilter(QuerySerializer):
    q = CleanCharField(
        required=False, max_length=160, help_text="Parts of a name, e-mail or phone, or a whole ticket code."
    )
    status = serializers.ChoiceField(choices=EventAttendee.Status.choices, required=False)
    ticket_type = IdField(required=False)


class AttendeesQuery(AttendeesFilter, PageQuery):
    pass


class TicketTypesOrderInput(StrictSerializer):
    order = serializers.ListField(
        child=IdField(), max_length=50, help_text="Ids of all ticket types of the event, first to last."
    )


class EventFiguresOutput(serializers.Serializer):
    currency = serializers.ChoiceField(choices=Currency.choices)
    revenue = MoneyField(help_text="Paid and not given back.")
    orders = serializers.IntegerField(help_text="With a ticket that was kept.")
    tickets_total = serializers.IntegerField()
    tickets_sold = serializers.IntegerField()
    tickets_held = serializers.IntegerField(help_text="In orders waiting for payment.")
    tickets_left = serializers.IntegerField(help_text="Within the event's capacity.")
    checked_in = serializers.IntegerField()
    expected = serializers.IntegerField(help_text="Valid tickets that have not been checked in.")


class EventCancelPreviewOutput(serializers.Serializer):
    currency = serializers.ChoiceField(choices=Currency.choices)
    amount = MoneyField(help_text="What goes back to the buyers.")
    orders = serializers.IntegerField(help_text="Paid orders with a ticket that is given back.")
    unpaid_orders = serializers.IntegerField(help_text="Orders still waiting for payment.")
    people = serializers.IntegerField(help_text="Who hold a ticket and are told.")
    tickets = serializers.IntegerField(help_text="That stop admitting.")


class AttendeeOutput(serializers.Serializer):
    id = serializers.IntegerField()
    attendee_name = serializers.CharField()
    customer = serializers.IntegerField(
        allow_null=True, help_text="Id of your customer who holds the ticket; null where it was passed on."
    )
    name = serializers.CharField(help_text="Of the person who holds the ticket.")
    email = serializers.CharField(allow_null=True)
    phone = serializers.CharField(allow_null=True)
    ticket_type = serializers.CharField()
    status = serializers.ChoiceField(choices=EventAttendee.Status.choices)
    checked_in_at = serializers.DateTimeField(allow_null=True)
    created_at = serializers.DateTimeField()


# A door syncs within days; a device's clock may be off, but not by this much.
_EARLIEST, _LATEST = timedelta(days=30), timedelta(days=1)


def is_credible(scanned_at: datetime) -> bool:
    """Tell whether a device whose clock is about right may say this of a scan."""
    now = timezone.now()
    return now - _EARLIEST <= scanned_at <= now + _LATEST


class AdmitInput(StrictSerializer):
    scanned_at = serializers.DateTimeField(
        required=False,
        help_text="By the clock of the device. The same scan sent again, its answer lost, is admitted again. "
        "A time far from now is not believed, and the server's is taken.",
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        said = attrs.get("scanned_at")
        return attrs | {"scanned_at": said if said and is_credible(said) else timezone.now()}


class CheckInInput(AdmitInput):
    code = serializers.CharField(max_length=500, help_text="What the QR code says.")
    event = IdField(required=False, help_text="Admit to this event alone; without it, to any of yours.")


class CheckInEvent(serializers.Serializer):
    id = serializers.IntegerField()
    slug = serializers.CharField()
    title = serializers.CharField()


class CheckInOutput(serializers.Serializer):
    """A ticket as a door sees it; refusals carry the same under `ticket`."""

    id = serializers.IntegerField()
    event = CheckInEvent()
    ticket_type = serializers.CharField()
    attendee_name = serializers.CharField()
    status = serializers.ChoiceField(choices=EventAttendee.Status.choices)
    checked_in_at = serializers.DateTimeField(allow_null=True)
    checked_in_by = serializers.CharField(allow_null=True)
