"""Signing in by phone over HTTP: the answers tell nothing, and numbers change hands by codes alone."""

import pytest
from django.utils import timezone
from rest_framework.test import APIClient

from delux.accounts.models import EmailProof, User, VerificationCode
from delux.accounts.services.guessing import PER_ADDRESS
from delux.accounts.services.proofs import code_of
from delux.accounts.tests.factories import UserFactory
from delux.testing import client_for

pytestmark = pytest.mark.django_db
CODE, SIGN_IN, ME = "/api/v1/auth/code/", "/api/v1/auth/code/sign-in/", "/api/v1/auth/me/"
PHONE = "+77012345678"
WEB = {"HTTP_X_DELUX_CLIENT": "web"}


def ask(phone=PHONE, *, client=None, **extra):
    return (client or APIClient()).post(CODE, {"phone": phone, **extra})


def newest():
    return VerificationCode.objects.latest("pk")


def sign_in(client, **extra):
    challenge = ask(client=client).data["challenge"]
    return client.post(SIGN_IN, {"challenge": challenge, "code": code_of(newest())}, **WEB, **extra)


def test_a_guest_signs_in_by_phone_and_is_remembered():
    client = APIClient()

    answer = sign_in(client)

    assert answer.status_code == 200
    assert "refresh" not in answer.data
    person = answer.data["user"]
    assert (person["phone"], person["phone_verified"], person["email"]) == (PHONE, True, None)
    ask(client=client)
    assert newest().from_known_browser
    ask()
    assert not newest().from_known_browser


def test_the_browser_of_an_account_is_known_by_both_its_names():
    person = UserFactory(phone=PHONE, phone_verified_at=timezone.now())
    client = APIClient()
    sign_in(client)

    client.post(CODE, {"email": person.email})

    # Strangers use up the e-mail's mails; the browser that came by phone has its own.
    for _ in range(5):
        APIClient().post(CODE, {"email": person.email})
    assert APIClient().post(CODE, {"email": person.email}).status_code == 429
    assert client.post(CODE, {"email": person.email}).status_code == 200


def test_the_answer_does_not_tell_whether_a_number_has_an_account(django_assert_num_queries):
    UserFactory(phone=PHONE, phone_verified_at=timezone.now())
    UserFactory(phone="+77022345678", phone_verified_at=timezone.now(), is_active=False)

    shapes = []
    for phone in (PHONE, "+77022345678", "+77052345678"):
        with django_assert_num_queries(11):  # the same work for each
            answer = ask(phone)
        shapes.append((answer.status_code, sorted(answer.data), answer.headers["Cache-Control"]))

    assert shapes[0] == shapes[1] == shapes[2]


@pytest.mark.parametrize("body", [{}, {"email": "a@example.com", "phone": PHONE}])
def test_a_code_goes_to_an_email_or_a_phone(body):
    answer = APIClient().post(CODE, body)

    assert answer.status_code == 400
    assert answer.data["errors"][0]["pointer"] == "/email"


def test_a_number_without_its_country_code_is_read_as_in_the_market():
    assert ask("0700123456", market="KG").status_code == 200
    assert newest().phone == "+996700123456"


def test_a_number_of_elsewhere_is_refused_at_its_field():
    answer = ask("+79161234567")

    assert answer.status_code == 400
    assert [(each["pointer"], each["code"]) for each in answer.data["errors"]] == [
        ("/phone", "phone_elsewhere")
    ]


def test_a_flood_is_told_when_to_come_back():
    for _ in range(3):
        ask()

    answer = ask()

    assert answer.status_code == 429
    assert 3590 <= int(answer.headers["Retry-After"]) <= 3600


def test_codes_of_many_numbers_are_not_guessed_from_one_address():
    codes = [ask(f"+7701234567{number}").data["challenge"] for number in range(5)]
    guesses = [
        APIClient().post(SIGN_IN, {"challenge": codes[turn % 5], "code": "000000"}).status_code
        for turn in range(PER_ADDRESS + 1)
    ]

    assert guesses[-1] == 429
    assert set(guesses[:25]) <= {200, 400}


def test_sites_ask_whether_sms_are_sent(settings):
    assert APIClient().get("/api/v1/auth/providers/").data["phone"] == {"enabled": True}
    settings.SMS_URL = ""
    assert APIClient().get("/api/v1/auth/providers/").data["phone"] == {"enabled": False}
    assert ask().status_code == 404


def test_a_number_and_an_email_are_added_in_the_profile():
    person = User.objects.create(phone="+77010000000", phone_verified_at=timezone.now(), market="KZ")
    client = client_for(person)

    sent = client.post(f"{ME}phone/", {"phone": "8 701 234 56 78"})
    changed = client.post(
        f"{ME}phone/confirm/", {"challenge": sent.data["challenge"], "code": code_of(newest())}
    )
    mailed = client.post(f"{ME}email/", {"email": "aliya@example.com"})
    proof = EmailProof.objects.latest("pk")
    added = client.post(
        f"{ME}email/confirm/", {"challenge": mailed.data["challenge"], "code": code_of(proof)}
    )

    assert (changed.status_code, changed.data["phone"]) == (200, PHONE)
    assert (added.status_code, added.data["email"], added.data["email_verified"]) == (
        200,
        "aliya@example.com",
        True,
    )


def test_without_an_email_the_number_changes_by_its_code_alone():
    person = User.objects.create(phone=PHONE, phone_verified_at=timezone.now(), market="KZ")

    for phone in ("+77012345679", "", None):
        answer = client_for(person).patch(ME, {"phone": phone}, format="json")
        assert (answer.status_code, answer.data["code"]) == (400, "phone_needed")
    same = client_for(person).patch(ME, {"phone": PHONE, "city": "Almaty"}, format="json")

    assert (same.status_code, same.data["phone_verified"]) == (200, True)


def test_a_number_written_over_is_not_proven_any_more():
    person = UserFactory(phone=PHONE, phone_verified_at=timezone.now())

    answer = client_for(person).patch(ME, {"phone": "+77012345679"}, format="json")

    assert answer.data["phone_verified"] is False
    person.refresh_from_db()
    assert person.phone_verified_at is None


def test_who_came_by_phone_is_forgotten_by_a_code_to_it():
    person = User.objects.create(phone=PHONE, phone_verified_at=timezone.now(), password="!")
    client = client_for(person)
    challenge = ask().data["challenge"]
    wrong = {"challenge": challenge, "code": f"{(int(code_of(newest())) + 1) % 10**6:06d}"}

    assert client.post(f"{ME}erase/", wrong).status_code == 400
    assert client.post(f"{ME}erase/", wrong | {"code": code_of(newest())}).status_code == 204

    person.refresh_from_db()
    assert (person.phone, person.phone_verified_at, person.takes_mail) == (None, None, False)
    assert not VerificationCode.objects.exists()


def test_a_code_to_anothers_phone_forgets_nobody():
    person = User.objects.create(phone=PHONE, phone_verified_at=timezone.now(), password="!")
    challenge = ask("+77012345679").data["challenge"]

    answer = client_for(person).post(f"{ME}erase/", {"challenge": challenge, "code": code_of(newest())})

    assert (answer.status_code, answer.data["code"]) == (409, "code_over")
