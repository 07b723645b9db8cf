from datetime import timedelta
from importlib import reload

import pytest
import time_machine
from django.urls import Resolver404, clear_url_caches, resolve
from django.utils import timezone

from delux.accounts.tests.factories import UserFactory
from delux.core.models import IdempotencyKey
from delux.orders.models import Order
from delux.payments.api import urls
from delux.payments.gateways.mock import MockGateway
from delux.payments.models import MockCharge, Payment, WebhookEvent
from delux.payments.services.settling import settle_pending
from delux.payments.tests.factories import DECLINED, GOOD, PENDING, paid, placed, started_payment
from delux.testing import client_for

pytestmark = pytest.mark.django_db
URL = "/api/v1/payments/mock/charge/"


def body(order: Order, number: str = GOOD, **changes: object) -> dict[str, object]:
    return {
        "order_id": order.order_number,
        "card_number": number,
        "exp_month": 12,
        "exp_year": timezone.now().year + 1,
        "cvc": "123",
    } | changes


def post(order: Order, number: str = GOOD, *, key: str = "key-1", by=None, **changes: object):
    return client_for(by or order.user).post(
        URL, body(order, number, **changes), headers={"Idempotency-Key": key, "Accept-Language": "en"}
    )


def test_paying_answers_with_the_payment_and_the_order_it_paid() -> None:
    order = placed()

    answer = post(order, "4111 1111 1111 1111")

    assert answer.status_code == 201
    assert answer.json() | {"id": 0, "created_at": "", "paid_at": "", "order_status": ""} == {
        "id": 0,
        "order_id": order.pk,
        "order_number": order.order_number,
        "order_status": "",
        "provider": "mock",
        "status": "succeeded",
        "amount": "5000.00",
        "refunded_amount": "0.00",
        "currency": "KZT",
        "card_brand": "visa",
        "card_last4": "1111",
        "failure_code": "",
        "message": "Paid. Thank you!",
        "created_at": "",
        "paid_at": "",
    }
    assert answer.json()["order_status"] in ("paid", "completed")


def test_an_order_is_named_by_its_id_too() -> None:
    order = placed()
    assert post(order, order_id=order.pk).status_code == 201


def test_a_declined_card_answers_with_the_failed_payment_and_what_to_do() -> None:
    order = placed()

    answer = post(order, DECLINED)

    assert answer.status_code == 201
    said = answer.json()
    assert (said["status"], said["failure_code"], said["order_status"]) == (
        "failed",
        "card_declined",
        "pending_payment",
    )
    assert "another card" in said["message"]


def test_a_pending_card_answers_at_once_and_is_paid_later() -> None:
    order = placed()

    answer = post(order, PENDING).json()
    settle_pending(at=timezone.now() + timedelta(seconds=2))

    assert (answer["status"], answer["paid_at"]) == ("initiated", None)
    later = client_for(order.user).get(f"/api/v1/payments/{answer['id']}/").json()
    assert later["status"] == "succeeded"
    assert WebhookEvent.objects.count() == 1


@pytest.mark.parametrize("number", [GOOD, DECLINED, PENDING])
def test_a_repeat_gets_the_first_answer_byte_for_byte(number: str) -> None:
    order = placed()

    first = post(order, number)
    settle_pending(at=timezone.now() + timedelta(seconds=3))
    again = post(order, number)

    assert (again.status_code, again.content) == (201, first.content)
    assert again["Idempotent-Replay"] == "true"
    assert again["Content-Type"] == "application/json"
    assert MockCharge.objects.count() == Payment.objects.count() == 1


@pytest.mark.parametrize("changes", [{"card_number": DECLINED}, {"exp_month": 11}])
def test_the_same_key_with_another_body_is_422(changes: dict[str, object]) -> None:
    order = placed()
    post(order)

    answer = post(order, **changes)

    assert (answer.status_code, answer.json()["code"]) == (422, "idempotency_key_reused")


def test_the_same_key_for_another_order_is_422_even_if_the_first_answer_was_lost() -> None:
    order = placed()
    post(order)
    IdempotencyKey.objects.all().delete()

    answer = post(placed(buyer=order.user))

    assert answer.status_code == 422
    assert MockCharge.objects.count() == 1


def test_an_answer_lost_in_a_crash_is_given_by_the_repeat() -> None:
    order = placed()
    first = post(order)
    IdempotencyKey.objects.all().delete()

    again = post(order)

    assert (again.status_code, again.content) == (201, first.content)
    assert MockCharge.objects.count() == 1


def test_a_twin_in_flight_is_409_and_says_when_to_come_back() -> None:
    order = placed()
    started_payment(order)
    Payment.objects.update(request_hash="")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("delux.payments.api.views._digest", lambda _body: "")
        answer = post(order)

    assert (answer.status_code, answer.json()["code"]) == (409, "request_in_progress")
    assert 1 <= int(answer["Retry-After"]) <= 30


def test_after_a_crash_at_the_provider_the_repeat_finishes_the_payment(monkeypatch) -> None:
    order = placed()
    really_charge = MockGateway.charge

    def dies(self, **kwargs):
        really_charge(self, **kwargs)
        raise SystemExit

    monkeypatch.setattr(MockGateway, "charge", dies)
    with pytest.raises(SystemExit):
        post(order)
    monkeypatch.setattr(MockGateway, "charge", really_charge)
    assert Payment.objects.get().status == "initiated"
    assert post(order).status_code == 409

    with time_machine.travel(timezone.now() + timedelta(seconds=31)):
        answer = post(order)

    assert (answer.status_code, answer.json()["status"]) == (201, "succeeded")
    assert MockCharge.objects.count() == 1


def test_a_key_past_its_day_is_a_new_key() -> None:
    order = placed()
    post(order, DECLINED)
    old = timezone.now() - timedelta(hours=25)
    IdempotencyKey.objects.update(created_at=old)
    Payment.objects.update(created_at=old)

    answer = post(order)

    assert answer.json()["status"] == "succeeded"


@pytest.mark.parametrize("key", [None, "", "k" * 256, "ключ"])
def test_without_a_usable_key_nothing_is_charged(key: str | None) -> None:
    order = placed()
    headers = {} if key is None else {"Idempotency-Key": key}

    answer = client_for(order.user).post(URL, body(order), headers=headers)

    assert answer.status_code == 400
    assert not Payment.objects.exists()


def test_paying_a_paid_order_is_409() -> None:
    order = paid()

    answer = post(order, key="again")

    assert (answer.status_code, answer.json()["code"]) == (409, "already_paid")


def test_paying_beside_an_undecided_payment_is_409_and_names_it() -> None:
    order = placed()
    first = post(order, PENDING).json()

    answer = post(order, key="other")

    assert (answer.status_code, answer.json()["code"]) == (409, "payment_in_progress")
    assert answer.json()["payment_id"] == first["id"]


def test_paying_after_expiry_is_409() -> None:
    order = placed(at=timezone.now() - timedelta(minutes=15))

    answer = post(order)

    assert (answer.status_code, answer.json()["code"]) == (409, "order_expired")
    assert not MockCharge.objects.exists()


def test_another_persons_order_is_404_as_one_that_does_not_exist() -> None:
    order = placed()
    stranger = UserFactory()

    theirs, missing = post(order, by=stranger), post(order, by=stranger, order_id="DX-NONE")

    assert theirs.status_code == missing.status_code == 404
    assert theirs.json()["detail"] == missing.json()["detail"]
    assert not Payment.objects.exists()


def test_who_is_not_signed_in_pays_nothing() -> None:
    order = placed()
    assert client_for().post(URL, body(order), headers={"Idempotency-Key": "1"}).status_code == 401


@pytest.mark.parametrize(
    ("changes", "pointer", "code"),
    [
        ({"card_number": "5555555555554444"}, "/card_number", "card_not_supported"),
        ({"card_number": "4111111111111112"}, "/card_number", "card_number_invalid"),
        ({"card_number": "4" * 31}, "/card_number", "max_length"),
        ({"exp_month": 13}, "/exp_month", "max_value"),
        ({"exp_year": 2020}, "/exp_year", "card_expired"),
        ({"exp_year": 10**30}, "/exp_year", "invalid"),
        ({"exp_year": 9999}, "/exp_year", "max_value"),
        ({"cvc": "12"}, "/cvc", "invalid"),
        ({"cvc": "12a"}, "/cvc", "invalid"),
        ({"order_id": "x" * 21}, "/order_id", "max_length"),
        ({"order_id": None}, "/order_id", "null"),
        ({"amount": "1.00"}, "/amount", "unknown"),
    ],
)
def test_a_wrong_field_is_named_and_nothing_is_charged(
    changes: dict[str, object], pointer: str, code: str
) -> None:
    answer = post(placed(), **changes)

    assert answer.status_code == 400
    assert [(e["pointer"], e["code"]) for e in answer.json()["errors"]] == [(pointer, code)]
    assert not Payment.objects.exists()


def test_the_card_is_kept_nowhere(caplog) -> None:
    order = placed()
    post(order, cvc="987")

    kept = [str(row) for model in (Payment, MockCharge, IdempotencyKey) for row in model.objects.values()]
    kept += [record.getMessage() for record in caplog.records]
    assert not any(GOOD in text or "987'" in text for text in kept)
    assert Payment.objects.get().card_last4 == "1111"


def test_where_the_mock_does_not_exist_neither_does_its_endpoint(settings) -> None:
    settings.MOCK_GATEWAY = False
    reload(urls)
    try:
        assert [str(route.pattern) for route in urls.urlpatterns if "mock" in str(route.pattern)] == []
        with pytest.raises(Resolver404):
            resolve("/payments/mock/charge/", urlconf=urls)
    finally:
        settings.MOCK_GATEWAY = True
        reload(urls)
        clear_url_caches()
