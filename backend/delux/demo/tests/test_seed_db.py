import json
from collections.abc import Iterator
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db.models import Count, F, Q, Sum
from django.db.models.functions import Coalesce
from django.test import override_settings
from pytest_django.plugin import DjangoDbBlocker

from delux.accounts.models import User
from delux.demo.gallery import Gallery
from delux.demo.logins import DEMO_LOGINS, PASSWORD
from delux.demo.management.commands import seed_db
from delux.events.models import Event, EventAttendee, TicketType
from delux.market.models import Variant
from delux.orders.models import Order, OrderItem
from delux.payments.models import Payment

SOLD = Q(order__status__in=["paid", "shipped", "completed"])
pytestmark = pytest.mark.django_db


class _OnePicture(dict):  # type: ignore[type-arg]
    """Stands for drawn pictures: drawing is tested beside, and takes most of the time."""

    def __init__(self, value: object) -> None:
        self.value = value

    def __missing__(self, key: object) -> object:
        return self.value


def seed(**options: object) -> dict[str, object]:
    out = StringIO()
    call_command("seed_db", json=True, stdout=out, stderr=StringIO(), **options)
    return json.loads(out.getvalue())


@pytest.fixture(scope="module", autouse=True)
def made(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[dict[str, object]]:
    """What making the small world says: made once, each test takes back what it does to it."""
    gallery = Gallery(
        _OnePicture("events/demo-1"), _OnePicture(["events/demo-1"]), _OnePicture("products/demo-1")
    )
    with pytest.MonkeyPatch.context() as patch, override_settings(DEBUG=True):
        patch.setattr(seed_db, "draw_gallery", lambda **_: gallery)
        with django_db_blocker.unblock():
            report = seed()
        yield report
        with django_db_blocker.unblock():
            call_command("flush", verbosity=0, interactive=False)


def test_the_small_world_has_what_it_promises(made) -> None:
    rows = made["rows"]

    assert rows["events.Event"] == 10
    assert rows["market.Product"] == 50
    assert rows["accounts.OrganizerProfile"] == 3
    assert rows["accounts.User"] == 30
    assert rows["orders.Order"] == 100


def test_every_demo_login_opens_the_door() -> None:
    for login in DEMO_LOGINS:
        assert User.objects.get(email=login.email).check_password(PASSWORD)


def test_the_same_seed_gives_the_same_world() -> None:
    def picture_of_the_world() -> list[object]:
        return [
            list(Order.objects.order_by("pk").values_list("order_number", "user_id", "total_amount")),
            list(OrderItem.objects.order_by("pk").values_list("title", "quantity", "unit_price")),
            list(User.objects.order_by("pk").values_list("first_name", "last_name", "email")),
        ]

    seed(seed=7)
    first = picture_of_the_world()
    seed(seed=7)

    assert picture_of_the_world() == first
    seed(seed=8)
    assert picture_of_the_world() != first


def test_counters_agree_with_the_rows_they_count() -> None:
    sold = Sum("quantity", filter=SOLD, default=0)
    held = Sum("quantity", filter=Q(order__status="pending_payment"), default=0)
    of_type = {
        key: (taken, waiting)
        for key, taken, waiting in OrderItem.objects.filter(item_type="ticket")
        .values("ticket_type_id")
        .annotate(taken=sold, waiting=held)
        .values_list("ticket_type_id", "taken", "waiting")
    }

    for kind in TicketType.objects.all():
        assert (kind.quantity_sold, kind.quantity_held) == of_type.get(kind.pk, (0, 0))
        admitted = kind.attendees.exclude(status="refunded").count()
        assert admitted == kind.quantity_sold
    taken = Coalesce(Sum(F("ticket_types__quantity_sold") + F("ticket_types__quantity_held")), 0)
    assert not Event.objects.annotate(taken=taken).exclude(places_taken=F("taken")).exists()
    assert not Variant.objects.filter(stock_quantity__lt=F("held_quantity")).exists()


def test_money_agrees_with_the_orders() -> None:
    paid = Order.objects.exclude(status__in=["canceled", "pending_payment"]).filter(total_amount__gt=0)
    for order in paid:
        payment = order.payments.exclude(status=Payment.Status.FAILED).get()
        assert payment.amount == order.total_amount
        assert payment.refunded_amount == (order.total_amount if order.status == "refunded" else 0)


def test_an_order_has_one_part_for_each_seller() -> None:
    for order in Order.objects.annotate(sellers=Count("items__organizer", distinct=True)):
        assert order.fulfilments.count() == order.sellers


def test_people_were_checked_in_at_past_events_alone() -> None:
    came = EventAttendee.objects.filter(status="checked_in")
    assert came.filter(ticket_type__event__status="finished").exists()
    assert not came.exclude(ticket_type__event__status="finished").exists()


def test_a_real_shop_is_not_emptied_by_mistake(settings) -> None:
    settings.DEBUG = False

    with pytest.raises(CommandError, match="deletes everything"):
        seed()
    with pytest.raises(CommandError, match="deletes everything"):
        seed(yes_delete_everything=True)

    assert Order.objects.count() == 100
    seed(yes_delete_everything=True, i_am_sure=True)


def test_a_started_shop_keeps_its_data_when_told_to() -> None:
    User.objects.filter(email=DEMO_LOGINS[0].email).update(first_name="Changed")

    call_command("seed_db", if_empty=True, stdout=StringIO())

    assert User.objects.filter(first_name="Changed").exists()


def test_people_can_be_added_after_the_demo_data() -> None:
    assert User.objects.create_user("late@delux.test", PASSWORD).pk > 30
