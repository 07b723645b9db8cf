import pytest

from delux.accounts.models import OrganizerProfile
from delux.accounts.tests.factories import OrganizerFactory
from delux.crm.tests.factories import unpaid_part
from delux.events.tests.factories import TicketTypeFactory
from delux.market.tests.factories import VariantFactory
from delux.notifications.models import Notification
from delux.orders.models import Fulfilment, Order
from delux.orders.tests.factories import paid_order
from delux.payments.tests.factories import placed
from delux.testing import client_for

pytestmark = pytest.mark.django_db


def url(order: Order) -> str:
    return f"/api/v1/crm/orders/{order.pk}/"


def seller_of(order: Order) -> OrganizerProfile:
    return order.fulfilments.get().organizer


def gear_order() -> Order:
    return paid_order(things={VariantFactory(): 1})


def test_gear_is_packed_shipped_and_completed_and_the_buyer_learns_the_tracking_number() -> None:
    order = gear_order()
    client = client_for(seller_of(order))

    packed = client.patch(url(order), {"status": "packed"}).json()
    shipped = client.patch(url(order), {"status": "shipped", "tracking_number": " KZ 123 "}).json()
    completed = client.patch(url(order), {"status": "completed"}).json()

    assert (packed["status"], packed["next_statuses"]) == ("packed", ["shipped", "completed"])
    assert (shipped["status"], shipped["tracking_number"]) == ("shipped", "KZ 123")
    assert (completed["status"], completed["next_statuses"]) == ("completed", [])
    assert [(step["to_status"], step["by"]) for step in completed["history"]][-3:] == [
        ("packed", "you"),
        ("shipped", "you"),
        ("completed", "you"),
    ]
    assert Notification.objects.filter(user=order.user, kind="order_shipped").count() == 1
    assert Order.objects.get().status == Order.Status.COMPLETED


def test_each_seller_moves_its_own_part_alone() -> None:
    order = paid_order(things={VariantFactory(): 1, VariantFactory(): 1})
    first, second = order.fulfilments.order_by("pk")

    client_for(first.organizer).patch(url(order), {"status": "shipped"})

    second.refresh_from_db()
    assert second.status == Fulfilment.Status.OPEN
    assert Order.objects.get().status == Order.Status.PAID


def test_a_tracking_number_is_noted_without_a_move_and_taken_off_again() -> None:
    order = gear_order()
    client = client_for(seller_of(order))

    noted = client.patch(url(order), {"tracking_number": "KZ123"}).json()
    cleared = client.patch(url(order), {"tracking_number": ""}).json()

    assert (noted["status"], noted["tracking_number"], cleared["tracking_number"]) == ("open", "KZ123", "")


def test_a_part_never_goes_back_and_the_refusal_has_a_code() -> None:
    order = gear_order()
    client = client_for(seller_of(order))
    client.patch(url(order), {"status": "shipped"})

    response = client.patch(url(order), {"status": "packed"})

    assert (response.status_code, response.json()["code"]) == (409, "fulfilment_not_movable")
    assert Fulfilment.objects.get().status == Fulfilment.Status.SHIPPED


def test_a_pickup_is_not_offered_shipping_and_cannot_be_shipped() -> None:
    order = placed((VariantFactory(), 1))
    Fulfilment.objects.update(status="open", opened_at=order.created_at)
    client = client_for(seller_of(order))

    assert client.get(url(order)).json()["next_statuses"] == ["packed", "completed"]
    assert client.patch(url(order), {"status": "shipped"}).status_code == 409


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"status": "canceled"}, "/status"),
        ({"status": "waiting"}, "/status"),
        ({"status": None}, "/status"),
        ({"tracking_number": "x" * 81}, "/tracking_number"),
        ({"total": "1.00"}, "/total"),
        ({"status": "packed", "organizer": 7}, "/organizer"),
    ],
)
def test_what_is_not_the_organizers_to_set_is_refused(body: dict[str, object], pointer: str) -> None:
    order = gear_order()

    response = client_for(seller_of(order)).patch(url(order), body)

    assert response.status_code == 400
    assert [problem["pointer"] for problem in response.json()["errors"]] == [pointer]
    assert Fulfilment.objects.get().status == Fulfilment.Status.OPEN


def test_orders_of_others_and_unpaid_ones_are_404() -> None:
    order, stranger = gear_order(), OrganizerFactory()
    waiting = unpaid_part(stranger)
    client = client_for(stranger)

    assert client.patch(url(order), {"status": "packed"}).status_code == 404
    assert client.patch(url(waiting.order), {"status": "packed"}).status_code == 404
    assert client_for(order.user).patch(url(order), {"status": "packed"}).status_code == 403
    assert set(Fulfilment.objects.values_list("status", flat=True)) == {"open", "waiting"}


def test_tickets_are_handed_over_the_moment_they_are_paid() -> None:
    order = paid_order(things={TicketTypeFactory(): 1})

    assert client_for(seller_of(order)).get(url(order)).json()["next_statuses"] == []
