import pytest
from django.test import override_settings
from rest_framework.test import APIClient

from delux.accounts.models import OrganizerProfile, TokenFamily, User
from delux.accounts.tests.factories import PASSWORD, OrganizerFactory, UserFactory
from delux.testing import client_for

pytestmark = pytest.mark.django_db

ME = "/api/v1/auth/me/"
PASSWORD_CHANGE = "/api/v1/auth/password/change/"
ORGANIZER = "/api/v1/auth/organizer/"
REFRESH = "/api/v1/auth/token/refresh/"
NEW = "downhill-is-harder-7"


def log_in(user, password=PASSWORD, client=None, **extra):
    return (client or APIClient()).post(
        "/api/v1/auth/login/", {"email": user.email, "password": password}, **extra
    )


def test_a_person_sees_what_is_theirs_and_nothing_that_is_secret():
    user = UserFactory(password=PASSWORD, city="Osh")

    me = client_for(user).get(ME).data

    assert me["city"] == "Osh"
    assert me["organizer"] is None
    assert me["has_password"] is True
    assert not {"password", "token_version", "is_superuser", "is_active"} & me.keys()


def test_knowing_oneself_takes_one_query(django_assert_num_queries):
    client = client_for(OrganizerFactory())

    with django_assert_num_queries(1):
        client.get(ME)


def test_changing_the_market_changes_the_currency():
    user = UserFactory()

    me = client_for(user).patch(ME, {"market": "US", "language": "en", "first_name": "  Jane \t Doe "}).data

    assert (me["market"], me["currency"], me["language"], me["first_name"]) == ("US", "USD", "en", "Jane Doe")
    user.refresh_from_db()
    assert (user.market, user.currency) == ("US", "USD")


def test_an_empty_change_changes_nothing():
    user = UserFactory()
    before = User.objects.values().get()

    assert client_for(user).patch(ME, {}).status_code == 200
    assert User.objects.values().get() == before


BAD = {
    "first_name": ["", "   ", "x" * 81, None, 1.5, [], {}, "\u200b"],
    "market": ["ALL", "kz", "", None, 1],
    "language": ["de", "", None],
    "birthday": ["1899-12-31", "2999-01-01", "yesterday", "2026-02-30", 20260101],
    "city": ["x" * 10_000, None, []],
    "email": ["other@example.com"],
    "phone": ["12", "x" * 40, ["+77012345678"]],
    "avatar": ["people/1"],
}


@pytest.mark.parametrize(
    ("field", "value"), [(field, value) for field, values in BAD.items() for value in values]
)
def test_a_wrong_value_names_its_field_and_stores_nothing(field, value):
    user = UserFactory()
    before = User.objects.values().get()

    response = client_for(user).patch(ME, {"last_name": "Changed", field: value})

    if field == "first_name" and value == 1.5:
        assert response.status_code == 200  # numbers are read as text
        return
    assert response.status_code == 400
    assert response.data["errors"][0]["pointer"] == f"/{field}"
    assert User.objects.values().get() == before


def test_a_nul_byte_is_refused():
    response = client_for(UserFactory()).patch(ME, {"city": "Al\0maty"})

    assert (response.status_code, response.data["code"]) == (400, "null_characters_not_allowed")


@pytest.mark.parametrize("body", ["{", "[]", "null", '"x"', "1", "[1,2]", b"\xff", "{'a':1}"])
def test_a_body_that_is_no_object_is_refused(body):
    assert client_for(UserFactory()).patch(ME, body, content_type="application/json").status_code == 400
    login = APIClient().post("/api/v1/auth/login/", body, content_type="application/json")
    assert login.status_code == 400


def test_a_new_password_ends_every_sign_in_and_begins_one():
    user = UserFactory()
    here, elsewhere = log_in(user).data, log_in(user).data
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {here['access']}")

    changed = client.post(PASSWORD_CHANGE, {"current_password": PASSWORD, "new_password": NEW})

    assert changed.status_code == 200
    for old in (here, elsewhere):
        assert APIClient().get(ME, HTTP_AUTHORIZATION=f"Bearer {old['access']}").status_code == 401
        assert APIClient().post(REFRESH, {"refresh": old["refresh"]}).status_code == 401
    assert APIClient().get(ME, HTTP_AUTHORIZATION=f"Bearer {changed.data['access']}").status_code == 200
    assert APIClient().post(REFRESH, {"refresh": changed.data["refresh"]}).status_code == 200
    assert log_in(user).status_code == 401
    assert log_in(user, NEW).status_code == 200


def test_in_a_browser_the_new_refresh_token_is_a_cookie():
    response = client_for(UserFactory()).post(
        PASSWORD_CHANGE, {"current_password": PASSWORD, "new_password": NEW}, HTTP_X_DELUX_CLIENT="web"
    )

    assert "refresh" not in response.data
    assert response.cookies["delux_refresh"]["httponly"]


@pytest.mark.parametrize("current", ["wrong", "", None])
def test_without_the_current_password_nothing_changes(current):
    user = UserFactory()
    body = {"new_password": NEW} | ({"current_password": current} if current is not None else {})

    response = client_for(user).post(PASSWORD_CHANGE, body)

    assert response.status_code == 400
    assert response.data["errors"][0]["pointer"] == "/current_password"
    assert log_in(user).status_code == 200


def test_a_weak_new_password_is_refused_at_its_field():
    response = client_for(UserFactory()).post(
        PASSWORD_CHANGE, {"current_password": PASSWORD, "new_password": "12345678"}
    )

    assert response.data["code"] == "weak_password"
    assert {error["pointer"] for error in response.data["errors"]} == {"/new_password"}


def test_a_stolen_access_token_does_not_open_the_password_by_guessing():
    client = client_for(UserFactory())

    answers = [
        client.post(PASSWORD_CHANGE, {"current_password": f"guess{n}", "new_password": NEW}).status_code
        for n in range(12)
    ]

    assert answers == [400] * 10 + [429] * 2


@override_settings(PASSWORD_HASHERS=["delux.accounts.hashers.OwaspArgon2PasswordHasher"])
def test_passwords_are_kept_as_argon2id_with_owasp_s_parameters():
    user = UserFactory()
    client_for(user).post(PASSWORD_CHANGE, {"current_password": PASSWORD, "new_password": NEW})

    user.refresh_from_db()
    assert user.password.startswith("argon2$argon2id$v=19$m=19456,t=2,p=1$")


def test_a_person_becomes_an_organizer_once():
    user = UserFactory(market="KG", currency="KGS", city="Osh")
    client = client_for(user)

    created = client.post(ORGANIZER, {"display_name": "Ош Марафоны", "shipping_price": "150.00"})
    again = client.post(ORGANIZER, {"display_name": "Another"})

    assert created.status_code == 201
    assert created.data["slug"] == "osh-marafony"
    assert (created.data["market"], created.data["currency"], created.data["city"]) == ("KG", "KGS", "Osh")
    assert created.data["verified"] is False
    assert created.data["shipping_price"] == "150.00"
    assert (again.status_code, again.data["code"]) == (409, "already_organizer")
    assert client.get(ME).data["organizer"] == created.data


def test_namesakes_get_pages_of_their_own():
    slugs = [
        client_for(UserFactory()).post(ORGANIZER, {"display_name": "Steppe Runners"}).data["slug"]
        for _ in range(3)
    ]

    assert len(set(slugs)) == 3


@pytest.mark.parametrize("field", ["verified", "slug", "user", "market", "currency", "id", "logo"])
def test_an_organizer_cannot_give_themselves_what_was_not_offered(field):
    organizer = OrganizerFactory()
    before = OrganizerProfile.objects.values().get()

    answers = [
        client_for(UserFactory()).post(ORGANIZER, {"display_name": "X", field: "true"}),
        client_for(organizer).patch(ORGANIZER, {field: "true"}),
    ]

    assert [answer.status_code for answer in answers] == [400, 400]
    assert OrganizerProfile.objects.values().get() == before


BAD_PROFILE = {
    "display_name": ["", " ", "x" * 121, None],
    "shipping_price": ["-0.01", "0.001", "99999999999.00", "NaN", "free", None],
    "instagram": ["@club", "a b", "https://instagram.com/club", "x" * 31],
    "bio": ["x" * 4001, None],
}


@pytest.mark.parametrize(
    ("field", "value"), [(field, value) for field, values in BAD_PROFILE.items() for value in values]
)
def test_a_wrong_value_of_a_profile_names_its_field(field, value):
    response = client_for(UserFactory()).post(ORGANIZER, {"display_name": "Club", field: value})

    assert response.status_code == 400
    assert response.data["errors"][0]["pointer"] == f"/{field}"
    assert not OrganizerProfile.objects.exists()


def test_an_organizer_changes_their_own_profile():
    organizer = OrganizerFactory(slug="club")

    changed = client_for(organizer).patch(ORGANIZER, {"display_name": "New name", "shipping_price": "10"})

    assert changed.data["display_name"] == "New name"
    assert changed.data["shipping_price"] == "10.00"
    assert changed.data["slug"] == "club"


def test_an_organizers_days_are_counted_by_the_clock_of_its_market():
    organizer = OrganizerFactory(market="KG").user

    assert client_for(organizer).get(ME).data["organizer"]["timezone"] == "Asia/Bishkek"


def test_a_buyer_has_no_profile_to_change():
    assert client_for(UserFactory()).patch(ORGANIZER, {"bio": "x"}).status_code == 403


def test_anybody_sees_a_public_profile_and_nothing_private():
    OrganizerFactory(
        slug="club", display_name="Club", user__email="owner@example.com", pickup_address="Secret 5"
    )

    page = APIClient().get("/api/v1/organizers/club/")

    assert page.data.keys() == {
        "id", "slug", "display_name", "bio", "city", "instagram", "logo", "verified", "market"
    }  # fmt: skip
    assert "owner@example.com" not in repr(page.data)


def test_a_blocked_organizer_has_no_page():
    OrganizerFactory(slug="club", user__is_active=False)

    assert APIClient().get("/api/v1/organizers/club/").status_code == 404
    assert APIClient().get("/api/v1/organizers/nobody/").status_code == 404


def test_signing_in_from_many_devices_keeps_each_of_them():
    user = UserFactory()
    for _ in range(3):
        log_in(user, HTTP_USER_AGENT="Phone " + "x" * 300)

    assert TokenFamily.objects.filter(user=user, revoked_at=None).count() == 3
    assert {len(family.user_agent) for family in TokenFamily.objects.all()} == {200}
