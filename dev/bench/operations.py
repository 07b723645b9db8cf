"""What is measured: each operation as the requests of one go, and how much CPU it may cost."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import product
from typing import Any
from urllib.parse import quote
from urllib.request import urlopen

Request = dict[str, Any]
Facts = dict[str, Any]
LANGUAGES = ("ru", "kk", "ky", "en")
WORDS = ("кроссовки", "рюкзак", "велосипед", "палатка", "куртка", "мяч", "ракетка", "шлем", "trail", "носки")


@dataclass(frozen=True)
class Operation:
    """``requests`` makes the goes that clients take in turn; a purchase is made by the crowd as it buys."""

    name: str
    requests: Callable[[Facts, int], list[list[Request]]] | None
    clients: tuple[int, ...] = (8,)
    target: float | None = None
    tickets: Callable[[Facts], list[int]] | None = None


def get(path: str, **more: Any) -> list[Request]:
    return [{"method": "GET", "path": f"/api/v1/{path}", **more}]


def event_lists(_facts: Facts, _port: int) -> list[list[Request]]:
    """Lists that differ, so that each is made anew."""
    choices = product(range(1, 41), ("KZ", "KG"), ("start", "price", "newest"), LANGUAGES)
    return [
        get(f"events/?page={page}&page_size=20&market={market}&ordering={ordering}&lang={lang}")
        for page, market, ordering, lang in choices
    ]


def one_event_list(_facts: Facts, _port: int) -> list[list[Request]]:
    return [get("events/?page_size=20")]


def known_event_list(_facts: Facts, port: int) -> list[list[Request]]:
    with urlopen(f"http://127.0.0.1:{port}/api/v1/events/?page_size=20") as answer:
        etag = answer.headers["ETag"]
    return [get("events/?page_size=20", headers={"If-None-Match": etag})]


def event_details(facts: Facts, _port: int) -> list[list[Request]]:
    return [get(f"events/{event}/") for event in facts["events"]]


def availabilities(facts: Facts, _port: int) -> list[list[Request]]:
    return [get(f"events/{event}/tickets/") for event in facts["events"]]


def searches(_facts: Facts, _port: int) -> list[list[Request]]:
    choices = product(range(1, 5), LANGUAGES, ("popular", "newest"), WORDS)
    return [
        get(f"products/?q={quote(word)}&page={page}&page_size=20&lang={lang}&ordering={ordering}")
        for page, lang, ordering, word in choices
    ]


def additions(facts: Facts, _port: int) -> list[list[Request]]:
    """One thing after another into baskets of two or three lines."""
    tokens, variants = facts["fillers"], facts["variants"]
    return [
        [
            {
                "method": "POST",
                "path": "/api/v1/cart/items/",
                "token": token,
                "body": {
                    "item_type": "product",
                    "variant_id": variants[number % len(variants)],
                    "quantity": 1,
                },
            }
        ]
        for number, token in enumerate(tokens)
    ]


def logins(facts: Facts, _port: int) -> list[list[Request]]:
    return [
        [
            {
                "method": "POST",
                "path": "/api/v1/auth/login/",
                "body": {"email": email, "password": facts["password"]},
            }
        ]
        for email in facts["emails"]
    ]


def crm_orders(facts: Facts, _port: int) -> list[list[Request]]:
    return [get(f"crm/orders/?page={page}&page_size=50", token=facts["organizer"]) for page in range(1, 5)]


def dashboard(facts: Facts, _port: int) -> list[list[Request]]:
    return [get("crm/dashboard/", token=facts["organizer"])]


def hot_ticket(facts: Facts) -> list[int]:
    return [facts["hot"]]


def spread_tickets(facts: Facts) -> list[int]:
    tickets: list[int] = facts["spread"]
    return tickets


CROWDS = (1, 8, 32)
OPERATIONS = (
    Operation("event list", one_event_list, target=1.5),
    Operation("event list, made anew", event_lists),
    Operation("event list, If-None-Match", known_event_list, target=0.5),
    Operation("event detail", event_details, target=2),
    Operation("ticket availability", availabilities, target=1),
    Operation("product search", searches, target=3),
    Operation("add to cart", additions, target=5),
    Operation("login", logins),
    Operation("purchase, spread stock", None, CROWDS, 15, spread_tickets),
    Operation("purchase, one hot ticket", None, CROWDS, 15, hot_ticket),
    Operation("CRM order list of 50", crm_orders, target=6),
    Operation("dashboard", dashboard),
)
