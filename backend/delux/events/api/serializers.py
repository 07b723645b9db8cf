"""The public side in OpenAPI: what everyone reads of events, and a buyer of their tickets."""

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from delux.core.api.serializers import (
    CleanCharField,
    ImageOutput,
    MoneyField,
    PageQuery,
    QuerySerializer,
    StrictSerializer,
)
from delux.core.markets import Market
from delux.core.money import Currency
from delux.events.api.fields import DayField, DegreesField
from delux.events.models import Event, EventAttendee

ORDERINGS = ("start", "-start", "price", "-price", "newest")
AVAILABILITY = ("on_sale", "not_yet", "ended", "sold_out")


class EventFilters(QuerySerializer):
    """What the list and the map are filtered by."""

    q = CleanCharField(
        required=False, max_length=100, help_text="Words to look for; small typos are forgiven."
    )
    sport_type = serializers.SlugField(required=False, max_length=60, help_text="Slug of an event category.")
    city = CleanCharField(required=False, max_length=80)
    format = serializers.ChoiceField(choices=Event.Format.choices, required=False)
    is_free = serializers.BooleanField(required=False, allow_null=True, default=None)
    date_from = DayField(required=False, help_text="First day, in the event's own time zone.")
    date_to = DayField(required=False, help_text="Last day, in the event's own time zone.")
    price_min = MoneyField(required=False)
    price_max = MoneyField(required=False)
    organizer = serializers.SlugField(required=False, max_length=80, help_text="Slug of the organizer.")
    market = serializers.ChoiceField(
        choices=Market.choices, required=False, help_text="That market's events and those shown everywhere."
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        for low, high in (("date_from", "date_to"), ("price_min", "price_max")):
            if low in attrs and high in attrs and attrs[low] > attrs[high]:
                raise serializers.ValidationError(
                    {high: [_("This must not be below %(low)s.") % {"low": low}]}
                )
        return attrs


class EventsQuery(PageQuery, EventFilters):
    when = serializers.ChoiceField(
        choices=("upcoming", "past"),
        required=False,
        help_text="`past`: events that are over, the latest first. Needs `organizer`.",
    )
    ordering = serializers.ChoiceField(
        choices=ORDERINGS, required=False, help_text="Without it: best match for `q`, else soonest first."
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if attrs.get("when") == "past" and not attrs.get("organizer"):
            raise serializers.ValidationError(
                {"organizer": [_("Past events are listed for one organizer at a time.")]}
            )
        return super().validate(attrs)


class EventPointsQuery(EventFilters):
    """A box of degrees; without its sides, the whole Earth."""

    south = DegreesField(furthest=90, default=Decimal(-90))
    west = DegreesField(furthest=180, default=Decimal(-180))
    north = DegreesField(furthest=90, default=Decimal(90))
    east = DegreesField(furthest=180, default=Decimal(180))

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        for low, high in (("south", "north"), ("west", "east")):
            if attrs[low] > attrs[high]:
                raise serializers.ValidationError(
                    {high: [_("This must not be below %(low)s.") % {"low": low}]}
                )
        return super().validate(attrs)


class EventPoint(serializers.Serializer):
    id = serializers.IntegerField()
    slug = serializers.CharField()
    title = serializers.CharField()
    start_datetime = serializers.DateTimeField()
    timezone = serializers.CharField()
    city = serializers.CharField()
    latitude = serializers.DecimalField(max_digits=9, decimal_places=6)
    longitude = serializers.DecimalField(max_digits=9, decimal_places=6)
    price_from = MoneyField(allow_null=True)
    currency = serializers.ChoiceField(choices=Currency.choices)
    is_free = serializers.BooleanField()


class EventPointsOutput(serializers.Serializer):
    results = EventPoint(many=True)
    complete = serializers.BooleanField(
        help_text="False where the box holds more than is shown: look at a smaller one."
    )


class EventFacetsQuery(EventFilters):
    """The list's own filters."""


class EventCategoryOutput(serializers.Serializer):
    slug = serializers.CharField()
    name = serializers.CharField(help_text="In the language of the request.")


class EventSportFacet(EventCategoryOutput):
    count = serializers.IntegerField()


class EventCityFacet(serializers.Serializer):
    value = serializers.CharField(help_text="What `city` takes.")
    count = serializers.IntegerField()


class EventFormatFacet(serializers.Serializer):
    value = serializers.ChoiceField(choices=Event.Format.choices)
    count = serializers.IntegerField()


class EventFacetsOutput(serializers.Serializer):
    """What each choice beside the filters leaves, each counted as if its own filter were not set."""

    sports = EventSportFacet(many=True, help_text="Every kind of sport, in the order they are shown.")
    cities = EventCityFacet(many=True, help_text="The 60 with the most events, those first.")
    formats = EventFormatFacet(many=True)
    free = serializers.IntegerField()


class EventOrganizerOutput(serializers.Serializer):
    display_name = serializers.CharField()
    slug = serializers.CharField()
    verified = serializers.BooleanField()


class EventCard(serializers.Serializer):
    id = serializers.IntegerField()
    slug = serializers.CharField()
    title = serializers.CharField()
    category = EventCategoryOutput()
    format = serializers.ChoiceField(choices=Event.Format.choices)
    status = serializers.ChoiceField(choices=Event.Status.choices)
    start_datetime = serializers.DateTimeField()
    end_datetime = serializers.DateTimeField()
    timezone = serializers.CharField(help_text="IANA name of the zone the event is in.")
    market = serializers.ChoiceField(choices=Market.choices)
    city = serializers.CharField(allow_null=True, help_text="Null where the event is online.")
    cover = ImageOutput(allow_null=True)
    organizer = EventOrganizerOutput()
    price_from = MoneyField(allow_null=True, help_text="Cheapest ticket to be had; null before there is one.")
    currency = serializers.ChoiceField(choices=Currency.choices)
    is_free = serializers.BooleanField(help_text="Every ticket is free.")
    tickets_left = serializers.IntegerField(help_text="Over all tickets whose sales have not ended.")


class TicketOffer(serializers.Serializer):
    id = serializers.IntegerField()
    name = serializers.CharField()
    description = serializers.CharField()
    price = MoneyField()
    currency = serializers.ChoiceField(choices=Currency.choices)
    left = serializers.IntegerField()
    sales_start = serializers.DateTimeField()
    sales_end = serializers.DateTimeField()
    max_per_order = serializers.IntegerField()
    availability = serializers.ChoiceField(choices=AVAILABILITY)


class EventPlaceOutput(serializers.Serializer):
    country = serializers.CharField()
    city = serializers.CharField()
    address = serializers.CharField()
    map_url = serializers.CharField()
    latitude = serializers.DecimalField(max_digits=9, decimal_places=6, allow_null=True)
    longitude = serializers.DecimalField(max_digits=9, decimal_places=6, allow_null=True)


class EventHostOutput(EventOrganizerOutput):
    bio = serializers.CharField()
    city = serializers.CharField()
    logo = ImageOutput(allow_null=True)


class EventDetail(EventCard):
    description = serializers.CharField(help_text="A safe subset of HTML, cleaned on the server.")
    location = EventPlaceOutput(allow_null=True, help_text="Null where the event is online.")
    organizer = EventHostOutput()
    ticket_types = TicketOffer(many=True)
    refund_until = serializers.DateTimeField(
        allow_null=True,
        help_text="Until then holders give tickets back by themselves; null: they ask the organizer.",
    )


class EventTicketsOutput(serializers.Serializer):
    event = serializers.IntegerField()
    tickets_left = serializers.IntegerField()
    ticket_types = TicketOffer(many=True)


class TicketEventOutput(serializers.Serializer):
    id = serializers.IntegerField()
    slug = serializers.CharField()
    title = serializers.CharField()
    status = serializers.ChoiceField(choices=Event.Status.choices)
    format = serializers.ChoiceField(choices=Event.Format.choices)
    start_datetime = serializers.DateTimeField()
    end_datetime = serializers.DateTimeField()
    timezone = serializers.CharField()
    cover = ImageOutput(allow_null=True)
    location = EventPlaceOutput(allow_null=True)
    organizer = EventOrganizerOutput()


class TicketOutput(serializers.Serializer):
    """One admission of the reader's."""

    id = serializers.IntegerField()
    status = serializers.ChoiceField(choices=EventAttendee.Status.choices)
    attendee_name = serializers.CharField()
    ticket_type = serializers.CharField(help_text="Name of the kind of ticket.")
    price = MoneyField(help_text="What this kind of ticket costs today.")
    currency = serializers.ChoiceField(choices=Currency.choices)
    code = serializers.CharField(
        allow_null=True, help_text="What the QR code says; null unless the ticket is valid."
    )
    checked_in_at = serializers.DateTimeField(allow_null=True)
    event = TicketEventOutput()


class TicketInput(StrictSerializer):
    attendee_name = CleanCharField(max_length=120)


class OnlineInfoOutput(serializers.Serializer):
    stream_url = serializers.CharField()
    meeting_link = serializers.CharField()
    access_instructions = serializers.CharField()


class TicketOfferMade(serializers.Serializer):
    email = serializers.CharField(help_text="Who may take the ticket, once they have confirmed this e-mail.")
    expires_at = serializers.DateTimeField(help_text="Until then.")


class TicketDetail(TicketOutput):
    qr_image = serializers.CharField(
        allow_null=True, help_text="The QR code as an SVG data URI, ready for `<img src>`; null unless valid."
    )
    online_info = OnlineInfoOutput(
        allow_null=True, help_text="How to join an online event; null unless the ticket is valid."
    )
    offer = TicketOfferMade(allow_null=True, help_text="To whom I have offered it and who may still take it.")


class TicketsQuery(PageQuery):
    when = serializers.ChoiceField(
        choices=("upcoming", "past"), required=False, help_text="Without it: both, the next one first."
    )
