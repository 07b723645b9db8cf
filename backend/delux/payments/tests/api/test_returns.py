import pytest

from delux.accounts.tests.factories import UserFactory
from delux.events.models import EventAttendee
from delux.events.tests.factories import TicketTypeFactory
from delux.payments.models import Refund
from delux.payments.tests.factories import paid
from delux.testing import client_for

pytestmark = pytest.mark.django_db


def bought(hours: int | None) -> EventAttendee:
    order = paid((TicketTypeFactory(event__refund_until_hours=hours), 2))
    return EventAttendee.objects.filter(order_item__order=order).order_by("pk").first()


def path_of(ticket: EventAttendee) -> str:
    return f"/api/v1/tickets/{ticket.pk}/refund/"


def test_a_ticket_says_how_it_can_be_given_back_and_for_how_much() -> None:
    ticket = bought(48)

    seen = client_for(ticket.user).get(path_of(ticket)).json()

    until = ticket.ticket_type.event.refund_until
    assert seen["until"] == until.isoformat().replace("+00:00", "Z")
    assert {name: seen[name] for name in ("way", "amount", "currency", "request")} == {
        "way": "now",
        "amount": "5000.00",
        "currency": "KZT",
        "request": None,
    }
    assert not Refund.objects.exists()


def test_giving_back_takes_effect_once_however_often_it_is_sent() -> None:
    ticket = bought(0)
    client = client_for(ticket.user)

    def send(key: str):
        return client.post(path_of(ticket), headers={"Idempotency-Key": key})

    first, repeat, other_key = send("a"), send("a"), send("b")

    assert (first.status_code, first.json()["amount"]) == (201, "5000.00")
    assert repeat.content == first.content
    assert (other_key.status_code, other_key.json()["code"]) == (409, "ticket_refunded")
    assert Refund.objects.count() == 1


def test_without_a_rule_the_way_is_to_ask_and_to_take_it_back() -> None:
    ticket = bought(None)
    client = client_for(ticket.user)

    refused = client.post(path_of(ticket), headers={"Idempotency-Key": "a"})
    asked = client.post(f"{path_of(ticket)}request/", {"reason": "I broke my ankle"})
    withdrawn = client.delete(f"{path_of(ticket)}request/")

    assert (refused.status_code, refused.json()["code"]) == (409, "refund_by_asking")
    assert (asked.status_code, asked.json()["way"]) == (201, "asked")
    assert asked.json()["request"]["reason"] == "I broke my ankle"
    assert (withdrawn.status_code, withdrawn.json()["way"]) == (200, "ask")
    assert withdrawn.json()["request"]["status"] == "withdrawn"


@pytest.mark.parametrize("reason", ["", " ", "x" * 501, None])
def test_a_reason_that_is_none_is_refused(reason) -> None:
    ticket = bought(None)

    answer = client_for(ticket.user).post(f"{path_of(ticket)}request/", {"reason": reason}, format="json")

    assert answer.status_code == 400
    assert answer.json()["errors"][0]["pointer"] == "/reason"


def test_anothers_ticket_is_not_there_to_be_given_back() -> None:
    ticket = bought(0)

    for stranger in (UserFactory(), ticket.ticket_type.event.organizer):
        client = client_for(stranger)
        assert client.get(path_of(ticket)).status_code == 404
        assert client.post(path_of(ticket), headers={"Idempotency-Key": "a"}).status_code == 404
        assert client.post(f"{path_of(ticket)}request/", {"reason": "Mine"}).status_code == 404
    assert not Refund.objects.exists()
