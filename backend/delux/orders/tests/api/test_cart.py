from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from delux.accounts.tests.factories import UserFactory
from delux.events.models import TicketType
from delux.events.tests.factories import TicketTypeFactory
from delux.market.tests.factories import ProductImageFactory, VariantFactory
from delux.orders.models import CartItem
from delux.orders.tests.factories import CartItemFactory, fill_cart, placed_order
from delux.testing import client_for

pytestmark = pytest.mark.django_db

CART = "/api/v1/cart/"


def ticket_line(ticket_type: TicketType, quantity: int = 1) -> dict:
    return {"item_type": "ticket", "ticket_type_id": ticket_type.pk, "quantity": quantity}


def test_a_basket_shows_everything_a_buyer_decides_by() -> None:
    buyer = UserFactory()
    tickets = TicketTypeFactory(price=Decimal("5000.00"), quantity_total=3)
    shoes = VariantFactory(price=Decimal("100.00"), product__organizer__shipping_price=Decimal("7.00"))
    ProductImageFactory(product=shoes.product)
    main = ProductImageFactory(product=shoes.product, is_main=True)
    fill_cart(buyer, {tickets: 2, shoes: 1})

    basket = client_for(buyer).get(CART).json()

    ticket, gear = basket["lines"]
    assert (basket["subtotal"], basket["currency"], basket["item_count"]) == ("10100.00", "KZT", 3)
    assert (basket["needs_delivery"], basket["can_order"]) == (True, True)
    assert basket["shipping_options"] == [
        {
            "organizer": {
                "id": shoes.product.organizer_id,
                "display_name": shoes.product.organizer.display_name,
                "slug": shoes.product.organizer.slug,
            },
            "delivery_price": "7.00",
            "pickup_address": "",
        }
    ]
    assert (ticket["ticket_type_id"], ticket["variant_id"], ticket["slug"]) == (
        tickets.pk,
        None,
        tickets.event.slug,
    )
    assert ticket["options"] == {
        "ticket_type": tickets.name,
        "starts_at": tickets.event.start_datetime.isoformat().replace("+00:00", "Z"),
        "timezone": "Asia/Almaty",
        "city": "Almaty",
    }
    assert (ticket["available"], ticket["max_quantity"], ticket["line_total"]) == (3, 3, "10000.00")
    assert (ticket["problem"], ticket["price_changed"]) == (None, False)
    assert gear["options"] == {"size": shoes.size, "colour": "black", "sku": shoes.sku_code}
    assert main.image in gear["image"]["src"]


def test_an_empty_basket_is_a_basket() -> None:
    basket = client_for(UserFactory()).get(CART).json()

    assert (basket["lines"], basket["subtotal"], basket["currency"], basket["can_order"]) == (
        [],
        "0.00",
        None,
        False,
    )


def test_a_changed_price_is_shown_and_never_silent() -> None:
    line = CartItemFactory(seen_price=Decimal("4000.00"))

    shown = client_for(line.cart.user).get(CART).json()["lines"][0]

    assert (shown["price_changed"], shown["seen_price"], shown["unit_price"]) == (True, "4000.00", "5000.00")


def test_what_went_to_others_is_said_in_the_basket() -> None:
    line = CartItemFactory(quantity=5)
    TicketType.objects.update(quantity_total=3)

    basket = client_for(line.cart.user).get(CART, headers={"accept-language": "en"}).json()

    assert (basket["lines"][0]["problem"], basket["lines"][0]["available"]) == ("not_enough", 3)
    assert basket["lines"][0]["problem_detail"] == "Only 3 are left"
    assert basket["can_order"] is False


def test_what_lapsed_orders_hold_is_shown_as_available() -> None:
    tickets = TicketTypeFactory(quantity_total=4)
    placed_order(things={tickets: 4}, at=timezone.now() - timedelta(minutes=16))
    line = CartItemFactory(ticket_type=tickets, quantity=2)

    shown = client_for(line.cart.user).get(CART).json()["lines"][0]

    assert (shown["problem"], shown["available"]) == (None, 4)


@pytest.mark.parametrize("lines", [2, 20, 50])
def test_a_basket_costs_the_same_queries_whatever_is_in_it(lines: int, django_assert_num_queries) -> None:
    first = CartItemFactory()
    for number in range(1, lines):
        CartItemFactory(cart=first.cart, gear=number % 2 == 1)
    client = client_for(first.cart.user)

    with django_assert_num_queries(4):  # the buyer, the lines, their tickets, their gear
        basket = client.get(CART).json()

    assert len(basket["lines"]) == lines


def test_adding_answers_with_the_whole_basket(django_assert_max_num_queries) -> None:
    buyer, tickets = UserFactory(), TicketTypeFactory()
    fill_cart(buyer, {VariantFactory(): 1})
    client = client_for(buyer)

    with django_assert_max_num_queries(8):
        response = client.post(f"{CART}items/", ticket_line(tickets, 2))

    assert response.status_code == 201
    assert [line["quantity"] for line in response.json()["lines"]] == [1, 2]
    assert response.json() == client.get(CART).json()


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({}, "/item_type"),
        ({"item_type": "lot", "quantity": 1}, "/item_type"),
        ({"item_type": "ticket"}, "/ticket_type_id"),
        ({"item_type": "product", "ticket_type_id": 1}, "/variant_id"),
        ({"item_type": "ticket", "ticket_type_id": 1, "variant_id": 1}, "/variant_id"),
        ({"item_type": "ticket", "ticket_type_id": 1, "quantity": 0}, "/quantity"),
        ({"item_type": "ticket", "ticket_type_id": 1, "quantity": -3}, "/quantity"),
        ({"item_type": "ticket", "ticket_type_id": 1, "quantity": 10**30}, "/quantity"),
        ({"item_type": "ticket", "ticket_type_id": 1, "quantity": "many"}, "/quantity"),
        ({"item_type": "ticket", "ticket_type_id": 10**30}, "/ticket_type_id"),
        ({"item_type": "ticket", "ticket_type_id": 10**17}, "/ticket_type_id"),
        ({"item_type": "ticket", "ticket_type_id": 1, "price": "1.00"}, "/price"),
    ],
)
def test_bad_lines_are_named_and_not_stored(body: dict, pointer: str) -> None:
    response = client_for(UserFactory()).post(f"{CART}items/", body)

    assert response.status_code == 400
    assert [problem["pointer"] for problem in response.json()["errors"]] == [pointer]
    assert not CartItem.objects.exists()


def test_too_many_are_refused_with_what_is_left() -> None:
    tickets = TicketTypeFactory(quantity_total=1)

    response = client_for(UserFactory()).post(f"{CART}items/", ticket_line(tickets, 2))

    assert (response.status_code, response.json()["code"]) == (409, "not_enough_stock")
    assert response.json()["errors"][0]["left"] == 1
    assert not CartItem.objects.exists()


def test_another_currency_is_refused_in_words() -> None:
    line = CartItemFactory()

    response = client_for(line.cart.user).post(
        f"{CART}items/", ticket_line(TicketTypeFactory(currency="USD"))
    )

    assert (response.status_code, response.json()["code"]) == (409, "mixed_currency")
    assert CartItem.objects.count() == 1


def test_a_line_is_changed_and_taken_out() -> None:
    line = CartItemFactory()
    client = client_for(line.cart.user)

    changed = client.patch(f"{CART}items/{line.pk}/", {"quantity": 3})
    removed = client.delete(f"{CART}items/{line.pk}/")

    assert changed.json()["lines"][0]["quantity"] == 3
    assert (removed.status_code, client.get(CART).json()["lines"]) == (204, [])


def test_another_persons_line_is_not_there() -> None:
    line = CartItemFactory()
    stranger = client_for(UserFactory())

    answers = [
        stranger.patch(f"{CART}items/{line.pk}/", {"quantity": 1}),
        stranger.delete(f"{CART}items/{line.pk}/"),
    ]

    assert [answer.status_code for answer in answers] == [404, 404]
    line.refresh_from_db()
    assert line.quantity == 2


def test_emptying_the_basket_leaves_other_baskets_alone() -> None:
    line, other = CartItemFactory(), CartItemFactory()

    assert client_for(line.cart.user).delete(CART).status_code == 204

    assert list(CartItem.objects.all()) == [other]


def test_merging_twice_with_one_key_adds_once() -> None:
    buyer, tickets = UserFactory(), TicketTypeFactory(max_per_order=3)
    fill_cart(buyer, {tickets: 1})
    client = client_for(buyer)
    body, key = {"lines": [ticket_line(tickets, 4)]}, {"idempotency-key": "guest-basket-1"}

    first = client.post(f"{CART}merge/", body, headers=key)
    second = client.post(f"{CART}merge/", body, headers=key)

    assert first.json()["changes"] == [
        {
            "item_type": "ticket",
            "variant_id": None,
            "ticket_type_id": tickets.pk,
            "title": tickets.event.title,
            "wanted": 4,
            "quantity": 3,
            "code": "over_limit",
        }
    ]
    assert first.content == second.content
    assert CartItem.objects.get().quantity == 3


def test_merging_needs_a_key() -> None:
    response = client_for(UserFactory()).post(f"{CART}merge/", {"lines": [ticket_line(TicketTypeFactory())]})

    assert response.status_code == 400
    assert not CartItem.objects.exists()


def test_a_guest_is_quoted_todays_prices(django_assert_max_num_queries) -> None:
    tickets, shoes, draft = TicketTypeFactory(), VariantFactory(), TicketTypeFactory(event__draft=True)
    lines = [
        ticket_line(tickets, 1) | {"seen_price": "4000.00"},
        ticket_line(tickets, 1) | {"seen_price": "4000.00"},
        {"item_type": "product", "variant_id": shoes.pk},
        ticket_line(draft),
        ticket_line(TicketTypeFactory(currency="USD")),
    ]

    with django_assert_max_num_queries(3):
        quote = client_for(None).post(f"{CART}quote/", {"lines": lines}).json()

    assert [(line["id"], line["quantity"], line["price_changed"]) for line in quote["lines"]] == [
        (None, 2, True),
        (None, 1, False),
    ]
    assert [(change["title"], change["code"]) for change in quote["changes"]] == [
        ("", "unavailable"),
        (TicketType.objects.get(currency="USD").event.title, "mixed_currency"),
    ]
    assert not CartItem.objects.exists()


def test_an_empty_quote_is_a_quote_and_a_long_one_is_refused() -> None:
    client = client_for(None)

    empty = client.post(f"{CART}quote/", {"lines": []})
    long = client.post(f"{CART}quote/", {"lines": [{"item_type": "ticket", "ticket_type_id": 1}] * 51})

    assert (empty.status_code, empty.json()["lines"]) == (200, [])
    assert long.status_code == 400


def test_a_basket_belongs_to_somebody() -> None:
    assert client_for(None).get(CART).status_code == 401
