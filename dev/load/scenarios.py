"""What people do under load: the scenarios of `k6/`, for the crowd. Numbers and bounds are k6's own file."""

import json
from collections.abc import Callable
from typing import Any

from dev.bench.operations import LANGUAGES, Facts, get, logins, spread_tickets
from dev.console import ROOT
from dev.crowd import Request

HOLDS: dict[str, dict[str, Any]] = json.loads((ROOT / "k6" / "thresholds.json").read_text())


def lists() -> list[Request]:
    """What a hundred people look at within the same second: mostly the first page, each in their language."""
    first = [get(f"events/?page_size=20&lang={language}") for language in LANGUAGES]
    other = [get(f"events/?page_size=20&page={page}") for page in (2, 3)]
    sports = [get(f"events/?page_size=20&sport_type={sport}") for sport in ("running", "cycling")]
    return [request for [request] in [*first, *first, *other, *sports]]


def events(_facts: Facts) -> dict[str, Any]:
    return {"operations": [[request] for request in lists()]}


def login(facts: Facts) -> dict[str, Any]:
    return {"operations": logins(facts, 0)}


def checkout(facts: Facts) -> dict[str, Any]:
    """Two looks around, then basket, order and payment."""
    browse = [
        [look, *get(f"events/{event}/"), *get(f"events/{event}/tickets/")]
        for look, event in zip(lists(), facts["events"], strict=False)
    ]
    return {"purchases": {"tokens": facts["buyers"], "tickets": spread_tickets(facts), "browse": browse}}


def on_sale(facts: Facts) -> dict[str, Any]:
    """Everybody at once, for one ticket each; whoever comes too late is told so (409), and goes."""
    everybody = [*facts["buyers"], *facts["fillers"]]
    purchases = {"tokens": everybody, "tickets": [facts["on_sale"]]}
    return {"purchases": purchases, "goes": 1, "refusals": [409]}


SCENARIOS: dict[str, Callable[[Facts], dict[str, Any]]] = {
    "events": events,
    "login": login,
    "checkout": checkout,
    "on_sale": on_sale,
}


def job(name: str, facts: Facts) -> dict[str, Any]:
    """Return what the crowd does in a scenario, without where."""
    holds = HOLDS[name]
    numbers = {"clients": holds["users"], "seconds": holds["seconds"], "pause": holds["pause"]}
    return numbers | SCENARIOS[name](facts)
