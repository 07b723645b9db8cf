"""What the crowd needs from the database: people with tokens, things to ask for, tickets that never sell out.

Runs with Django, prints JSON. Safe to repeat.
"""

import json
from datetime import timedelta
from decimal import Decimal
from typing import Any

import django

import config  # noqa: F401  first, because the settings lean on it and it reads them

django.setup()

from django.db import connection  # noqa: E402 Django is set up first
from django.db.models import F  # noqa: E402 Django is set up first
from django.utils import timezone  # noqa: E402 Django is set up first

from delux.accounts.models import OrganizerProfile, User  # noqa: E402 Django is set up first
from delux.accounts.services.access_tokens import issue_access_token  # noqa: E402 Django is set up first
from delux.demo.logins import PASSWORD  # noqa: E402 Django is set up first
from delux.events.models import Event, EventCategory, EventLocation, TicketType  # noqa: E402 Django is set up first
from delux.market.models import Variant  # noqa: E402 Django is set up first
from delux.orders.models import Cart, CartItem  # noqa: E402 Django is set up first

PEOPLE = 800
SPREAD = 64
PLENTY = 100_000_000


def tidy() -> None:
    """Do now what the server would do by itself soon: beside an operation it would be counted as its cost."""
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")
        cursor.execute("VACUUM (ANALYZE)")


def ticket_on_sale(slug: str, quantity: int = PLENTY) -> int:
    """Return a ticket type, the only one of its event; by itself with more than any measurement buys."""
    now = timezone.now()
    event = Event.objects.filter(slug=slug).first()
    if event is None:
        event = Event.objects.create(
            slug=slug,
            title=slug,
            organizer=OrganizerProfile.objects.order_by("pk")[0],
            category=EventCategory.objects.order_by("pk")[0],
            format=Event.Format.OFFLINE,
            status=Event.Status.PUBLISHED,
            market="KZ",
            timezone="Asia/Almaty",
            location=EventLocation.objects.create(country="KZ", city="Алматы", address="пр. Абая, 1"),
            start_datetime=now + timedelta(days=300),
            end_datetime=now + timedelta(days=300, hours=3),
            published_at=now,
        )
        TicketType.objects.create(
            event=event,
            name="Bench",
            price=Decimal(5000),
            currency="KZT",
            quantity_total=quantity,
            sales_start=now - timedelta(days=1),
            sales_end=now + timedelta(days=299),
        )
    ticket: int = event.ticket_types.get().pk
    return ticket


def everybody() -> list[User]:
    """Return those who buy, as many as a crowd may be of; demo data of size small have too few."""
    buyers = User.objects.filter(organizer_profile=None, is_staff=False).order_by("pk")
    people = list(buyers[:PEOPLE])
    password = people[0].password
    more = (
        User(email=f"bench-{number}@delux.test", password=password) for number in range(len(people), PEOPLE)
    )
    User.objects.bulk_create(more)
    return list(buyers[:PEOPLE])


def main() -> dict[str, Any]:
    tidy()
    people = everybody()
    CartItem.objects.filter(cart__user__in=people).delete()
    Cart.objects.bulk_create((Cart(user=person) for person in people), ignore_conflicts=True)
    coming = Event.objects.filter(status=Event.Status.PUBLISHED, start_datetime__gt=timezone.now())
    in_stock = Variant.objects.filter(
        is_active=True,
        product__is_active=True,
        product__currency="KZT",
        stock_quantity__gte=F("held_quantity") + 5,
    )
    organizer = OrganizerProfile.objects.order_by("pk")[0]
    return {
        "fillers": [issue_access_token(person) for person in people[::2]],
        "buyers": [issue_access_token(person) for person in people[1::2]],
        "password": PASSWORD,
        "emails": [person.email for person in people],
        "organizer": issue_access_token(organizer.user),
        "events": list(coming.order_by("start_datetime").values_list("pk", flat=True)[:2000]),
        "variants": list(in_stock.order_by("pk").values_list("pk", flat=True)[:500]),
        "hot": ticket_on_sale("bench-hot"),
        "spread": [ticket_on_sale(f"bench-spread-{number}") for number in range(SPREAD)],
    }


if __name__ == "__main__":
    print(json.dumps(main()))
