"""What nginx, web and worker write down of a whole day of people: under one id, and nothing of the people."""

import json
import re
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from email.message import Message
from typing import Any

import pytest

from delux.accounts.services.access_tokens import issue_access_token
from delux.accounts.tests.factories import OrganizerFactory
from delux.events.tests.factories import EventFactory, TicketTypeFactory
from delux.market.tests.factories import VariantFactory
from delux.notifications.models import Delivery
from tests.live.collector import Collector, collector
from tests.live.copies import Place, containers
from tests.live.nginx import Door, Site

pytestmark = pytest.mark.slow

WITHIN = 30.0
EMAIL, OTHER_EMAIL = "canary.ann@people.example", "canary.bob@people.example"
PHONE, OTHER_PHONE = "+77014445566", "+77017778899"
PASSWORD, NEW_PASSWORD, WRONG_PASSWORD = "canary-Secret-41", "canary-Other-42", "canary-Guess-43"
CARD = "4111 1111 1111 1111"
ADDRESS = {
    "recipient": "Canaryna Receiver", "phone": OTHER_PHONE, "country": "KZ", "city": "Canarytown",
    "street": "Canary Street 7", "postal_code": "050017",
}  # fmt: skip


class Person:
    """Somebody at a browser. Remembers all that nobody else may learn."""

    secrets: set[str]

    def __init__(self, door: Door, secrets: set[str]) -> None:
        self.door, self.secrets, self.token = door, secrets, ""

    def ask(self, method: str, path: str, body: Any = None, *, expect: int = 200, **headers: str) -> Any:
        sent = {"Content-Type": "application/json", "Idempotency-Key": str(uuid.uuid4())}
        sent |= {"Authorization": f"Bearer {self.token}"} if self.token else {}
        sent |= {name.replace("_", "-"): value for name, value in headers.items()}
        with closing(Site(self.door)) as site:
            site.request(method, path, body if isinstance(body, str) else json.dumps(body), sent)
            answer = site.getresponse()
            content = answer.read()
        assert answer.status == expect, (path, answer.status, content)
        for cookie in answer.headers.get_all("Set-Cookie", []):
            self.secrets.add(cookie.split("=")[1].split(";")[0])
        return json.loads(content) if content[:1] in (b"{", b"[") else None

    def do(self, path: str, body: Any = None, *, expect: int = 201, **headers: str) -> Any:
        return self.ask("POST", f"/api/v1{path}", body or {}, expect=expect, **headers)

    def signed_in(self, session: dict[str, Any]) -> None:
        self.token = session["access"]
        self.secrets |= {session["access"], session["refresh"]} - {""}


@pytest.fixture
def place(django_db_blocker) -> Iterator[Place]:
    with django_db_blocker.unblock(), containers("logs", host="delux.example", LOG_LEVEL="INFO") as place:
        yield place


@pytest.fixture
def collected() -> Iterator[Collector]:
    with collector() as collected:
        yield collected


def wait_for_secret(place: Place, path: str) -> str:
    """Return the secret of a mailed link to ``path`` once it came."""
    deadline = time.monotonic() + WITHIN
    while time.monotonic() < deadline:
        for mail in list(place.mails):
            if found := re.search(rf"{path}#([^\s\"<>]+)", text_of(mail)):
                return found[1]
        time.sleep(0.05)
    raise AssertionError(f"no mail leads to {path}")


def text_of(mail: Message) -> str:
    parts = [part for part in mail.walk() if part.get_content_maintype() == "text"]
    return " ".join(part.get_payload(decode=True).decode() for part in parts)


def wait_for_sms(place: Place) -> str:
    deadline = time.monotonic() + WITHIN
    while time.monotonic() < deadline:
        if came := [*(place.folder / "sms").glob("*.txt")]:
            return came[0].read_text()
        time.sleep(0.05)
    raise AssertionError("no SMS came")


def live_a_day(place: Place, door: Door) -> set[str]:
    """Register, buy, be refunded, forget passwords, err; return what nobody may read about it."""
    secrets = {EMAIL, OTHER_EMAIL, PHONE, OTHER_PHONE, PASSWORD, NEW_PASSWORD, WRONG_PASSWORD, "anary"}
    secrets |= {"444-55-66", CARD, CARD.replace(" ", "")} | {PHONE[1:], OTHER_PHONE[1:]}
    organizer = OrganizerFactory()
    event = EventFactory(organizer=organizer)
    ticket, gear = TicketTypeFactory(event=event), VariantFactory(product__organizer=organizer)

    ann = Person(door, secrets)
    session = ann.do("/auth/register/", {"email": EMAIL, "password": PASSWORD, "first_name": "Canaryann"})
    ann.signed_in(session)
    for password in (WRONG_PASSWORD, PASSWORD + "x"):
        Person(door, secrets).do("/auth/login/", {"email": EMAIL, "password": password}, expect=401)
    ann.signed_in(ann.do("/auth/login/", {"email": EMAIL, "password": PASSWORD}, expect=200))

    bob = Person(door, secrets)
    asked = bob.do("/auth/code/", {"phone": PHONE}, expect=200)
    code = re.search(r"\b(\d{6})\b", wait_for_sms(place))[1]
    secrets |= {asked["challenge"], code}
    wrong = {"challenge": asked["challenge"], "code": "000000" if code != "000000" else "111111"}
    bob.do("/auth/code/sign-in/", wrong, expect=400)
    answer = {"challenge": asked["challenge"], "code": code, "first_name": "Canarybob"}
    bob.signed_in(bob.do("/auth/code/sign-in/", answer, expect=200))

    for person in (ann, bob):
        person.do("/cart/items/", {"item_type": "ticket", "ticket_type_id": ticket.pk, "quantity": 1})
        person.do("/cart/items/", {"item_type": "product", "variant_id": gear.pk, "quantity": 1})
        order = person.do("/orders/", {"delivery_type": "delivery", "shipping_address": ADDRESS})
        number = order["order_number"]
        card = {"card_number": CARD, "exp_month": 12, "exp_year": 2099, "cvc": "731"}
        person.do("/payments/mock/charge/", {"order_id": number, **card})
    seller = Person(door, secrets)
    seller.token = issue_access_token(organizer.user)
    secrets.add(seller.token)
    seller.do(f"/crm/orders/{number}/refund/", {"reason": "Canary was ill"})
    news = {"subject": "Canary news", "body": "Dear canary"}
    mailing = seller.do("/crm/mailings/", news)
    seller.do(f"/crm/mailings/{mailing['id']}/send/", expect=200)

    stranger = Person(door, secrets)
    stranger.do("/auth/password/forgotten/", {"email": EMAIL}, expect=204)
    token = wait_for_secret(place, "/reset-password")
    stranger.do("/auth/password/reset/", {"token": f"{token}x", "new_password": NEW_PASSWORD}, expect=409)
    stranger.do("/auth/password/reset/", {"token": token, "new_password": NEW_PASSWORD}, expect=200)
    unsubscribe = wait_for_secret(place, "/unsubscribe")
    secrets |= {token, unsubscribe}

    # What cannot be read, is not there, or is not for them.
    stranger.do("/auth/login/", f'{{"email": "{OTHER_EMAIL}", "password": ', expect=400)
    too_short = {"email": OTHER_EMAIL, "password": "1", "first_name": "Canarycy"}
    stranger.do("/auth/register/", too_short, expect=400)
    stranger.ask("GET", f"/api/v1/events/?email={OTHER_EMAIL}&phone={OTHER_PHONE}", expect=400)
    stranger.ask("GET", f"/api/v1/nothing/{OTHER_EMAIL}/", expect=404)
    stranger.ask("GET", f"/nothing/{OTHER_EMAIL}?token={token}", expect=404)
    stranger.ask("GET", f"/api/v1/unsubscribe/{unsubscribe}x/", expect=404)
    searched = "search=Canaryna+Receiver&phone=8+(701)+444-55-66"
    stranger.ask("GET", f"/api/v1/events/?{searched}", expect=400)
    stranger.do(f"/broken/{OTHER_EMAIL}/?{searched}", {"password": WRONG_PASSWORD}, expect=500)
    stranger.ask("GET", "/api/v1/auth/me/", expect=401, Authorization=f"Bearer {ann.token}x")
    return secrets


@dataclass(frozen=True)
class Day:
    secrets: set[str]
    logs: dict[str, str]


def live_and_end(place: Place, collected: Collector) -> Day:
    """Live a day in a shop of one web and one worker, and return what all of it wrote down."""
    place.env |= collected.settings
    web, worker = place.start("web"), place.start("worker")
    place.directory.copies = [web]
    web.wait_until_ready()
    with place.door() as door:
        secrets = live_a_day(place, door)
        wait_until(lambda: not Delivery.objects.exclude(status="sent").exists())
        wait_until(
            lambda: collected.failures and [span for span in collected.spans if span[0] == "delux-worker"]
        )
        wait_until(lambda: worker.words.count(" received") == worker.words.count(" succeeded"))
        web.ask_to_leave()
        worker.ask_to_leave()
        web.wait_until_gone()
        worker.wait_until_gone()
        # Celery's own last words go past all logging.
        said = worker.words.replace("\nworker: Warm shutdown (MainProcess)\n", "")
        return Day(secrets, {"web": web.words, "worker": said, "nginx": door.log, "sent": collected.words})


def leaks(logs: dict[str, str], secrets: set[str]) -> list[tuple[str, str]]:
    """Return the secrets found, each with where; the six digits of a code stand inside many a number."""
    patterns = {each: rf"\b{each}\b" if len(each) == 6 else re.escape(each) for each in secrets}
    return [(name, each) for name, log in logs.items() for each in secrets if re.search(patterns[each], log)]


def test_a_day_of_people_is_told_under_one_id_and_without_the_people(
    place: Place, collected: Collector
) -> None:
    """One test, as the day is dear: two workers would live one each."""
    day = live_and_end(place, collected)
    no_secret_is_anywhere(day)
    every_line_is_json_with_the_request_it_is_about(day)
    a_request_its_statements_and_its_task_are_one_trace(day, collected)
    a_failure_is_told_with_its_place_and_its_request_alone(day, collected)


def no_secret_is_anywhere(day: Day) -> None:
    assert len(day.secrets) > 20
    assert leaks(day.logs, day.secrets) == []
    # It would be seen.
    for secret in day.secrets:
        assert ("web", secret) in leaks({"web": day.logs["web"] + f'{{"event": "of {secret}"}}'}, day.secrets)


def every_line_is_json_with_the_request_it_is_about(day: Day) -> None:
    logs = {name: log for name, log in day.logs.items() if name != "sent"}
    assert [line for log in logs.values() for line in log.splitlines() if not line.startswith("{")] == []
    lines = {name: [json.loads(line) for line in log.splitlines()] for name, log in logs.items()}
    paths = {line["request_id"]: line["path"].removeprefix("/api/v1/") for line in lines["nginx"]}
    delivered = [line for line in lines["worker"] if line["event"] == "notification.delivered"]

    # Each mail says whose it is, whichever request had the worker go through all that were due.
    assert {paths[line["request_id"]] for line in delivered} == {
        "auth/register/",
        "auth/code/",
        "payments/mock/charge/",
        "crm/mailings/1/send/",
        "auth/password/forgotten/",
    }
    [refund] = [line for line in lines["worker"] if line.get("task") == "payments.send_refund"]
    assert paths[refund["request_id"]].endswith("/refund/")
    refused = [line for line in lines["web"] if line["logger"] == "django.request"]
    assert {line["request_id"] for line in refused} <= set(paths)
    assert len(refused) > 5


def a_request_its_statements_and_its_task_are_one_trace(day: Day, collected: Collector) -> None:
    spans = collected.spans
    [web] = [span for _, span in spans if span.name.endswith("/crm/mailings/<int:mailing_id>/send/")]
    steps = {(service, span.name) for service, span in spans if span.trace_id == web.trace_id}
    [request_id] = [each.value.string_value for each in web.attributes if each.key == "request_id"]
    [asked] = [line for line in day.logs["nginx"].splitlines() if request_id in line]

    assert {("delux-web", "UPDATE"), ("delux-worker", "run/crm.push_mailings")} <= steps
    assert ("delux-worker", "UPDATE") in steps
    assert json.loads(asked)["path"] == "/api/v1/crm/mailings/1/send/"
    # Nobody wants to see who asks whether the machine is well.
    assert not [span.name for _, span in spans if "health" in span.name]


def a_failure_is_told_with_its_place_and_its_request_alone(day: Day, collected: Collector) -> None:
    [failure] = collected.failures
    [told] = failure["exception"]["values"]

    assert (told["type"], told["value"]) == (
        "ValueError",
        "Key (email)=([e-mail]), phone [phone]\nDETAIL:  Failing row contains ([row])",
    )
    assert told["stacktrace"]["frames"][-1]["function"] == "break_down"
    assert not [frame for frame in told["stacktrace"]["frames"] if "vars" in frame]
    assert not failure["request"].get("data")
    assert not {"cookies", "query_string"} & failure["request"].keys()
    assert f'"request_id":"{failure["tags"]["request_id"]}"' in day.logs["nginx"]


def wait_until(true: Callable[[], bool]) -> None:
    deadline = time.monotonic() + WITHIN
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.05)
