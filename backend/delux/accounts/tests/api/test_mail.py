"""Codes and links over HTTP: the answers tell nothing, and asking is limited."""

import pytest
from django.utils import timezone
from rest_framework.test import APIClient

from delux.accounts.models import EmailProof
from delux.accounts.services import proofs
from delux.accounts.services.guessing import MAILS_PER_ADDRESS, MAILS_PER_EMAIL, PER_ADDRESS
from delux.accounts.services.proofs import code_of, token_of
from delux.accounts.tests.factories import PASSWORD, UserFactory
from delux.testing import client_for

pytestmark = pytest.mark.django_db
CODE, SIGN_IN = "/api/v1/auth/code/", "/api/v1/auth/code/sign-in/"
FORGOTTEN, RESET = "/api/v1/auth/password/forgotten/", "/api/v1/auth/password/reset/"
CONFIRMATION, CONFIRM = "/api/v1/auth/email/confirmation/", "/api/v1/auth/email/confirm/"
WEB = {"HTTP_X_DELUX_CLIENT": "web"}


def ask(email="aliya@example.com", *, url=CODE, client=None, **extra):
    return (client or APIClient()).post(url, {"email": email}, **extra)


def newest():
    return EmailProof.objects.latest("pk")


@pytest.mark.parametrize("url", [CODE, FORGOTTEN])
def test_the_answer_does_not_tell_whether_an_email_has_an_account(url, django_assert_num_queries):
    UserFactory(email="aliya@example.com")
    UserFactory(email="blocked@example.com", is_active=False)

    shapes = []
    for email in ("aliya@example.com", "blocked@example.com", "nobody@example.com"):
        with django_assert_num_queries(4):  # the same work for each: count, begin, insert, end
            answer = ask(email, url=url)
        shapes.append((answer.status_code, sorted(answer.data or {})))

    assert shapes[0] == shapes[1] == shapes[2]


def test_a_browser_signed_in_by_code_has_its_refresh_token_in_a_cookie():
    client = APIClient()
    challenge = ask(client=client).data["challenge"]

    answer = client.post(SIGN_IN, {"challenge": challenge, "code": code_of(newest())}, **WEB)

    assert answer.status_code == 200
    assert "refresh" not in answer.data
    assert client.cookies["delux_refresh"]["httponly"]
    assert answer.data["user"]["email"] == "aliya@example.com"
    assert answer.data["user"]["email_verified"] is True
    assert answer.data["user"]["has_password"] is False


def test_spaces_in_a_pasted_code_do_not_matter():
    challenge, code = ask().data["challenge"], code_of(newest())

    answer = APIClient().post(SIGN_IN, {"challenge": challenge, "code": f" {code[:3]} {code[3:]} "})

    assert answer.status_code == 200


@pytest.mark.parametrize("code", ["12345", "1234567", "12a456", "١٢٣٤٥٦", "", "½½½½½½"])
def test_what_is_no_code_is_refused_by_name_and_costs_no_try(code):
    challenge = ask().data["challenge"]

    answer = APIClient().post(SIGN_IN, {"challenge": challenge, "code": code})

    assert answer.status_code == 400
    assert answer.data["errors"][0]["pointer"] == "/code"
    assert newest().attempts == 0


def test_a_wrong_code_says_how_many_tries_are_left():
    challenge = ask().data["challenge"]
    wrong = f"{(int(code_of(newest())) + 1) % 10**6:06d}"

    answer = APIClient().post(SIGN_IN, {"challenge": challenge, "code": wrong})

    assert (answer.status_code, answer.data["code"], answer.data["tries_left"]) == (400, "wrong_code", 4)


@pytest.mark.parametrize("url", [CODE, FORGOTTEN])
def test_an_email_is_mailed_five_times_in_a_quarter_of_an_hour(url):
    answers = [ask(url=url, REMOTE_ADDR=f"192.0.2.{number}") for number in range(MAILS_PER_EMAIL + 2)]

    assert [answer.status_code < 300 for answer in answers] == [True] * MAILS_PER_EMAIL + [False] * 2
    assert answers[-1].data["code"] == "too_many_guesses"
    assert EmailProof.objects.count() == MAILS_PER_EMAIL


def test_an_address_of_the_network_has_sixty_mails_sent():
    answers = [ask(f"p{number}@example.com").status_code for number in range(MAILS_PER_ADDRESS + 1)]

    assert answers == [200] * MAILS_PER_ADDRESS + [429]


def test_without_the_limit_the_same_asking_goes_on(monkeypatch):
    monkeypatch.setattr(proofs, "count_try", lambda *_args, **_named: None)

    assert {ask().status_code for _ in range(MAILS_PER_EMAIL + 2)} == {200}


def test_strangers_who_ask_do_not_keep_a_known_browser_from_its_code():
    UserFactory(email="aliya@example.com")
    owner = APIClient()
    owner.post("/api/v1/auth/login/", {"email": "aliya@example.com", "password": PASSWORD}, **WEB)
    for number in range(MAILS_PER_EMAIL + 1):
        ask(REMOTE_ADDR=f"192.0.2.{number}")

    assert ask(REMOTE_ADDR="192.0.2.99").status_code == 429
    assert ask(client=owner).status_code == 200


def test_an_address_of_the_network_may_not_try_codes_for_ever():
    body = {"challenge": "no-such-challenge", "code": "123456"}

    answers = [APIClient().post(SIGN_IN, body).status_code for _ in range(PER_ADDRESS + 1)]

    assert answers == [409] * PER_ADDRESS + [429]


def test_a_new_password_by_link_signs_in_here_and_ends_the_rest():
    person = UserFactory(email="aliya@example.com")
    elsewhere = client_for(person)
    ask(url=FORGOTTEN)

    answer = APIClient().post(RESET, {"token": token_of(newest()), "new_password": "downhill-is-harder-7"})

    assert answer.status_code == 200
    assert elsewhere.get("/api/v1/auth/me/").status_code == 401
    again = APIClient().post(RESET, {"token": token_of(newest()), "new_password": "downhill-is-harder-8"})
    assert (again.status_code, again.data["code"]) == (409, "link_over")


def test_registering_mails_a_link_that_confirms_the_email():
    client = APIClient()
    body = {"email": "New@Example.com", "password": PASSWORD, "first_name": "Aliya", "language": "kk"}
    access = client.post("/api/v1/auth/register/", body, **WEB).data["access"]
    proof = newest()
    assert (proof.purpose, proof.email, proof.language) == ("confirm_email", "new@example.com", "kk")

    assert client.post(CONFIRM, {"token": token_of(proof)}).status_code == 204

    client.credentials(HTTP_AUTHORIZATION=f"Bearer {access}")
    assert client.get("/api/v1/auth/me/").data["email_verified"] is True


def test_who_registered_an_email_first_is_not_let_stay_by_its_owner_s_confirming():
    thief, owner = APIClient(), APIClient()
    body = {"email": "aliya@example.com", "password": PASSWORD, "first_name": "Aliya"}
    thief.post("/api/v1/auth/register/", body, **WEB)

    refused = owner.post(CONFIRM, {"token": token_of(newest())}, **WEB)
    assert (refused.status_code, refused.data["code"]) == (409, "other_browser")

    challenge = ask("aliya@example.com", client=owner, **WEB).data["challenge"]
    owner.post(SIGN_IN, {"challenge": challenge, "code": code_of(newest())}, **WEB)
    login = {"email": "aliya@example.com", "password": PASSWORD}
    assert thief.post("/api/v1/auth/login/", login, **WEB).status_code == 401


def test_signing_in_on_another_device_lets_the_confirmation_through():
    person, phone = UserFactory(email="aliya@example.com"), APIClient()
    client_for(person).post(CONFIRMATION)
    token = token_of(newest())
    phone.post("/api/v1/auth/login/", {"email": person.email, "password": PASSWORD}, **WEB)

    assert phone.post(CONFIRM, {"token": token}, **WEB).status_code == 204

    person.refresh_from_db()
    assert person.email_verified_at is not None


def test_the_confirmation_is_mailed_again_on_asking_within_limits_and_not_once_it_is_done():
    person = UserFactory(email="aliya@example.com")
    client = client_for(person)

    answers = [client.post(CONFIRMATION).status_code for _ in range(MAILS_PER_EMAIL + 1)]
    assert answers == [204] * MAILS_PER_EMAIL + [429]

    person.email_verified_at = timezone.now()
    person.save()
    assert client.post(CONFIRMATION).data["code"] == "nothing_to_confirm"
