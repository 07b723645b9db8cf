import pytest
from django.utils import timezone

from delux.events.models import EventAttendee
from delux.events.tests.factories import TicketTypeFactory
from delux.payments.models import Refund, RefundRequest
from delux.payments.services.returns import ask_for_refund, return_ticket
from delux.payments.tests.factories import paid

pytestmark = pytest.mark.django_db


def bought(organizer, *, hours: int | None = None) -> EventAttendee:
    kind = TicketTypeFactory(event__organizer=organizer, event__refund_until_hours=hours)
    order = paid((kind, 2))
    return EventAttendee.objects.filter(order_item__order=order).order_by("pk").first()


def asked(organizer) -> RefundRequest:
    ticket = bought(organizer)
    return ask_for_refund(holder=ticket.user, ticket_id=ticket.pk, reason="Ill", at=timezone.now())


def order_page(client, ticket: EventAttendee):
    return client.get(f"/api/v1/crm/orders/{ticket.order_item.order_id}/").json()


def answer(client, request: RefundRequest, verb: str, body=None):
    return client.post(
        f"/api/v1/crm/refund-requests/{request.pk}/{verb}/", body, headers={"Idempotency-Key": "key-1"}
    )


def test_the_order_shows_who_asks_why_and_for_how_much(client, organizer) -> None:
    request = asked(organizer)

    [shown] = order_page(client, request.ticket)["refund_requests"]

    assert shown["asked_by"] == request.asked_by.get_full_name()
    assert (shown["status"], shown["amount"], shown["reason"]) == ("open", "5000.00", "Ill")


def test_granting_sends_the_money_once_and_shows_it_on_the_order(client, organizer) -> None:
    request = asked(organizer)

    first, repeat = answer(client, request, "grant"), answer(client, request, "grant")

    assert (first.status_code, first.json()["amount"]) == (201, "5000.00")
    assert repeat.content == first.content
    assert Refund.objects.count() == 1
    page = order_page(client, request.ticket)
    assert page["refund_requests"][0]["status"] == "granted"
    assert [refund["by"] for refund in page["refunds"]] == ["you"]


def test_declining_needs_a_reason_and_is_said_once(client, organizer) -> None:
    request = asked(organizer)

    wordless = answer(client, request, "decline", {"answer": " "})
    declined = answer(client, request, "decline", {"answer": "The packs are printed"})
    again = answer(client, request, "decline", {"answer": "No"})

    assert (wordless.status_code, wordless.json()["errors"][0]["pointer"]) == (400, "/answer")
    assert (declined.status_code, declined.json()["answer"]) == (200, "The packs are printed")
    assert (again.status_code, again.json()["code"]) == (409, "refund_request_closed")


def test_what_a_holder_gave_back_by_the_rule_is_shown_as_the_customers(client, organizer) -> None:
    ticket = bought(organizer, hours=0)
    return_ticket(holder=ticket.user, ticket_id=ticket.pk, at=timezone.now())

    assert [refund["by"] for refund in order_page(client, ticket)["refunds"]] == ["customer"]


def test_the_order_page_costs_as_many_queries_with_requests_as_without(
    client, organizer, django_assert_max_num_queries
) -> None:
    request = asked(organizer)
    other = EventAttendee.objects.exclude(pk=request.ticket_id).get(order_item=request.ticket.order_item_id)
    ask_for_refund(holder=other.user, ticket_id=other.pk, reason="Ill too", at=timezone.now())

    with django_assert_max_num_queries(7):
        assert len(order_page_requests(client, request)) == 2


def order_page_requests(client, request: RefundRequest):
    return client.get(f"/api/v1/crm/orders/{request.ticket.order_item.order_id}/").json()["refund_requests"]
