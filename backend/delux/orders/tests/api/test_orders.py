import re
from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from delux.accounts.tests.factories import UserFactory
from delux.events.models import TicketType
from delux.events.services.admission import void_attendees
from delux.events.tests.factories import TicketTypeFactory
from delux.market.tests.factories import VariantFactory
from delux.orders.models import CartItem, Order
from delux.orders.services.fulfilment import move_fulfilment
from delux.orders.tests.factories import ADDRESS, OrderFactory, fill_cart, paid_order, placed_order
from delux.testing import client_for

pytestmark = pytest.mark.django_db

ORDERS = "/api/v1/orders/"
KEY = {"idempotency-key": "checkout-1"}


def test_an_order_is_placed_and_read_back_alike(django_assert_max_num_queries) -> None:
    buyer = UserFactory()
    tickets, shoes = TicketTypeFactory(price=Decimal("5000.00")), VariantFactory(price=Decimal("100.00"))
    fill_cart(buyer, {tickets: 1, TicketTypeFactory(event__capacity=9): 2, shoes: 1})
    client = client_for(buyer)

    # 18 queries, and four that begin and end two savepoints, one of them a transaction outside of tests.
    with django_assert_max_num_queries(22):
        response = client.post(
            ORDERS, {"delivery_type": "delivery", "shipping_address": ADDRESS}, headers=KEY
        )

    placed = response.json()
    assert response.status_code == 201
    assert (placed["status"], placed["can_pay"], placed["can_cancel"]) == ("pending_payment", True, True)
    assert next(item["title"] for item in placed["items"]) == tickets.event.title
    assert (placed["total_amount"], placed["currency"]) == ("15100.00", "KZT")
    assert placed["shipping_address"]["city"] == "Almaty"
    assert placed == client.get(f"{ORDERS}{placed['order_number']}/").json()
    assert placed == client.get(f"{ORDERS}{placed['id']}/").json()


def test_the_same_key_places_one_order() -> None:
    buyer = UserFactory()
    fill_cart(buyer, {TicketTypeFactory(): 1})
    client = client_for(buyer)

    answers = [client.post(ORDERS, {"delivery_type": "none"}, headers=KEY) for _ in range(3)]

    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.content for answer in answers}) == 1
    assert Order.objects.count() == 1


def test_the_same_key_for_another_order_is_refused() -> None:
    buyer = UserFactory()
    fill_cart(buyer, {TicketTypeFactory(): 1})
    client = client_for(buyer)
    client.post(ORDERS, {"delivery_type": "none"}, headers=KEY)

    response = client.post(ORDERS, {"delivery_type": "pickup"}, headers=KEY)

    assert (response.status_code, response.json()["code"]) == (422, "idempotency_key_reused")
    assert Order.objects.count() == 1


def test_a_refusal_does_not_use_up_the_key() -> None:
    buyer, tickets = UserFactory(), TicketTypeFactory()
    fill_cart(buyer, {tickets: 3})
    TicketType.objects.update(quantity_total=2)
    client = client_for(buyer)

    refused = client.post(ORDERS, {"delivery_type": "none"}, headers=KEY)
    TicketType.objects.update(quantity_total=3)
    placed = client.post(ORDERS, {"delivery_type": "none"}, headers=KEY)

    assert (refused.status_code, refused.json()["code"]) == (409, "not_enough_stock")
    assert [(line["code"], line["left"]) for line in refused.json()["errors"]] == [("not_enough", 2)]
    assert placed.status_code == 201


def test_an_order_needs_a_key() -> None:
    buyer = UserFactory()
    fill_cart(buyer, {TicketTypeFactory(): 1})

    response = client_for(buyer).post(ORDERS, {"delivery_type": "none"})

    assert response.status_code == 400
    assert (Order.objects.count(), CartItem.objects.count()) == (0, 1)


def test_a_price_that_changed_is_answered_with_the_new_total() -> None:
    buyer = UserFactory()
    fill_cart(buyer, {TicketTypeFactory(price=Decimal("5000.00")): 1})
    TicketType.objects.update(price=Decimal("5500.00"))

    response = client_for(buyer).post(
        ORDERS, {"delivery_type": "none", "expected_total": "5000.00"}, headers=KEY
    )

    assert (response.status_code, response.json()["code"]) == (409, "price_changed")
    assert response.json()["total"] == "5500.00"
    assert response.json()["lines"][0]["unit_price"] == "5500.00"
    assert not Order.objects.exists()


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"delivery_type": "drone"}, "/delivery_type"),
        ({"delivery_type": "pickup"}, "/delivery_type"),
        ({"expected_total": "-1"}, "/expected_total"),
        ({"expected_total": "NaN"}, "/expected_total"),
        ({"total_amount": "1.00"}, "/total_amount"),
        ({"status": "paid"}, "/status"),
        ({"shipping_address": {"city": "A"}}, "/shipping_address/recipient"),
        ({"shipping_address": ADDRESS | {"country": "FR"}}, "/shipping_address/country"),
        ({"shipping_address": ADDRESS | {"street": "x" * 10_000}}, "/shipping_address/street"),
        ({"shipping_address": "home"}, "/shipping_address"),
    ],
)
def test_bad_orders_are_named_and_not_placed(body: dict, pointer: str) -> None:
    buyer = UserFactory()
    fill_cart(buyer, {TicketTypeFactory(): 1})

    response = client_for(buyer).post(ORDERS, body, headers=KEY)

    assert response.status_code == 400
    assert pointer in [problem["pointer"] for problem in response.json()["errors"]]
    assert (Order.objects.count(), CartItem.objects.count()) == (0, 1)


@pytest.mark.parametrize("rows", [1, 20, 100])
def test_the_list_costs_the_same_queries_whatever_its_length(rows: int, django_assert_num_queries) -> None:
    buyer = UserFactory()
    OrderFactory.create_batch(rows, user=buyer)
    client = client_for(buyer)

    with django_assert_num_queries(4):
        page = client.get(ORDERS, {"page_size": 100}).json()

    assert len(page["results"]) == page["count"] == rows


def test_the_list_is_mine_latest_first_and_by_status() -> None:
    buyer = UserFactory()
    older, latest = placed_order(buyer), paid_order(buyer)
    placed_order()
    client = client_for(buyer)

    everything = client.get(ORDERS).json()["results"]
    unpaid = client.get(ORDERS, {"status": "pending_payment"}).json()["results"]

    assert [order["id"] for order in everything] == [latest.pk, older.pk]
    assert [order["id"] for order in unpaid] == [older.pk]
    assert everything[0]["items"][0]["quantity"] == 2


def test_an_order_shows_how_far_it_is() -> None:
    shoes = VariantFactory()
    order = paid_order(things={shoes: 1})
    organizer = shoes.product.organizer
    move_fulfilment(
        organizer=organizer,
        order_id=order.pk,
        actor=organizer.user,
        at=timezone.now(),
        to="shipped",
        tracking_number="KZ1",
    )

    shown = client_for(order.user).get(f"{ORDERS}{order.order_number.lower()}/").json()

    assert (shown["status"], shown["can_pay"], shown["can_cancel"]) == ("shipped", False, False)
    assert (shown["parts"][0]["status"], shown["parts"][0]["tracking_number"]) == ("shipped", "KZ1")
    assert [change["to_status"] for change in shown["history"] if change["part_id"] is None] == [
        "paid",
        "shipped",
    ]


@pytest.mark.parametrize("ref", ["{id}", "{number}"])
def test_another_persons_order_is_not_there(ref: str) -> None:
    order = placed_order()
    stranger = client_for(UserFactory())
    path = ORDERS + ref.format(id=order.pk, number=order.order_number)

    answers = [stranger.get(f"{path}/"), stranger.post(f"{path}/cancel/")]

    assert [answer.status_code for answer in answers] == [404, 404]
    order.refresh_from_db()
    assert order.status == Order.Status.PENDING_PAYMENT


@pytest.mark.parametrize("ref", ["0", "9" * 40, "DX-NONE", "²", "%00"])
def test_an_order_that_does_not_exist_is_not_there(ref: str) -> None:
    assert client_for(UserFactory()).get(f"{ORDERS}{ref}/").status_code == 404


def test_an_unpaid_order_is_canceled_by_its_buyer_and_shown() -> None:
    order = placed_order()

    response = client_for(order.user).post(f"{ORDERS}{order.order_number}/cancel/")

    assert (response.status_code, response.json()["status"]) == (200, "canceled")
    assert response.json()["cancel_reason"] == "buyer"


def test_a_paid_order_is_not_canceled() -> None:
    order = paid_order()

    response = client_for(order.user).post(f"{ORDERS}{order.pk}/cancel/")

    assert (response.status_code, response.json()["code"]) == (409, "order_not_cancelable")


def test_while_a_payment_is_decided_the_order_can_be_neither_paid_nor_canceled() -> None:
    order = placed_order()
    Order.objects.update(payment_in_flight_until=timezone.now() + timedelta(minutes=1))
    client = client_for(order.user)

    shown = client.get(f"{ORDERS}{order.pk}/").json()
    refused = client.post(f"{ORDERS}{order.pk}/cancel/")

    assert (shown["payment_in_flight"], shown["can_pay"], shown["can_cancel"]) == (True, False, False)
    assert (refused.status_code, refused.json()["code"]) == (409, "payment_in_flight")


def test_orders_belong_to_somebody() -> None:
    assert client_for(None).get(ORDERS).status_code == 401


def test_the_tickets_of_an_order_are_printed_and_those_given_back_are_not() -> None:
    order = paid_order(UserFactory(), {TicketTypeFactory(): 3})
    client, address = client_for(order.user), f"{ORDERS}{order.order_number}/tickets/pdf/"
    void_attendees(order_item_id=order.items.get().pk, quantity=1, at=timezone.now())

    printed = client.get(address)

    assert (printed.status_code, printed["Content-Type"]) == (200, "application/pdf")
    assert len(re.findall(rb"/Type /Page\b", printed.content)) == 2


def test_an_order_without_a_valid_ticket_has_nothing_to_print() -> None:
    order = placed_order(UserFactory(), {TicketTypeFactory(): 1})

    refused = client_for(order.user).get(f"{ORDERS}{order.order_number}/tickets/pdf/")

    assert (refused.status_code, refused.json()["code"]) == (409, "ticket_not_valid")
