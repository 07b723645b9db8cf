"""Codes by SMS: to which numbers, how many, and how often one may guess."""

import secrets
import threading
from datetime import timedelta

import pytest
from django.db import IntegrityError
from django.utils import timezone

from delux.accounts.models import GuessCounter, User, VerificationCode
from delux.accounts.services import phone_codes
from delux.accounts.services.guessing import SMS_PER_ADDRESS, SMS_PER_BLOCK, TooManyGuesses
from delux.accounts.services.phone_codes import LIFETIME, check_phone_code, send_phone_code
from delux.accounts.services.proofs import TRIES, CodeOver, WrongCode, code_of, forget_old_proofs
from delux.accounts.tests.services.test_proofs import outcome, outcomes, wrong
from delux.testing import at_once

PHONE = "+77012345678"
Purpose = VerificationCode.Purpose


def ask(phone=PHONE, *, country="KZ", purpose=Purpose.SIGN_IN, address="192.0.2.1", known=False, now=None):
    return send_phone_code(
        purpose=purpose,
        phone=phone,
        country=country,
        language="en",
        address=address,
        is_known_browser=known,
        now=now or timezone.now(),
    )


def check(code, digits=None, *, purpose=Purpose.SIGN_IN, now=None):
    return check_phone_code(
        challenge=code.key, code=digits or code_of(code), purpose=purpose, now=now or timezone.now()
    )


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("typed", "country", "number"),
    [
        ("+7 (701) 234-56-78", "KG", PHONE),
        ("8 701 234 56 78", "KZ", PHONE),
        ("0700 123 456", "KG", "+996700123456"),
        ("(718) 555-2368", "US", "+17185552368"),
    ],
)
def test_a_number_is_read_as_it_is_dialled(typed, country, number):
    assert ask(typed, country=country).phone == number


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("+7 916 123 45 67", "phone_elsewhere"),  # Russia shares +7
        ("+1 416 555 01 23", "phone_elsewhere"),  # Canada shares +1
        ("+998 90 123 45 67", "phone_elsewhere"),
        ("+1 900 555 1234", "phone_elsewhere"),  # dear to call
        ("+7 727 250 00 00", "phone_elsewhere"),  # stands on a desk in Almaty
        ("+7 701", "bad_phone"),
        ("dana", "bad_phone"),
        ("", "bad_phone"),
    ],
)
def test_numbers_that_take_no_sms_of_ours_are_refused_and_cost_nothing(typed, code):
    assert outcome(lambda: ask(typed)) == code
    assert not VerificationCode.objects.exists()
    assert not GuessCounter.objects.exists()


@pytest.mark.django_db
def test_nothing_is_sent_where_sms_are_not_set_up(settings):
    settings.SMS_URL = ""

    assert outcome(ask) == "phone_is_off"
    assert not VerificationCode.objects.exists()


@pytest.mark.django_db
def test_the_code_is_in_no_column():
    code = ask()

    assert code_of(code) not in str(VerificationCode.objects.filter(pk=code.pk).values("key", "phone").get())


@pytest.mark.django_db
def test_a_code_lives_five_minutes():
    now = timezone.now()
    code = ask(now=now)

    with pytest.raises(CodeOver):
        check(code, now=now + timedelta(minutes=5))
    check(code, now=now + timedelta(minutes=4, seconds=59))


@pytest.mark.django_db
def test_only_the_newest_code_of_a_number_is_good():
    first, second = ask(), ask()

    with pytest.raises(CodeOver):
        check(first)
    assert check(second) == second


@pytest.mark.django_db
def test_a_code_answers_its_own_challenge_alone():
    mine, anothers = ask(), ask("+77012345679")

    with pytest.raises(WrongCode):
        check(mine, code_of(anothers) if code_of(anothers) != code_of(mine) else wrong(mine))


@pytest.mark.django_db
def test_a_code_that_confirms_a_number_signs_nobody_in():
    with pytest.raises(CodeOver):
        check(ask(purpose=Purpose.CONFIRM_PHONE))


@pytest.mark.django_db(transaction=True)
def test_of_64_guesses_at_once_five_are_compared():
    code = ask()

    answers = outcomes(64, lambda: check(code, wrong(code)))

    assert answers == {"wrong_code": TRIES, "code_over": 64 - TRIES}
    with pytest.raises(CodeOver):
        check(code)


@pytest.mark.django_db(transaction=True)
def test_of_16_askings_at_once_three_are_sent_and_one_code_is_live():
    answers = outcomes(16, ask)

    assert answers == {"ok": 3, "too_many_guesses": 13}
    assert VerificationCode.objects.count() == 3
    assert VerificationCode.objects.filter(used_at__isnull=True).count() == 1


@pytest.mark.django_db(transaction=True)
def test_without_its_turn_one_of_two_askings_breaks_on_the_one_live_code(monkeypatch):
    """What the lock is for: both have ended the codes there were before either has written its own."""
    both_looked = threading.Barrier(2)

    class Slow:
        @staticmethod
        def token_urlsafe(length):
            both_looked.wait(timeout=10)
            return secrets.token_urlsafe(length)

    monkeypatch.setattr(phone_codes, "lock_hot_rows", lambda *_rows: None)
    monkeypatch.setattr(phone_codes, "secrets", Slow)

    with pytest.raises(IntegrityError):
        at_once(ask, ask)


@pytest.mark.django_db
def test_strangers_have_three_codes_an_hour_and_six_a_day_sent_over_any_hour_and_day():
    start = timezone.now()

    sent = [
        minute
        for minute in range(0, 26 * 60, 15)
        if outcome(lambda at=minute: ask(now=start + timedelta(minutes=at))) == "ok"
    ]

    assert sent[:6] == [0, 15, 30, 60, 75, 90]
    assert sent[6] == 24 * 60
    assert all(sum(begin <= at < begin + 60 for at in sent) <= 3 for begin in sent)


@pytest.mark.django_db
def test_strangers_cannot_use_up_the_codes_of_the_owners_browser():
    for _ in range(3):
        ask()

    assert outcome(ask) == "too_many_guesses"
    assert [outcome(lambda: ask(known=True)) for _ in range(3)] == ["ok", "ok", "too_many_guesses"]
    assert VerificationCode.objects.count() == 5  # an hour, whoever asks


@pytest.mark.django_db
def test_a_refusal_says_when_to_come_back():
    start = timezone.now()
    for minute in (0, 10, 20):
        ask(now=start + timedelta(minutes=minute))

    with pytest.raises(TooManyGuesses) as refusal:
        ask(now=start + timedelta(minutes=30))

    assert refusal.value.extra["retry_after"] == 30 * 60


@pytest.mark.django_db
def test_an_address_of_the_network_asks_for_twenty_an_hour():
    start = timezone.now()
    for block in range(SMS_PER_ADDRESS):
        ask(f"+77011{block:02d}5678", address="x", now=start)

    assert outcome(lambda: ask(address="x", now=start)) == "too_many_guesses"
    assert outcome(lambda: ask(address="y", now=start)) == "ok"
    assert outcome(lambda: ask(address="x", now=start + timedelta(hours=1))) == "ok"


@pytest.mark.django_db
def test_a_block_of_numbers_is_sent_twenty_an_hour_from_wherever():
    for number in range(SMS_PER_BLOCK):
        ask(f"+770123400{number:02d}", address=f"192.0.2.{number}")

    assert outcome(lambda: ask("+77012349999", address="192.0.2.99")) == "too_many_guesses"
    assert outcome(lambda: ask("+77012359999", address="192.0.2.99")) == "ok"


@pytest.mark.django_db
def test_no_more_is_sent_in_a_day_than_is_to_be_paid_for(settings):
    settings.SMS_PER_DAY = 2
    ask("+77012345671")
    ask("+77022345671")

    assert outcome(lambda: ask("+77052345671")) == "too_many_guesses"
    assert VerificationCode.objects.count() == 2


@pytest.mark.django_db
def test_who_is_refused_uses_up_nothing_that_others_share(settings):
    settings.SMS_PER_DAY = 5
    for _ in range(10):
        outcome(ask)

    assert VerificationCode.objects.count() == 3
    assert outcome(lambda: ask("+77052345671", address="192.0.2.2")) == "ok"


@pytest.mark.django_db
def test_codes_are_forgotten_a_day_after_their_end():
    now = timezone.now()
    ask(now=now)

    forget_old_proofs(now=now + timedelta(days=1))
    assert VerificationCode.objects.exists()  # the day's limit counts them
    forget_old_proofs(now=now + timedelta(days=1) + LIFETIME)
    assert not VerificationCode.objects.exists()
    assert not User.objects.exists()
