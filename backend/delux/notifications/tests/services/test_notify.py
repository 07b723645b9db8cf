import pytest

from delux.accounts.tests.factories import UserFactory
from delux.core import queue
from delux.notifications.kinds import Kind
from delux.notifications.models import Delivery, Notification
from delux.notifications.services.notify import notify

pytestmark = pytest.mark.django_db

CONTEXT = {
    "order_number": "DX-1001",
    "total": "12000.00",
    "currency": "KZT",
    "titles": ["Almaty Night Run, 10 km × 2", "Trail shoes, 42"],
}


def tell(person, *, key="order-paid:1", kind=Kind.ORDER_PAID, context=None):
    notify(recipient=person, kind=kind, context=context or CONTEXT, dedupe_key=key)


def test_a_person_with_an_address_gets_a_row_and_an_email_on_its_way():
    person = UserFactory(language="en")

    tell(person)

    told = Notification.objects.get(user=person)
    assert (told.kind, told.title) == ("order_paid", "Order DX-1001 is paid")
    assert told.body.splitlines() == [
        "We have received your payment of 12,000\u00a0₸.",
        "• Almaty Night Run, 10 km × 2",
        "• Trail shoes, 42",
        "Tickets with their QR codes are under “My tickets”. Show the code at the entrance.",
    ]
    assert told.data == CONTEXT
    assert told.read_at is None
    delivery = Delivery.objects.get(notification=told)
    assert (delivery.channel, delivery.status, delivery.attempts) == ("email", "pending", 0)


def test_a_person_without_an_address_gets_the_row_alone():
    person = UserFactory(email=None, phone="+77012345678")

    tell(person)

    assert Notification.objects.filter(user=person).count() == 1
    assert not Delivery.objects.exists()


def test_the_same_fact_is_told_once_to_each_person():
    buyer, seller = UserFactory(), UserFactory()

    for person in (buyer, buyer, seller):
        tell(person)

    assert Notification.objects.filter(user=buyer).count() == 1
    assert Notification.objects.filter(user=seller).count() == 1
    assert Delivery.objects.count() == 2


def test_telling_takes_one_query_as_it_runs_inside_the_purchase(django_assert_num_queries):
    person = UserFactory()

    with django_assert_num_queries(1):
        tell(person)


def test_the_words_are_in_the_recipients_language_whatever_the_request_speaks():
    for language, title in {
        "ru": "Заказ DX-1001 оплачен",
        "kk": "DX-1001 тапсырысы төленді",
        "ky": "DX-1001 буйрутмасы төлөндү",
        "en": "Order DX-1001 is paid",
    }.items():
        person = UserFactory(language=language)
        tell(person)
        assert Notification.objects.get(user=person).title == title


def test_forgetting_what_a_title_needs_is_found_by_the_callers_first_test():
    with pytest.raises(KeyError, match="order_number"):
        tell(UserFactory(), context={"total": "1.00", "currency": "KZT"})


def test_braces_in_what_a_person_typed_stay_text():
    person = UserFactory(language="en")

    tell(person, kind=Kind.EVENT_CANCELED, context={"event_title": "Run {0.__class__} {reason}"})

    assert Notification.objects.get(user=person).title == "Canceled: Run {0.__class__} {reason}"


def test_the_worker_is_woken_once_a_second_however_much_is_told(
    monkeypatch, django_capture_on_commit_callbacks
):
    messages = []
    monkeypatch.setattr(queue.current_app, "send_task", lambda name, **_: messages.append(name))
    monkeypatch.setattr(queue, "_woken", {})

    with django_capture_on_commit_callbacks(execute=True):
        for number in range(5):
            tell(UserFactory(), key=f"order-paid:{number}")
        assert messages == []

    assert messages == ["notifications.deliver_pending"]
