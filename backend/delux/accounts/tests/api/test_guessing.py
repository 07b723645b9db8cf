from collections import Counter
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone
from rest_framework.test import APIClient

from delux.accounts.services.guessing import PER_ACCOUNT, PER_ADDRESS
from delux.accounts.tests.factories import PASSWORD, UserFactory
from delux.testing import at_once

LOGIN = "/api/v1/auth/login/"
WEB = {"HTTP_X_DELUX_CLIENT": "web"}


def guess(client=None, *, email="aliya@example.com", password="wrong", **extra):
    return (client or APIClient()).post(LOGIN, {"email": email, "password": password}, **extra)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("seed", range(3))
def test_64_guesses_at_once_get_ten_tries(seed):
    UserFactory(email=f"aliya{seed}@example.com")

    # Each from an address of its own, so that nothing but the account's counter can stop them.
    answers = at_once(
        *[
            lambda n=n: guess(email=f"aliya{seed}@example.com", REMOTE_ADDR=f"10.0.{seed}.{n}").status_code
            for n in range(64)
        ]
    )

    assert Counter(answers) == {401: PER_ACCOUNT, 429: 64 - PER_ACCOUNT}


@pytest.mark.django_db
def test_the_right_password_does_not_pass_either_once_the_tries_are_used_up():
    UserFactory(email="aliya@example.com")
    for _ in range(PER_ACCOUNT):
        guess()

    response = guess(password=PASSWORD)

    assert (response.status_code, response.data["code"]) == (429, "too_many_guesses")
    assert 0 < int(response["Retry-After"]) <= 900


@pytest.mark.django_db
def test_unknown_accounts_are_limited_just_the_same():
    answers = [guess(email="nobody@example.com").status_code for _ in range(PER_ACCOUNT + 2)]

    assert answers == [401] * PER_ACCOUNT + [429] * 2


@pytest.mark.django_db
def test_case_and_spaces_do_not_make_another_account():
    spellings = ["aliya@example.com", "ALIYA@example.com", " aliya@example.com ", "Aliya@Example.Com"]
    for number in range(PER_ACCOUNT):
        assert guess(email=spellings[number % 4]).status_code == 401

    assert guess(email="aLIYA@example.com").status_code == 429


@pytest.mark.django_db
def test_after_a_quarter_of_an_hour_the_account_takes_tries_again():
    UserFactory(email="aliya@example.com")
    with time_machine.travel(timezone.now(), tick=False) as clock:
        for _ in range(PER_ACCOUNT + 5):
            guess()

        clock.shift(timedelta(minutes=14, seconds=59))
        assert guess(password=PASSWORD).status_code == 429

        clock.shift(timedelta(seconds=2))
        assert guess(password=PASSWORD).status_code == 200


@pytest.mark.django_db
def test_signing_in_gives_the_account_its_tries_back():
    UserFactory(email="aliya@example.com")
    for _ in range(3):
        assert [guess().status_code for _ in range(PER_ACCOUNT - 1)] == [401] * (PER_ACCOUNT - 1)
        assert guess(password=PASSWORD).status_code == 200


@pytest.mark.django_db
def test_strangers_cannot_lock_out_a_browser_that_has_signed_in_before():
    UserFactory(email="aliya@example.com")
    owner = APIClient()
    guess(owner, password=PASSWORD, **WEB)
    for _ in range(PER_ACCOUNT + 5):
        guess(REMOTE_ADDR="203.0.113.9")

    assert guess(password=PASSWORD).status_code == 429  # a stranger, were they right
    assert guess(owner, password=PASSWORD, **WEB).status_code == 200


@pytest.mark.django_db
def test_a_known_browser_has_ten_tries_too():
    UserFactory(email="aliya@example.com")
    owner = APIClient()
    guess(owner, password=PASSWORD, **WEB)

    answers = [guess(owner, **WEB).status_code for _ in range(PER_ACCOUNT + 1)]

    assert answers == [401] * PER_ACCOUNT + [429]


@pytest.mark.django_db
def test_being_known_to_one_account_is_worth_nothing_at_another():
    UserFactory(email="aliya@example.com")
    UserFactory(email="attacker@example.com")
    attacker = APIClient()
    guess(attacker, email="attacker@example.com", password=PASSWORD, **WEB)
    for _ in range(PER_ACCOUNT):
        guess()

    assert guess(attacker, **WEB).status_code == 429


@pytest.mark.django_db
@pytest.mark.parametrize("forged", ["", "x", "W10:1abc:sig", "\u00e9", "a" * 4000])
def test_a_forged_mark_of_a_known_browser_is_ignored(forged):
    client = APIClient()
    client.cookies["delux_device"] = forged
    for _ in range(PER_ACCOUNT):
        guess()

    assert guess(client).status_code == 429


@pytest.mark.django_db
def test_one_address_may_not_try_many_accounts():
    answers = [guess(email=f"p{number}@example.com").status_code for number in range(PER_ADDRESS + 2)]

    assert answers == [401] * PER_ADDRESS + [429] * 2


@pytest.mark.django_db
def test_signing_in_to_ones_own_account_does_not_clear_the_address():
    UserFactory(email="attacker@example.com")
    for number in range(PER_ADDRESS - 1):
        guess(email=f"p{number}@example.com")
        if number % 10 == 0:
            assert guess(email="attacker@example.com", password=PASSWORD).status_code == 200

    assert guess(email="q@example.com").status_code == 401
    assert guess(email="r@example.com").status_code == 429


@pytest.mark.django_db
def test_an_invented_forwarded_address_changes_nothing():
    for number in range(PER_ADDRESS):
        guess(email=f"p{number}@example.com", HTTP_X_FORWARDED_FOR=f"10.1.{number}.1")

    assert guess(email="q@example.com", HTTP_X_FORWARDED_FOR="192.0.2.77").status_code == 429


@pytest.mark.django_db
def test_behind_a_trusted_proxy_only_what_it_wrote_counts(settings):
    settings.TRUSTED_PROXIES = 1
    for number in range(PER_ADDRESS):
        guess(email=f"p{number}@example.com", HTTP_X_FORWARDED_FOR=f"10.1.{number}.1, 203.0.113.9")

    assert guess(email="q@example.com", HTTP_X_FORWARDED_FOR="8.8.8.8, 203.0.113.9").status_code == 429
    assert guess(email="q@example.com", HTTP_X_FORWARDED_FOR="8.8.8.8, 203.0.113.10").status_code == 401


@pytest.mark.django_db
def test_one_customers_ipv6_network_is_one_address():
    for number in range(PER_ADDRESS):
        guess(email=f"p{number}@example.com", REMOTE_ADDR=f"2001:db8:1:1::{number:x}")

    assert guess(email="q@example.com", REMOTE_ADDR="2001:db8:1:1:ffff::1").status_code == 429
    assert guess(email="q@example.com", REMOTE_ADDR="2001:db8:1:2::1").status_code == 401


@pytest.mark.django_db
def test_the_admin_sign_in_is_limited_too(client):
    staff = UserFactory(email="staff@example.com", is_staff=True)

    def try_admin(password):
        return client.post("/admin/login/", {"username": "staff@example.com", "password": password})

    for _ in range(PER_ACCOUNT):
        assert try_admin("wrong").status_code == 200
    assert try_admin(PASSWORD).status_code == 200  # the form again: right, but too late
    assert "_auth_user_id" not in client.session

    with time_machine.travel(timezone.now() + timedelta(minutes=16)):
        assert try_admin(PASSWORD).status_code == 302
    assert client.session["_auth_user_id"] == str(staff.pk)
