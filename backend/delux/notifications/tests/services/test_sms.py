"""What goes out by SMS: codes, and to those without an e-mail that they have paid. Nothing else."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.core import mail
from django.utils import timezone

from delux.accounts.models import VerificationCode
from delux.accounts.services.phone_codes import send_phone_code
from delux.accounts.services.proofs import code_of, spend
from delux.accounts.tests.factories import UserFactory
from delux.notifications.kinds import Kind
from delux.notifications.models import Delivery, Notification
from delux.notifications.services.delivery import deliver_pending, deliver_sms
from delux.notifications.services.notify import notify
from delux.notifications.services.proofs import text_codes

pytestmark = pytest.mark.django_db
PHONE = "+77012345678"


@pytest.fixture(autouse=True)
def sent(settings, tmp_path):
    """Return what reads the messages sent so far: numbers and texts."""
    settings.SMS_URL = f"file://{tmp_path}"
    settings.PUBLIC_URL = "https://delux.example"
    return lambda: [tuple(file.read_text("utf-8").splitlines()) for file in Path(tmp_path).iterdir()]


def ask(phone=PHONE, *, language="en", now=None):
    return send_phone_code(
        purpose=VerificationCode.Purpose.SIGN_IN,
        phone=phone,
        country="KZ",
        language=language,
        address="192.0.2.1",
        now=now or timezone.now(),
    )


def sweep(now=None):
    now = now or timezone.now() + timedelta(seconds=5)
    text_codes(now=now)
    return deliver_sms(now=now)


def tell(kind=Kind.ORDER_PAID, **person):
    given = {"email": None, "phone": PHONE, "phone_verified_at": timezone.now(), "language": "en"}
    user = UserFactory(**(given | person))
    notify(recipient=user, kind=kind, context={"order_number": "DX-1"}, dedupe_key="the-fact")
    return user


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "is your Delux code"), ("ru", "код Delux"), ("kk", "Delux коды"), ("ky", "Delux коду")],
)
def test_the_code_comes_in_one_message_in_the_language_it_was_asked_for_in(language, words, sent):
    code = ask(language=language)
    sweep()

    [(to, text)] = sent()
    assert to == PHONE
    assert code_of(code) in text
    assert words in text
    assert len(text) <= 70  # more costs two


def test_each_goes_out_once_however_often_the_sweep_runs(sent):
    ask()
    for _ in range(3):
        sweep()

    assert len(sent()) == 1
    assert Delivery.objects.get().status == "sent"


@pytest.mark.parametrize("why", ["over", "used", "not the newest"])
def test_a_code_that_is_of_no_use_any_more_is_not_sent(why, sent):
    now = timezone.now()
    code = ask(now=now)
    text_codes(now=now)
    if why == "used":
        spend(code, now=now)
    if why == "not the newest":
        ask(now=now)
    deliver_sms(now=now + timedelta(minutes=5 if why == "over" else 1))

    assert sent() == []
    assert Delivery.objects.get(code=code).status == "failed"


@pytest.mark.parametrize("language", ["en", "ru", "kk", "ky"])
def test_who_has_no_email_is_told_by_sms_that_the_order_is_paid(language, sent):
    tell(language=language)
    sweep()

    [(to, text)] = sent()
    assert to == PHONE
    assert "DX-1" in text
    assert text.endswith("https://delux.example/orders/DX-1")
    assert mail.outbox == []


@pytest.mark.parametrize("kind", [Kind.ORDER_CANCELED, Kind.PAYMENT_FAILED, Kind.ORDER_SHIPPED])
def test_nothing_else_is_told_by_sms(kind):
    tell(kind)

    assert Notification.objects.exists()
    assert not Delivery.objects.exists()


@pytest.mark.parametrize(
    "person",
    [{"email": "aliya@example.com"}, {"phone_verified_at": None}],
    ids=["who has an e-mail", "who has not proven the number"],
)
def test_no_sms_goes_to(person, sent):
    tell(**person)
    sweep()

    assert sent() == []


def test_where_sms_are_off_what_is_told_stays_in_the_product(settings):
    settings.SMS_URL = ""
    tell()

    assert Notification.objects.exists()
    assert not Delivery.objects.exists()


def test_a_provider_that_is_down_keeps_no_mail_waiting_and_is_asked_again(settings, sent):
    working = settings.SMS_URL
    settings.SMS_URL = "mobizon+http://secretkey@127.0.0.1:1"
    tell()
    tell(email="aliya@example.com", phone=None)
    assert sweep() == 0
    assert deliver_pending(now=timezone.now() + timedelta(seconds=5)) == 1

    failed = Delivery.objects.get(channel="sms")
    assert (failed.status, failed.error) == ("pending", "SmsNotSent: ConnectionError")
    settings.SMS_URL = working
    assert sweep(timezone.now() + timedelta(minutes=3)) == 1
    assert len(sent()) == 1


def test_who_changed_the_number_meanwhile_is_told_at_the_new_one(sent):
    person = tell()
    person.phone = "+77012345679"
    person.save()
    sweep()

    assert [to for to, _text in sent()] == ["+77012345679"]


def test_the_post_room_keeps_no_code():
    code = ask()
    sweep()

    assert code_of(code) not in str(list(Delivery.objects.values("error", "status", "channel")))
