"""The people of the demo world, and those of them who organize."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from decimal import Decimal

from django.contrib.auth.hashers import make_password

from delux.accounts.models import OrganizerProfile, User
from delux.core.slugs import latin_slug
from delux.demo import vocabulary as words
from delux.demo.copying import Row, copy_rows
from delux.demo.logins import DEMO_LOGINS, PASSWORD
from delux.demo.world import Person, Seller, World, currency_of

HOME_LANGUAGE = {"KZ": "ru", "KG": "ky", "US": "en"}
PHONE = {"KZ": "+7701{:07d}", "KG": "+996700{:06d}", "US": "+1718{:07d}"}
EMAIL_DOMAINS = ("mail.test", "post.test", "inbox.test")
# The four logins live in Almaty, but for the second buyer, who is from Bishkek.
LOGIN_MARKETS = ["KZ", "KZ", "KG", "KZ"]


def add_people(world: World, tick: Callable[[], None]) -> None:
    rng, count = world.rng, world.size.people
    password = make_password(PASSWORD)  # one hash for all: a hash each would take most of the time
    markets = LOGIN_MARKETS + rng.choices(
        ["KZ", "KG", "US"], weights=[55, 30, 15], k=count - len(LOGIN_MARKETS)
    )

    def rows() -> Iterator[Row]:
        for number, market in enumerate(markets, start=1):
            login = DEMO_LOGINS[number - 1] if number <= len(DEMO_LOGINS) else None
            first = login.first_name if login else rng.choice(words.FIRST_NAMES[market])
            last = login.last_name if login else rng.choice(words.LAST_NAMES[market])
            staff = login is not None and login.role == "staff admin"
            phone = PHONE[market].format(number)
            joined = world.now - timedelta(days=rng.randint(190, 900), minutes=rng.randint(0, 1440))
            if not staff:
                world.people[market].append(Person(number, f"{first} {last}", phone, market))
            tick()
            yield {
                "id": number,
                "password": password,
                "email": login.email
                if login
                else f"{latin_slug(first)}.{number}@{rng.choice(EMAIL_DOMAINS)}",
                "phone": phone,
                "first_name": first,
                "last_name": last,
                "market": market,
                "language": HOME_LANGUAGE[market],
                "currency": currency_of(market),
                "city": rng.choice([city.name for city in words.CITIES if city.market == market]),
                "is_staff": staff,
                "is_superuser": staff,
                "email_verified_at": joined,
                "date_joined": joined,
                "created_at": joined,
            }

    copy_rows(User, rows())


def add_organizers(world: World, tick: Callable[[], None]) -> None:
    """The first login leads the first organizer; the others are led by people who also buy."""
    rng = world.rng
    leaders = {market: reversed(people) for market, people in world.people.items()}

    def rows() -> Iterator[Row]:
        for number in range(1, world.size.organizers + 1):
            known = words.ORGANIZERS[number - 1] if number <= len(words.ORGANIZERS) else None
            city = next(c for c in words.CITIES if c.name == known[2]) if known else rng.choice(words.CITIES)
            name = (
                known[1]
                if known
                else f"{rng.choice(words.ORGANIZER_PATTERNS).format(city=city.name)} {number}"
            )
            user_id = 1 if number == 1 else next(leaders[city.market]).id
            shipping = Decimal(words.CURRENCY_RATE[currency_of(city.market)] * 3)
            world.sellers[city.market].append(Seller(number, user_id, city.market, shipping))
            tick()
            yield {
                "id": number,
                "user": user_id,
                "display_name": name,
                "slug": latin_slug(name),
                "bio": known[3] if known else "",
                "city": city.name,
                "instagram": latin_slug(name).replace("-", "_") if known else "",
                "verified": known is not None,
                "market": city.market,
                "shipping_price": shipping,
                "pickup_address": city.places[0],
            }

    copy_rows(OrganizerProfile, rows())
