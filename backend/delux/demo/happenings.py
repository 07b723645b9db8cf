"""The events of the demo world, with their places and ticket types: past, today's and to come."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from delux.core.slugs import latin_slug
from delux.demo import vocabulary as words
from delux.demo.copying import Row, copy_rows
from delux.demo.gallery import Gallery
from delux.demo.world import Seller, Ticket, World, currency_of
from delux.events.models import Event, EventCategory, EventLocation, EventOnlineInfo, TicketType

# Where the ten named events lie, in days from today, and their hour (UTC). Today's begins in three hours.
NAMED_DAYS = ((-21, 2), (-6, 5), (0, 0), (5, 14), (16, 2), (23, 5), (31, 3), (38, 0), (47, 10), (75, 16))

# Until so many hours before the start tickets come back without asking; None: the organizer is asked.
REFUND_HOURS = (72, None, 0, 168)


@dataclass(frozen=True)
class Plan:
    """One event to be made."""

    sport: str
    title: str
    text: str
    city: words.City
    seller: Seller
    start: datetime
    end: datetime
    online: bool
    tickets: tuple[tuple[str, int, int], ...]
    cover: str


def add_events(world: World, gallery: Gallery, tick: Callable[[], None]) -> None:
    sport_ids = _add_sports()
    events: list[Row] = []
    locations: list[Row] = []
    onlines: list[Row] = []
    tickets: list[Row] = []
    for number in range(1, world.size.events + 1):
        plan = _named(number, world, gallery) if number <= len(words.EVENTS) else _any(number, world, gallery)
        published = min(plan.start, world.now) - timedelta(days=world.rng.randint(40, 90))
        finished = plan.end if plan.end < world.now else None
        if plan.online:
            link = f"https://meet.example.test/{number}"
            onlines.append(
                {
                    "id": number,
                    "meeting_link": link,
                    "access_instructions": "Ссылка откроется за 15 минут до начала.",
                }
            )
        else:
            locations.append(_location(number, plan.city, world))
        events.append(
            {
                "id": number,
                "organizer": plan.seller.id,
                "title": plan.title,
                "slug": f"{latin_slug(plan.title)}-{number}",
                "description": f"<p>{plan.text}</p>",
                "category": sport_ids[plan.sport],
                "format": "online" if plan.online else "offline",
                "status": "finished" if finished else "published",
                "start_datetime": plan.start,
                "end_datetime": plan.end,
                "timezone": plan.city.timezone,
                "capacity": sum(places for _, _, places in plan.tickets),
                "refund_until_hours": REFUND_HOURS[number % len(REFUND_HOURS)],
                "is_free": all(price == 0 for _, price, _ in plan.tickets),
                "cover_image": plan.cover,
                "market": plan.city.market,
                "location": None if plan.online else number,
                "online_info": number if plan.online else None,
                "published_at": published,
                "finished_at": finished,
                "created_at": published,
            }
        )
        for position, (name, price, places) in enumerate(plan.tickets):
            ticket = Ticket(
                id=len(tickets) + 1,
                event_id=number,
                seller=plan.seller,
                event_title=plan.title,
                name=name,
                price=Decimal(price),
                total=places,
                start=plan.start,
                published=published,
                timezone=plan.city.timezone,
                city=plan.city.name,
                image=plan.cover,
            )
            world.tickets[plan.seller.id].append(ticket)
            tickets.append(
                {
                    "id": ticket.id,
                    "event": number,
                    "name": name,
                    "price": ticket.price,
                    "currency": currency_of(plan.city.market),
                    "quantity_total": places,
                    "sales_start": published,
                    "sales_end": plan.end,
                    "position": position,
                }
            )
        tick()
    for model, rows in (
        (EventLocation, locations),
        (EventOnlineInfo, onlines),
        (Event, events),
        (TicketType, tickets),
    ):
        copy_rows(model, rows)


def _named(number: int, world: World, gallery: Gallery) -> Plan:
    idea, (days, hour) = words.EVENTS[number - 1], NAMED_DAYS[number - 1]
    city = next(city for city in words.CITIES if city.name == idea.city)
    start = world.now.replace(hour=hour, minute=0, second=0, microsecond=0) + timedelta(days=days)
    if days == 0:
        start = world.now.replace(minute=0, second=0, microsecond=0) + timedelta(hours=3)
    seller = world.sellers[city.market][0]
    return Plan(
        idea.sport,
        idea.title,
        idea.text,
        city,
        seller,
        start,
        start + timedelta(hours=1 if idea.online else 4),
        idea.online,
        idea.tickets,
        gallery.by_title[idea.title],
    )


def _any(number: int, world: World, gallery: Gallery) -> Plan:
    """An event of the larger worlds; a third of them are past."""
    rng = world.rng
    city = rng.choice([city for city in words.CITIES if world.sellers[city.market]])
    sport = rng.choice(list(words.SPORTS))
    days = rng.randint(-120, -1) if number % 3 == 0 else rng.randint(1, 120)
    midnight = world.now.replace(hour=0, minute=0, second=0, microsecond=0)
    start = midnight + timedelta(days=days, hours=rng.randint(1, 14))
    price = rng.choice((0, 6, 9, 12, 18, 24, 36)) * words.CURRENCY_RATE[currency_of(city.market)]
    names = words.TICKET_NAMES[: rng.randint(1, len(words.TICKET_NAMES))]
    return Plan(
        sport,
        rng.choice(words.EVENT_PATTERNS[sport]).format(city=city.name, n=number),
        rng.choice(words.EVENT_TEXTS),
        city,
        rng.choice(world.sellers[city.market]),
        start,
        start + timedelta(hours=rng.randint(1, 6)),
        rng.random() < 0.08,
        tuple(
            (name, price * (4 - place) // 4, rng.choice((30, 60, 120, 300)))
            for place, name in enumerate(names)
        ),
        rng.choice(gallery.by_sport[sport]),
    )


def _location(number: int, city: words.City, world: World) -> Row:
    return {
        "id": number,
        "country": city.market,
        "city": city.name,
        "address": world.rng.choice(city.places),
        "latitude": round(city.latitude + world.rng.uniform(-0.03, 0.03), 6),
        "longitude": round(city.longitude + world.rng.uniform(-0.03, 0.03), 6),
    }


def _add_sports() -> dict[str, int]:
    ids = {slug: number for number, slug in enumerate(words.SPORTS, start=1)}
    copy_rows(
        EventCategory,
        [
            {
                "id": ids[slug],
                "slug": slug,
                "name_ru": ru,
                "name_kk": kk,
                "name_ky": ky,
                "name_en": en,
                "position": ids[slug],
            }
            for slug, (ru, kk, ky, en) in words.SPORTS.items()
        ],
    )
    return ids
