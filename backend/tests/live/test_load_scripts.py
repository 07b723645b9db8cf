"""The scripts of `k6/` ask for what the product has: one go of each, without k6, at a shop that is served."""

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from delux.accounts.services.access_tokens import issue_access_token
from delux.accounts.tests.factories import UserFactory
from delux.demo.logins import PASSWORD
from delux.events.models import Event
from delux.events.tests.factories import EventFactory, TicketTypeFactory
from dev.console import ROOT
from dev.node import node_environment
from tests.live.server import own_database, serving

SCRIPTS = ROOT / "k6"
THRESHOLDS = json.loads((SCRIPTS / "thresholds.json").read_text())


@pytest.fixture(scope="module")
def site(django_db_blocker, tmp_path_factory) -> Iterator[dict[str, str]]:
    """A shop with one person and one ticket type, and where it is, as the scripts are told."""
    var = tmp_path_factory.mktemp("load")
    with django_db_blocker.unblock(), own_database("load") as url:
        person = UserFactory(password=PASSWORD)
        tickets = TicketTypeFactory(event=EventFactory(capacity=100), quantity_total=100)
        token = issue_access_token(person)
        facts = {"emails": [person.email], "password": PASSWORD, "events": [tickets.event_id]}
        facts |= {"buyers": [token] * 20, "fillers": [token], "spread": [tickets.pk], "on_sale": tickets.pk}
        (var / "facts.json").write_text(json.dumps(facts))
        with serving(database_url=url, var=var, application="config.wsgi:application") as port:
            yield {"BASE_URL": f"http://127.0.0.1:{port}", "FACTS": str(var / "facts.json")}


def with_facts(site: dict[str, str], folder: Path, **changed: object) -> dict[str, str]:
    facts = json.loads(Path(site["FACTS"]).read_text()) | changed
    (folder / "facts.json").write_text(json.dumps(facts))
    return site | {"FACTS": str(folder / "facts.json")}


def go(script: str, site: dict[str, str]) -> dict:
    stand_in = Path(__file__).with_name("k6_stand_in.mjs")
    ran = subprocess.run(
        ["node", stand_in, SCRIPTS / f"{script}.js"],
        env=node_environment() | site,
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    return json.loads(ran.stdout)


@pytest.mark.parametrize("script", sorted(THRESHOLDS))
def test_a_script_does_what_people_do_and_every_check_of_it_holds(script: str, site: dict[str, str]) -> None:
    went = go(script, site)

    steps = [call["url"].removeprefix(site["BASE_URL"]).split("?")[0] for call in went["asked"]]
    look, buy = ["events/"], ["cart/items/", "orders/", "payments/mock/charge/"]
    event = Event.objects.get().pk
    expected = {
        "events": look,
        "login": ["auth/login/"],
        "checkout": [*look, f"events/{event}/", f"events/{event}/tickets/", *buy],
        "on_sale": buy,
    }
    assert steps == [f"/api/v1/{path}" for path in expected[script]]
    assert went["checks"]
    assert [check["name"] for check in went["checks"] if not check["held"]] == []
    assert went["options"]["thresholds"]["http_req_duration"] == [f"p(95)<={THRESHOLDS[script]['p95_ms']}"]


def test_whoever_comes_too_late_is_no_error_in_a_rush(site: dict[str, str], tmp_path: Path) -> None:
    sold_out = TicketTypeFactory(event=Event.objects.get(), quantity_total=1, quantity_sold=1)

    went = go("on_sale", with_facts(site, tmp_path, on_sale=sold_out.pk))

    assert [call["status"] for call in went["asked"]] == [409]
    assert all(check["held"] for check in went["checks"])


def test_a_check_that_does_not_hold_is_seen(site: dict[str, str], tmp_path: Path) -> None:
    went = go("login", with_facts(site, tmp_path, password="another"))

    assert [check["held"] for check in went["checks"]] == [False]
