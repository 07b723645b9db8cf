from datetime import UTC, datetime
from decimal import Decimal

import pytest

from delux.accounts.tests.factories import OrganizerFactory, UserFactory
from delux.crm.tests.factories import sell, unpaid_part
from delux.events.tests.factories import TicketTypeFactory
from delux.market.tests.factories import VariantFactory
from delux.orders.models import OrderStatusHistory, ShippingAddress
from delux.testing import client_for

pytestmark = pytest.mark.django_db
URL = "/api/v1/crm/orders/"


def listed(organizer, **query):
    response = client_for(organizer).get(URL, query)
    assert response.status_code == 200, response.json()
    return response.json()


def numbers(organizer, **query):
    return [row["order_number"] for row in listed(organizer, **query)["results"]]


def deliver_to_almaty(order) -> None:
    ShippingAddress.objects.create(
        order=order,
        recipient="Aliya Runner",
        phone="+77012345678",
        country="KZ",
        city="Almaty",
        street="Abay Avenue 10, 25",
        postal_code="050000",
    )


def test_a_row_tells_who_bought_what_for_how_much_and_where_it_stands() -> None:
    shoes = VariantFactory(price=Decimal("100.00"))
    customer = UserFactory(first_name="Aliya", last_name="Serik", email="aliya@example.com")
    paid_at = datetime(2026, 5, 10, 7, tzinfo=UTC)
    item = sell(
        shoes,
        customer=customer,
        quantity=3,
        refunded=1,
        shipping=Decimal("20.00"),
        delivery_type="delivery",
        at=paid_at,
    )

    assert listed(shoes.product.organizer) == {
        "count": 1,
        "next": None,
        "previous": None,
        "results": [
            {
                "id": item.order_id,
                "order_number": item.order.order_number,
                "status": "open",
                "delivery_type": "delivery",
                "customer": {"id": customer.pk, "name": "Aliya Serik", "email": "aliya@example.com"},
                "title": shoes.product.title,
                "pieces": 3,
                "total": "320.00",
                "refunded": "100.00",
                "currency": "KZT",
                "tracking_number": "",
                "paid_at": "2026-05-10T07:00:00Z",
            }
        ],
    }


def test_only_own_paid_parts_are_listed_and_shared_orders_show_the_own_part_alone() -> None:
    mine, other = OrganizerFactory(), OrganizerFactory()
    item = sell(organizer=mine)
    sell(organizer=other, order=item.order, quantity=5)
    sell(organizer=other)
    unpaid_part(mine)

    results = listed(mine)["results"]

    assert [(row["id"], row["pieces"], row["total"]) for row in results] == [(item.order_id, 1, "5000.00")]


@pytest.mark.parametrize("q", ["dx-find", "FIND-ME", "aliya", "serik ALIYA", "aliya@", "find aliya"])
def test_search_finds_by_number_name_and_email(q: str) -> None:
    organizer = OrganizerFactory()
    customer = UserFactory(first_name="Aliya", last_name="Serik", email="aliya@example.com")
    found = sell(organizer=organizer, customer=customer).order
    found.order_number = "DX-FIND-ME"
    found.save()
    sell(organizer=organizer, customer=UserFactory(first_name="Timur", email="timur@example.com"))

    assert numbers(organizer, q=q) == ["DX-FIND-ME"]


def test_lists_are_filtered_by_status_delivery_customer_and_day_of_payment() -> None:
    organizer = OrganizerFactory()
    shoes = VariantFactory(product__organizer=organizer)
    early, late = datetime(2026, 5, 9, 20, tzinfo=UTC), datetime(2026, 5, 20, tzinfo=UTC)
    pickup = sell(shoes, delivery_type="pickup", at=early).order  # already the 10th in Almaty
    ticket = sell(organizer=organizer, at=late).order

    assert numbers(organizer, status="open") == [pickup.order_number]
    assert numbers(organizer, status="completed") == [ticket.order_number]
    assert numbers(organizer, delivery_type="pickup") == [pickup.order_number]
    assert numbers(organizer, delivery_type="none") == [ticket.order_number]
    assert numbers(organizer, delivery_type="delivery") == []
    assert numbers(organizer, customer=str(ticket.user_id)) == [ticket.order_number]
    assert numbers(organizer, date_to="2026-05-09") == []
    assert numbers(organizer, date_from="2026-05-10", date_to="2026-05-10") == [pickup.order_number]
    assert numbers(organizer, date_from="2026-05-11") == [ticket.order_number]


def test_lists_are_ordered_by_payment_or_own_total() -> None:
    organizer = OrganizerFactory()
    first = sell(organizer=organizer, quantity=2, at=datetime(2026, 5, 1, tzinfo=UTC)).order.order_number
    second = sell(organizer=organizer, quantity=1, at=datetime(2026, 5, 2, tzinfo=UTC)).order.order_number

    assert numbers(organizer) == [second, first]
    assert numbers(organizer, ordering="paid_at") == [first, second]
    assert numbers(organizer, ordering="-total") == [first, second]
    assert numbers(organizer, ordering="total") == [second, first]


def test_pages_hold_up_to_a_hundred() -> None:
    organizer = OrganizerFactory()
    for _ in range(3):
        sell(organizer=organizer)

    found = listed(organizer, page_size=2, page=2)

    assert (found["count"], len(found["results"]), found["next"]) == (3, 1, None)
    assert found["previous"] == f"{URL}?page_size=2&page=1"
    assert client_for(organizer).get(URL, {"page_size": 101}).status_code == 400


@pytest.mark.parametrize(
    "query",
    [
        {"status": "lost"},
        {"ordering": "user__password"},
        {"customer": "99999999999999999999"},
        {"date_from": "2026-05-02", "date_to": "2026-05-01"},
        {"date_to": "9999-12-31"},
        {"q": "a\x00b"},
        {"q": "x" * 101},
        {"organizer": "1"},
    ],
)
def test_a_filter_that_makes_no_sense_is_refused(query: dict[str, str]) -> None:
    response = client_for(OrganizerFactory()).get(URL, query)

    assert response.status_code == 400
    assert {problem["pointer"] for problem in response.json()["errors"]} <= {f"/{name}" for name in query}


@pytest.mark.parametrize("rows", [1, 20, 100])
def test_the_list_takes_four_queries_whatever_its_length(rows: int, django_assert_num_queries) -> None:
    organizer = OrganizerFactory()
    for _ in range(rows):
        sell(organizer=organizer)
    client = client_for(organizer)

    with django_assert_num_queries(4):
        assert len(client.get(URL, {"page_size": 100}).json()["results"]) == rows


def test_the_page_of_an_order_shows_the_own_part_and_its_buyer() -> None:
    organizer, other = OrganizerFactory(), OrganizerFactory()
    customer = UserFactory(first_name="Aliya", last_name="Serik", phone="+77012345678")
    shoes = VariantFactory(product__organizer=organizer, price=Decimal("100.00"))
    item = sell(shoes, customer=customer, quantity=2, shipping=Decimal("20.00"), delivery_type="delivery")
    deliver_to_almaty(item.order)
    theirs = sell(organizer=other, order=item.order)
    part = item.order.fulfilments.get(organizer=organizer)
    for actor, status in ((None, "open"), (organizer.user, "packed"), (customer, "canceled")):
        OrderStatusHistory.objects.create(order=item.order, fulfilment=part, to_status=status, actor=actor)
    OrderStatusHistory.objects.create(
        order=item.order, fulfilment=item.order.fulfilments.get(organizer=other), to_status="completed"
    )

    found = client_for(organizer).get(f"{URL}{item.order_id}/").json()

    assert (found["subtotal"], found["shipping"], found["total"]) == ("200.00", "20.00", "220.00")
    assert found["customer"] == {
        "id": customer.pk,
        "name": "Aliya Serik",
        "email": customer.email,
        "phone": "+77012345678",
    }
    assert found["shipping_address"]["street"] == "Abay Avenue 10, 25"
    assert [line["id"] for line in found["items"]] == [item.pk]
    assert [(step["to_status"], step["by"]) for step in found["history"]] == [
        ("open", "delux"),
        ("packed", "you"),
        ("canceled", "customer"),
    ]
    assert found["next_statuses"] == ["packed", "shipped", "completed"]
    assert theirs.title not in str(found)


def test_a_seller_of_tickets_alone_learns_no_address() -> None:
    shoes = VariantFactory()
    item = sell(shoes, delivery_type="delivery")
    deliver_to_almaty(item.order)
    seller = OrganizerFactory()
    sell(organizer=seller, order=item.order)

    found = client_for(seller).get(f"{URL}{item.order_id}/").json()

    assert found["shipping_address"] is None
    assert found["delivery_type"] == "none"


def test_an_order_is_found_by_its_number_too_in_any_case() -> None:
    item = sell(organizer=OrganizerFactory())
    client = client_for(item.organizer)

    assert client.get(f"{URL}{item.order.order_number.lower()}/").json()["id"] == item.order_id


@pytest.mark.parametrize("ref", ["0", "99999999999999999999", "DX-NOT-HERE", "٣"])
def test_an_order_that_is_not_there_is_404(ref: str) -> None:
    assert client_for(OrganizerFactory()).get(f"{URL}{ref}/").status_code == 404


def test_orders_of_others_and_unpaid_ones_are_404_and_buyers_have_no_desk() -> None:
    item, stranger = sell(organizer=OrganizerFactory()), OrganizerFactory()
    waiting = unpaid_part(stranger)

    assert client_for(stranger).get(f"{URL}{item.order_id}/").status_code == 404
    assert client_for(stranger).get(f"{URL}{waiting.order_id}/").status_code == 404
    assert client_for(item.order.user).get(f"{URL}{item.order_id}/").status_code == 403
    assert client_for().get(f"{URL}{item.order_id}/").status_code == 401
    assert client_for(item.order.user).get(URL).status_code == 403


def test_the_page_takes_as_many_queries_for_ten_lines_as_for_one(django_assert_num_queries) -> None:
    organizer = OrganizerFactory()
    small, big = sell(organizer=organizer).order, sell(organizer=organizer).order
    for _ in range(9):
        sell(TicketTypeFactory(event__organizer=organizer), order=big)
    client = client_for(organizer)

    for order in (small, big):
        with django_assert_num_queries(6):
            client.get(f"{URL}{order.pk}/")
