from decimal import Decimal

import pytest

from delux.accounts.models import OrganizerProfile
from delux.accounts.tests.factories import OrganizerFactory
from delux.events.models import EventAttendee
from delux.events.tests.factories import TicketTypeFactory
from delux.market.tests.factories import VariantFactory
from delux.orders.models import Order, OrderItem
from delux.orders.tests.factories import paid_order, placed_order
from delux.payments.models import Payment, Refund
from delux.payments.tests.factories import pay
from delux.testing import client_for

pytestmark = pytest.mark.django_db


def bought(*things, quantity: int = 1) -> Order:
    """An order of things, delivered where there is gear, paid with a good card."""
    OrganizerProfile.objects.update(shipping_price=Decimal("500.00"))
    order = placed_order(things=dict.fromkeys(things, quantity))
    pay(order)
    order.refresh_from_db()
    return order


def refund(client, order: Order, body: dict[str, object] | None = None, *, key: str = "key-1"):
    return client.post(f"/api/v1/crm/orders/{order.pk}/refund/", body or {}, headers={"Idempotency-Key": key})


def preview(client, order: Order, body: dict[str, object] | None = None):
    return client.post(f"/api/v1/crm/orders/{order.pk}/refund/preview/", body or {})


def refunded_amount() -> Decimal:
    return Payment.objects.get().refunded_amount


def test_the_whole_part_goes_back_with_its_shipping_and_stock_and_tickets_return() -> None:
    shoes = VariantFactory(price=Decimal(100), stock_quantity=10)
    ticket = TicketTypeFactory(event__organizer=shoes.product.organizer, price=Decimal(50))
    order = bought(shoes, ticket, quantity=2)
    client = client_for(shoes.product.organizer)

    response = refund(client, order, {"reason": "The race was moved"})

    assert response.status_code == 201
    assert response.json() == {
        "id": Refund.objects.get().pk,
        "amount": "800.00",
        "currency": "KZT",
        "status": "initiated",
    }
    shoes.refresh_from_db()
    ticket.refresh_from_db()
    assert (shoes.stock_quantity, shoes.held_quantity, ticket.quantity_sold) == (10, 0, 0)
    assert set(EventAttendee.objects.values_list("status", flat=True)) == {"refunded"}
    page = client.get(f"/api/v1/crm/orders/{order.pk}/").json()
    assert (page["status"], page["refunded"], page["can_refund"]) == ("canceled", "800.00", False)
    assert [(row["amount"], row["reason"], row["by"]) for row in page["refunds"]] == [
        ("800.00", "The race was moved", "you")
    ]


def test_lines_go_back_by_the_piece_and_shipping_stays_unless_asked_for() -> None:
    shoes = VariantFactory(price=Decimal(100))
    order = bought(shoes, quantity=3)
    item = order.items.get()
    client = client_for(shoes.product.organizer)

    first = refund(client, order, {"lines": [{"item_id": item.pk, "quantity": 1}]})
    shipping = refund(client, order, {"lines": [], "shipping": True}, key="key-2")
    rest = refund(client, order, key="key-3")

    assert [made.json()["amount"] for made in (first, shipping, rest)] == ["100.00", "500.00", "200.00"]
    assert refunded_amount() == order.total_amount
    assert refund(client, order, key="key-4").json()["code"] == "nothing_to_refund"


def test_the_preview_says_the_sum_and_changes_nothing() -> None:
    shoes = VariantFactory(price=Decimal(100))
    order = bought(shoes, quantity=2)
    item = order.items.get()
    client = client_for(shoes.product.organizer)

    whole = preview(client, order).json()
    part = preview(client, order, {"lines": [{"item_id": item.pk, "quantity": 1}]}).json()

    assert (whole["amount"], whole["shipping"]) == ("700.00", "500.00")
    assert part == {
        "amount": "100.00",
        "currency": "KZT",
        "shipping": "0.00",
        "lines": [{"item_id": item.pk, "title": shoes.product.title, "quantity": 1, "amount": "100.00"}],
    }
    assert refunded_amount() == 0
    assert OrderItem.objects.get().refunded_quantity == 0


def test_another_sellers_lines_and_shipping_stay_paid() -> None:
    mine, theirs = VariantFactory(price=Decimal(100)), VariantFactory(price=Decimal(900))
    order = bought(mine, theirs)
    their_item = order.items.get(variant=theirs)
    client = client_for(mine.product.organizer)

    foreign = refund(client, order, {"lines": [{"item_id": their_item.pk, "quantity": 1}]})
    own = refund(client, order, key="key-2")

    assert foreign.status_code == 400
    assert [problem["pointer"] for problem in foreign.json()["errors"]] == ["/lines/0/item_id"]
    assert own.json()["amount"] == "600.00"
    their_item.refresh_from_db()
    assert their_item.refunded_quantity == 0
    their_page = client_for(theirs.product.organizer).get(f"/api/v1/crm/orders/{order.pk}/").json()
    assert (their_page["refunded"], their_page["refunds"], their_page["status"]) == ("0.00", [], "open")


def test_a_replay_gives_the_first_answer_and_no_second_refund() -> None:
    shoes = VariantFactory(price=Decimal(100))
    order = bought(shoes, quantity=3)
    body = {"lines": [{"item_id": order.items.get().pk, "quantity": 1}]}
    client = client_for(shoes.product.organizer)

    first, replay = refund(client, order, body), refund(client, order, body)
    other_body = refund(client, order, {})

    assert replay.content == first.content
    assert (other_body.status_code, other_body.json()["code"]) == (422, "idempotency_key_reused")
    assert refunded_amount() == 100


def test_a_refused_refund_may_be_tried_again_with_the_same_key() -> None:
    shoes = VariantFactory(price=Decimal(100))
    order = bought(shoes)
    item = order.items.get()
    client = client_for(shoes.product.organizer)

    too_many = refund(client, order, {"lines": [{"item_id": item.pk, "quantity": 2}]})
    right = refund(client, order, {"lines": [{"item_id": item.pk, "quantity": 1}]})

    assert [problem["code"] for problem in too_many.json()["errors"]] == ["more_than_left"]
    assert right.status_code == 201


def test_a_key_is_needed_for_money() -> None:
    order = bought(TicketTypeFactory())
    client = client_for(order.items.get().organizer)

    assert client.post(f"/api/v1/crm/orders/{order.pk}/refund/", {}).status_code == 400
    assert refunded_amount() == 0


def test_what_cost_nothing_is_given_back_without_money() -> None:
    ticket = TicketTypeFactory(price=0)
    order = paid_order(things={ticket: 1})

    response = refund(client_for(ticket.event.organizer), order)

    assert response.json() == {"id": None, "amount": "0.00", "currency": "KZT", "status": "succeeded"}
    assert EventAttendee.objects.get().status == EventAttendee.Status.REFUNDED


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"lines": [{"item_id": 1, "quantity": 0}]}, "/lines/0/quantity"),
        ({"lines": [{"item_id": 1, "quantity": -1}]}, "/lines/0/quantity"),
        ({"lines": [{"item_id": 10**30, "quantity": 1}]}, "/lines/0/item_id"),
        ({"lines": [{"item_id": 1, "quantity": 1}] * 2}, "/lines"),
        ({"lines": [{"item_id": 1, "quantity": 1, "amount": "9.99"}]}, "/lines/0/amount"),
        ({"lines": "all"}, "/lines"),
        ({"amount": "1.00"}, "/amount"),
        ({"reason": "x" * 201}, "/reason"),
        ({"shipping": "perhaps"}, "/shipping"),
    ],
)
def test_a_refund_that_makes_no_sense_is_refused(body: dict[str, object], pointer: str) -> None:
    order = bought(TicketTypeFactory())
    client = client_for(order.items.get().organizer)

    for response in (refund(client, order, body), preview(client, order, body)):
        assert response.status_code == 400
        assert {
            problem["pointer"].removesuffix("/non_field_errors") for problem in response.json()["errors"]
        } == {pointer}
    assert refunded_amount() == 0


def test_refunding_another_organizers_order_is_404_and_a_buyer_may_not() -> None:
    order = bought(TicketTypeFactory())

    assert refund(client_for(OrganizerFactory()), order).status_code == 404
    assert preview(client_for(OrganizerFactory()), order).status_code == 404
    assert refund(client_for(order.user), order).status_code == 403
    assert refund(client_for(), order).status_code == 401
    assert refunded_amount() == 0
