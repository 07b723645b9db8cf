"""Codes and links on their way: in the reader's language, once, and never late."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from delux.accounts.models import EmailProof
from delux.accounts.services.proofs import code_of, send_proof, token_of
from delux.accounts.tests.factories import UserFactory
from delux.notifications.kinds import Kind
from delux.notifications.models import Delivery
from delux.notifications.services.delivery import deliver_pending
from delux.notifications.services.notify import notify
from delux.notifications.services.proofs import mail_proofs

pytestmark = pytest.mark.django_db
Purpose = EmailProof.Purpose


def ask(purpose=Purpose.SIGN_IN, *, language="en", now=None):
    return send_proof(
        purpose=purpose,
        email="aliya@example.com",
        language=language,
        address="192.0.2.1",
        device="",
        now=now or timezone.now(),
    )


def sweep(now=None):
    mail_proofs(now=now or timezone.now())
    deliver_pending(now=now or timezone.now())
    return mail.outbox


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "is your Delux code"),
        ("ru", "ваш код Delux"),
        ("kk", "Delux кодыңыз"),
        ("ky", "Delux кодуңуз"),
    ],
)
def test_the_code_comes_in_the_language_it_was_asked_for_in(language, words):
    proof = ask(language=language)

    [letter] = sweep()

    assert letter.to == ["aliya@example.com"]
    assert code_of(proof) in letter.subject
    assert words in letter.subject
    assert code_of(proof) in letter.body
    assert code_of(proof) in letter.alternatives[0].content
    assert "href" not in letter.alternatives[0].content


@pytest.mark.parametrize(
    ("purpose", "path"),
    [(Purpose.RESET_PASSWORD, "/reset-password#"), (Purpose.CONFIRM_EMAIL, "/confirm-email#")],
)
def test_a_link_carries_its_token_where_no_server_sees_it(purpose, path, settings):
    settings.PUBLIC_URL = "https://delux.example"
    UserFactory(email="aliya@example.com")
    proof = ask(purpose)

    [letter] = sweep()

    assert f"https://delux.example{path}{token_of(proof)}" in letter.body


def test_who_has_no_account_is_told_so_by_mail_and_gets_no_link_to_a_password():
    proof = ask(Purpose.RESET_PASSWORD)

    [letter] = sweep()

    assert letter.subject == "There is no account with this e-mail"
    assert token_of(proof) not in letter.body
    assert "/sign-in" in letter.body


def test_each_goes_out_once_however_often_the_sweep_runs():
    ask()

    for _ in range(3):
        sweep()

    assert len(mail.outbox) == 1
    assert Delivery.objects.get().status == "sent"


def test_a_code_that_is_over_is_not_mailed():
    now = timezone.now()
    ask(now=now)

    assert sweep(now + timedelta(minutes=10)) == []


def test_whoever_waits_for_a_code_goes_before_the_queue():
    person = UserFactory(email="dana@example.com", language="en")
    notify(
        recipient=person, kind=Kind.ORDER_PAID, context={"order_number": "DX-1"}, dedupe_key="order-paid:1"
    )
    proof = ask()

    letters = sweep(timezone.now() + timedelta(seconds=5))

    assert [letter.to for letter in letters] == [["aliya@example.com"], ["dana@example.com"]]
    assert code_of(proof) in letters[0].subject


def test_the_post_room_keeps_neither_code_nor_token():
    proof = ask()
    sweep()

    noted = str(list(Delivery.objects.values()))
    assert code_of(proof) not in noted
    assert token_of(proof) not in noted
