"""The demo world before anything is sold, as the later steps need to know it; the database has the rest.

Ids are given here, so that what is sold later can point at them without asking the database.
"""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from random import Random

from delux.core.markets import CURRENCY_OF, Market

# How a step of the work shows itself: called with a title and a total, answers what to call for each done.
Step = Callable[[str, int], Callable[[], None]]


@dataclass(frozen=True)
class Size:
    """How large a world to make."""

    people: int
    organizers: int
    events: int
    products: int
    orders: int

    @property
    def is_small(self) -> bool:
        """The world that people look at: the ten events with names of their own, full size runs."""
        return self.events <= 10


SIZES = {
    "small": Size(people=30, organizers=3, events=10, products=50, orders=100),
    "normal": Size(people=20_000, organizers=200, events=10_000, products=17_000, orders=100_000),
    "huge": Size(people=100_000, organizers=500, events=10_000, products=17_000, orders=1_000_000),
}


@dataclass(frozen=True)
class Person:
    id: int
    name: str
    phone: str
    market: str


@dataclass(frozen=True)
class Seller:
    id: int
    user_id: int
    market: str
    shipping: Decimal


@dataclass
class Ticket:
    """A ticket type, with what the demo sales have taken of it."""

    id: int
    event_id: int
    seller: Seller
    event_title: str
    name: str
    price: Decimal
    total: int
    start: datetime
    published: datetime
    timezone: str
    city: str
    image: str
    sold: int = 0
    held: int = 0

    @property
    def left(self) -> int:
        return self.total - self.sold - self.held


@dataclass
class Piece:
    """A variant, with its stock as the demo sales leave it."""

    id: int
    product_id: int
    seller: Seller
    title: str
    size: str
    colour: str
    price: Decimal
    image: str
    stock: int
    sold: int = 0
    held: int = 0

    @property
    def left(self) -> int:
        return self.stock - self.held


@dataclass
class World:
    now: datetime
    rng: Random
    size: Size
    people: dict[str, list[Person]] = field(default_factory=lambda: defaultdict(list))
    sellers: dict[str, list[Seller]] = field(default_factory=lambda: defaultdict(list))
    tickets: dict[int, list[Ticket]] = field(default_factory=lambda: defaultdict(list))
    pieces: dict[int, list[Piece]] = field(default_factory=lambda: defaultdict(list))

    def every_seller(self) -> list[Seller]:
        return sorted(
            (seller for sellers in self.sellers.values() for seller in sellers), key=lambda seller: seller.id
        )


def currency_of(market: str) -> str:
    return CURRENCY_OF[Market(market)].value
