"""A repeated request takes effect once, and its answer is the first one, byte for byte."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Event

import pytest
from django.db import connections
from django.urls import path
from django.utils import timezone
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import CharField

from delux.accounts.models import Address, User
from delux.accounts.tests.factories import UserFactory
from delux.core.api.idempotency import forget_old_keys, once
from delux.core.api.serializers import StrictSerializer
from delux.core.api.views import View
from delux.core.errors import Conflict
from delux.core.models import IdempotencyKey
from delux.testing import client_for

entered, may_finish = Event(), Event()


class CityInput(StrictSerializer):
    city = CharField()


class EffectView(View):
    """Writes one row a run, so that effects can be counted."""

    permission_classes = (IsAuthenticated,)

    def post(self, request: Request) -> Response:
        body = self.read(request, CityInput)

        def act() -> Response:
            row = Address.objects.create(user=request.user, city=body["city"], country="KZ")
            if body["city"] == "full":
                raise Conflict("No room")
            if body["city"] == "slow":
                entered.set()
                may_finish.wait(10)
            return Response({"id": row.pk, "at": timezone.now()}, status=201)

        return once(request, act)


urlpatterns = [path("api/effect/", EffectView.as_view())]
pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]


@pytest.fixture
def buyer(db) -> User:
    return UserFactory()


def send(user: User, *, key: str | None = "k-1", city: str = "Almaty"):
    headers = {} if key is None else {"HTTP_IDEMPOTENCY_KEY": key}
    return client_for(user).post("/api/effect/", {"city": city}, **headers)


def test_a_replay_gets_the_first_answer_byte_for_byte(buyer: User) -> None:
    first, replay = send(buyer), send(buyer)

    assert (first.status_code, replay.status_code) == (201, 201)
    assert replay.content == first.content
    assert replay["Idempotent-Replay"] == "true"
    assert Address.objects.count() == 1


def test_the_same_key_with_another_body_is_refused(buyer: User) -> None:
    send(buyer)

    answer = send(buyer, city="Osh")

    assert (answer.status_code, answer.json()["code"]) == (422, "idempotency_key_reused")
    assert Address.objects.count() == 1


@pytest.mark.parametrize("key", [None, "", "x" * 256, "ключ", "a\tb"])
def test_a_missing_or_strange_key_is_a_400(buyer: User, key: str | None) -> None:
    answer = send(buyer, key=key.encode("utf-8").decode("latin-1") if key else key)

    assert answer.status_code == 400
    assert Address.objects.count() == 0


def test_two_people_may_use_the_same_key(buyer: User) -> None:
    send(buyer)
    send(UserFactory())

    assert Address.objects.count() == 2


def test_a_refusal_is_not_kept_and_leaves_nothing(buyer: User) -> None:
    assert send(buyer, city="full").status_code == 409

    assert Address.objects.count() == 0
    assert IdempotencyKey.objects.count() == 0


def test_a_key_is_forgotten_after_a_day(buyer: User) -> None:
    send(buyer)
    IdempotencyKey.objects.update(created_at=timezone.now() - timedelta(hours=25))

    assert send(buyer).status_code == 201
    assert Address.objects.count() == 2
    IdempotencyKey.objects.update(created_at=timezone.now() - timedelta(hours=25))
    assert forget_old_keys() == 1


@pytest.mark.django_db(transaction=True)
def test_of_sixteen_twins_at_once_one_takes_effect(buyer: User) -> None:
    def twin(_: int) -> int:
        try:
            return send(buyer).status_code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(16) as pool:
        statuses = list(pool.map(twin, range(16)))

    assert set(statuses) <= {201, 409}
    assert Address.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_twin_in_flight_is_told_to_wait(buyer: User) -> None:
    def slow() -> int:
        try:
            return send(buyer, city="slow").status_code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as pool:
        first = pool.submit(slow)
        entered.wait(10)
        twin = send(buyer, city="slow")
        may_finish.set()

    assert (twin.status_code, twin["Retry-After"]) == (409, "1")
    assert first.result() == 201
    assert Address.objects.count() == 1
