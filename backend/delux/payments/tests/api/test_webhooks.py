import pytest
from django.utils import timezone

from delux.payments.gateways.mock import webhook
from delux.payments.models import MockCharge, Payment, WebhookEvent
from delux.payments.services.settling import settle_pending
from delux.payments.tests.factories import placed, started_payment
from delux.testing import client_for

pytestmark = pytest.mark.django_db
URL = "/api/v1/payments/webhooks/mock/"


def send(headers: dict[str, str], raw: bytes, url: str = URL, content_type: str = "application/json"):
    return client_for().generic("POST", url, raw, content_type=content_type, headers=headers)


@pytest.fixture
def news():
    started_payment(placed(), known="succeeded")
    return webhook(MockCharge.objects.get(), at=timezone.now())


def test_a_signed_message_is_stored_and_answered_at_once_and_acted_on_afterwards(news) -> None:
    answers = [send(*news) for _ in range(2)]

    assert [(answer.status_code, answer.json()) for answer in answers] == [(200, {"received": True})] * 2
    assert WebhookEvent.objects.get().processed_at is None
    settle_pending(at=timezone.now())
    assert Payment.objects.get().status == "succeeded"


@pytest.mark.parametrize("content_type", ["text/plain", "application/x-www-form-urlencoded", ""])
def test_whatever_type_the_provider_declares_the_bytes_count(news, content_type: str) -> None:
    assert send(*news, content_type=content_type).status_code == 200


def test_an_unsigned_or_forged_message_is_400_and_not_kept(news) -> None:
    headers, raw = news

    for answer in (send({}, raw), send(headers, raw + b" "), send({"Webhook-Signature": "t=1,v1=00"}, raw)):
        assert (answer.status_code, answer.json()["code"]) == (400, "bad_webhook")
    assert not WebhookEvent.objects.exists()


def test_a_provider_nobody_knows_is_404(news) -> None:
    assert send(*news, url="/api/v1/payments/webhooks/stripe/").status_code == 404


def test_where_the_mock_does_not_exist_its_message_is_404(news, settings) -> None:
    settings.MOCK_GATEWAY = False
    assert send(*news).status_code == 404
    assert not WebhookEvent.objects.exists()


def test_a_message_larger_than_a_megabyte_is_413() -> None:
    assert send({}, b"x" * (1024 * 1024 + 1)).status_code == 413
