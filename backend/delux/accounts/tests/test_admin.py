import pytest
from django.urls import reverse
from rest_framework.test import APIClient

from delux.accounts.models import OrganizerProfile, TokenFamily, User
from delux.accounts.tests.factories import PASSWORD, AddressFactory, OrganizerFactory, UserFactory
from delux.notifications.tests.factories import NotificationFactory

pytestmark = pytest.mark.django_db

MODELS = [
    "accounts_user",
    "accounts_organizerprofile",
    "accounts_address",
    "accounts_tokenfamily",
    "notifications_notification",
    "notifications_delivery",
]


@pytest.fixture
def staff(client):
    client.force_login(
        UserFactory(is_staff=True, is_superuser=True), backend="delux.accounts.backends.PasswordBackend"
    )
    return client


@pytest.mark.parametrize("model", MODELS)
def test_staff_see_and_search_every_list(staff, model):
    AddressFactory()
    NotificationFactory()
    OrganizerFactory()

    response = staff.get(reverse(f"admin:{model}_changelist"), {"q": "runner"})

    assert response.status_code == 200


def test_verifying_an_organizer_is_the_staffs_to_do(staff):
    organizer = OrganizerFactory()
    page = reverse("admin:accounts_organizerprofile_change", args=[organizer.pk])
    form = staff.get(page).context["adminform"].form.initial

    staff.post(page, {name: value for name, value in form.items() if value is not None} | {"verified": "on"})

    assert OrganizerProfile.objects.get().verified


def test_blocking_a_person_ends_their_sign_ins_for_good(staff):
    person = UserFactory()
    refresh = (
        APIClient().post("/api/v1/auth/login/", {"email": person.email, "password": PASSWORD}).data["refresh"]
    )
    page = reverse("admin:accounts_user_change", args=[person.pk])
    form = {name: value for name, value in staff.get(page).context["adminform"].form.initial.items() if value}
    form = {name: form[name] for name in ("email", "first_name", "last_name", "market", "language")}

    for is_active in ({}, {"is_active": "on"}):
        assert staff.post(page, form | is_active).status_code == 302

    assert User.objects.get(pk=person.pk).is_active
    assert TokenFamily.objects.get(user=person).revoked_at is not None
    assert APIClient().post("/api/v1/auth/token/refresh/", {"refresh": refresh}).status_code == 401


def test_what_services_write_cannot_be_changed_by_hand(staff):
    notification = NotificationFactory()

    page = reverse("admin:notifications_notification_change", args=[notification.pk])

    assert staff.post(page, {"title": "Changed"}).status_code == 403
    assert (
        staff.post(reverse("admin:notifications_notification_delete", args=[notification.pk])).status_code
        == 403
    )


def test_a_buyer_does_not_enter_the_admin(client):
    client.force_login(UserFactory(), backend="delux.accounts.backends.PasswordBackend")

    assert client.get(reverse("admin:accounts_user_changelist")).status_code == 302
