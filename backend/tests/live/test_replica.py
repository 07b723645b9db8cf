"""Marked reads and a real streaming replica: who reads what, and what happens without it."""

import json
import os
import re
import signal
import time
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from http.client import HTTPConnection
from http.cookies import SimpleCookie
from typing import Any

import pytest
from django.conf import settings
from django.db import connections, transaction
from django.test import override_settings

from delux.accounts.models import User
from delux.accounts.services.access_tokens import issue_access_token
from delux.accounts.tests.factories import OrganizerFactory, UserFactory
from delux.core import replica as marked
from delux.core.kept_query import KeptObjects, KeptQuery
from delux.crm.services.exports import work_on_exports
from delux.crm.tests.factories import sell
from delux.events.models import Event
from delux.events.tests.factories import EventFactory
from delux.market.tests.factories import VariantFactory
from delux.testing import client_for
from dev.embedded_postgres import EmbeddedPostgres
from dev.processes import processes_in
from tests.live.replicas import REPLICATES, ask, catch_up, hold_back, replica_of
from tests.live.server import METRICS_TOKEN, own_server, serving

pytestmark = pytest.mark.slow

PATIENCE = 20.0
# Of two questions each loses three seconds to the frozen server at first, and two whenever it is tried again.
LONGEST = 9.0


@dataclass
class Client:
    """Somebody who asks over HTTP; ``cookies`` is None for a program that keeps none."""

    port: int
    user: User | None = None
    cookies: SimpleCookie | None = field(default_factory=SimpleCookie)

    def ask(self, method: str, path: str, body: Any = None) -> tuple[int, Any]:
        # A new connection each time: either web process may answer.
        site = HTTPConnection("127.0.0.1", self.port, timeout=10)
        headers = {"Content-Type": "application/json", "Accept-Language": "en"}
        if self.user:
            headers["Authorization"] = f"Bearer {issue_access_token(self.user)}"
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{name}={one.value}" for name, one in self.cookies.items())
        site.request(method, path, json.dumps(body) if body is not None else None, headers)
        answer = site.getresponse()
        for one in answer.headers.get_all("Set-Cookie", []):
            if self.cookies is not None:
                self.cookies.load(one)
        content = answer.read()
        site.close()
        return answer.status, json.loads(content) if content[:1] == b"{" else content

    def title(self, event: Event) -> str:
        status, page = self.ask("GET", f"/api/v1/events/{event.slug}/")
        assert status == 200, page
        return str(page["title"])


@dataclass
class Pair:
    """A shop of two web processes before a primary and its replica."""

    replica: EmbeddedPostgres
    event: Event
    port: int

    @property
    def organizer(self) -> Client:
        """A browser that is signed in: its sign-in left a cookie."""
        return Client(self.port, self.event.organizer.user, SimpleCookie("delux_refresh=x"))

    def warm_up(self) -> None:
        """Have every thread of both processes ask the replica once, which it then knows to be close."""

        def crowd(_: int) -> None:
            for _ in range(5):
                Client(self.port).title(self.event)

        at_first = self.answered().get("replica", 0)
        with ThreadPoolExecutor(8) as people:
            until(lambda: [*people.map(crowd, range(8))] and self.answered()["replica"] >= at_first + 40)

    def answered(self) -> dict[str, float]:
        """Return how many marked reads each has answered."""
        site = HTTPConnection("127.0.0.1", self.port, timeout=10)
        site.request("GET", "/metrics/", headers={"Authorization": f"Bearer {METRICS_TOKEN}"})
        text = site.getresponse().read().decode()
        site.close()
        found = re.findall(r'^delux_marked_reads_total\{answered="([^"]+)"\} (\S+)$', text, re.MULTILINE)
        return {answered: float(number) for answered, number in found}


@pytest.fixture(scope="module")
def primary(django_db_setup: None, django_db_blocker: Any) -> Iterator[EmbeddedPostgres]:
    with django_db_blocker.unblock(), own_server(settings=REPLICATES) as server:
        yield server


@pytest.fixture(scope="module")
def replica(primary: EmbeddedPostgres) -> Iterator[EmbeddedPostgres]:
    with replica_of(primary) as server:
        yield server


@pytest.fixture(scope="module")
def pair(primary: EmbeddedPostgres, replica: EmbeddedPostgres, tmp_path_factory: Any) -> Iterator[Pair]:
    var = tmp_path_factory.mktemp("replica")
    (var / "metrics").mkdir()
    event = EventFactory(title="Night run")
    with serving(
        database_url=primary.url,
        var=var,
        application="config.wsgi:application",
        DATABASE_REPLICA_URL=replica.url,
        DJANGO_SETTINGS_MODULE="tests.live.patient",
        PROMETHEUS_MULTIPROC_DIR=str(var / "metrics"),
        METRICS_TOKEN=METRICS_TOKEN,
    ) as port:
        yield Pair(replica, event, port)


def until(true: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_strangers_read_the_replica_and_whoever_has_just_written_reads_the_primary(pair: Pair) -> None:
    stranger, writer = Client(pair.port), pair.organizer
    program = Client(pair.port, writer.user, cookies=None)
    pair.warm_up()
    hold_back(pair.replica)
    try:
        answers = writer.ask("PATCH", f"/api/v1/crm/events/{pair.event.pk}/", {"title": "Dawn run"})
        assert answers[0] == 200, answers

        assert {stranger.title(pair.event) for _ in range(8)} == {"Night run"}
        assert {writer.title(pair.event) for _ in range(8)} == {"Dawn run"}
        assert {program.title(pair.event) for _ in range(8)} == {"Dawn run"}
        # The page brings its first answers from the same place.
        pages = [each.ask("GET", f"/events/{pair.event.slug}")[1].decode() for each in (stranger, writer)]
        assert ["Dawn run" in page for page in pages] == [False, True]
        # Without its mark, all else being the same, the writer would miss what it wrote.
        del writer.cookies["delux_wrote"]
        assert writer.title(pair.event) == "Night run"
    finally:
        catch_up(pair.replica)
    until(lambda: stranger.title(pair.event) == "Dawn run")


def test_opening_a_page_is_no_change_that_anybody_looks_for(pair: Pair) -> None:
    visitor = Client(pair.port)
    counted = visitor.ask("POST", "/api/v1/views/", {"event": pair.event.pk})

    assert (counted[0], dict(visitor.cookies)) == (204, {})
    visitor.ask("POST", "/api/v1/auth/login/", {})
    assert visitor.cookies["delux_wrote"]["max-age"] == "10"


def test_a_replica_that_is_killed_under_way_is_stood_in_for_and_comes_back(pair: Pair) -> None:
    stranger = Client(pair.port)
    pair.warm_up()
    pair.replica.process.send_signal(signal.SIGQUIT)
    pair.replica.process.wait()
    before = pair.answered()
    titles = {stranger.title(pair.event) for _ in range(12)}
    organizer = pair.organizer
    board = organizer.ask("GET", "/api/v1/crm/dashboard/")
    meanwhile = pair.answered()
    pair.replica.start()

    assert titles == {Event.objects.get(pk=pair.event.pk).title}
    assert board[0] == 200
    assert meanwhile.get("replica") == before.get("replica")
    assert meanwhile["primary_replica_away"] >= 10
    until(lambda: stranger.title(pair.event) != "" and pair.answered()["replica"] > meanwhile["replica"] + 4)


def test_a_replica_that_freezes_with_a_question_in_hand_is_given_up(pair: Pair) -> None:
    stranger = Client(pair.port)
    pair.warm_up()
    try:
        freeze(pair.replica, signal.SIGSTOP)
        asked = time.monotonic()
        titles = {stranger.title(pair.event) for _ in range(2)}
        waited = time.monotonic() - asked
    finally:
        freeze(pair.replica, signal.SIGCONT)
    before = pair.answered()["replica"]

    assert titles == {Event.objects.get(pk=pair.event.pk).title}
    assert waited < LONGEST
    until(lambda: stranger.title(pair.event) != "" and pair.answered()["replica"] > before)


# --- In this process: what decides about a read.


@pytest.fixture
def both(primary: EmbeddedPostgres, replica: EmbeddedPostgres, monkeypatch: Any) -> Iterator[None]:
    """Have this process know the replica as well."""
    ours = connections["default"].settings_dict
    settings.DATABASES["replica"] = {**ours, "PORT": replica.port}
    monkeypatch.setattr(marked, "_left_alone_until", 0.0)
    monkeypatch.setattr(marked, "_found", marked._Found())
    try:
        with override_settings(DATABASE_ROUTERS=["delux.core.replica.ReplicaRouter"], REPLICA_BELIEVED=0.0):
            yield
    finally:
        connections["replica"].close()
        del connections["replica"], settings.DATABASES["replica"]


class Where:
    """A view whose reads tell where they were answered."""

    @marked.from_replica
    def get(self) -> list[bool]:
        return [self.by_hand(), self.by_orm(), *self.kept()]

    def by_hand(self) -> bool:
        with marked.read_connection().cursor() as cursor:
            cursor.execute("SELECT pg_is_in_recovery()")
            return bool(cursor.fetchone()[0])

    def by_orm(self) -> bool:
        return Event.objects.order_by("pk")[0]._state.db == "replica"

    def kept(self) -> tuple[bool, bool]:
        last = KeptObjects(lambda pk: Event.objects.filter(pk=pk), pk=int)
        rows = KeptQuery(lambda pk: Event.objects.filter(pk=pk).values("id"), pk=int)
        pk = Event.objects.order_by("pk")[0].pk
        assert rows.read(pk=pk) == [{"id": pk}]
        return last.read(pk=pk)[0]._state.db == "replica", True


def test_every_kind_of_a_marked_read_goes_to_the_replica_and_none_of_a_transaction(both: None) -> None:
    EventFactory()
    view = Where()
    until(lambda: view.by_orm() is False and all(view.get()))

    with transaction.atomic():
        assert view.get()[:2] == [False, False]
    with marked.reading_own_writes():
        assert view.get()[:2] == [False, False]
    assert view.get()[:2] == [True, True]
    assert view.by_hand() is False


def test_a_replica_that_is_too_far_behind_is_passed_over_until_it_has_caught_up(
    both: None, replica: EmbeddedPostgres
) -> None:
    view = Where()
    EventFactory()
    until(lambda: view.get()[0])
    hold_back(replica)
    try:
        VariantFactory()
        assert view.get()[0] is True  # behind by less than three seconds
        with override_settings(REPLICA_MOST_BEHIND=0.0):
            assert view.get()[0] is False
    finally:
        catch_up(replica)
    until(lambda: view.get()[0])


def test_a_long_export_is_read_from_the_replica_once_that_has_all_there_was(
    both: None, replica: EmbeddedPostgres, monkeypatch: Any
) -> None:
    monkeypatch.setattr("delux.crm.api.exports.AT_ONCE", 0)
    monkeypatch.setattr("delux.crm.selectors.tables._AT_A_TIME", 1)
    organizer = OrganizerFactory()
    client = client_for(organizer)

    def export(**during: Any) -> tuple[int, int]:
        """Sell one more; return how many marked reads the replica answered, and how many sales are told."""
        sell(organizer=organizer, customer=UserFactory())
        made = client.post("/api/v1/crm/exports/orders/", {}).json()
        before = answered_here("replica")
        with override_settings(**during):
            work_on_exports()
        file = client.get(f"/api/v1/crm/exports/{made['id']}/file/").getvalue().decode()
        return answered_here("replica") - before, file.count("@")

    first = export()
    hold_back(replica)
    try:
        second = export(REPLICA_MOST_BEHIND=0.1)
    finally:
        catch_up(replica)

    assert [first, second, export()] == [(1, 1), (0, 2), (1, 3)]


def test_what_is_lost_in_the_middle_is_read_anew_from_the_primary(both: None) -> None:
    EventFactory.create_batch(3)
    asked = []

    @marked.from_replica_that_caught_up
    def read() -> list[int]:
        asked.append(marked.read_alias())
        found = []
        for event in Event.objects.order_by("pk").iterator(chunk_size=1):
            found.append(event.pk)
            if asked == ["replica"]:
                end_connection()
        return found

    with override_settings(REPLICA_LEFT_ALONE=600.0):
        assert read() == [*Event.objects.order_by("pk").values_list("pk", flat=True)]
        assert read()
    assert asked == ["replica", "default", "default"]


def end_connection() -> None:
    with marked.read_connection().cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")


def answered_here(by: str) -> int:
    return int(marked.READS.labels(answered=by)._value.get())


def test_what_the_replica_cannot_answer_the_primary_does(both: None) -> None:
    """A column may be on its way there."""
    view = Where()
    EventFactory()
    until(lambda: view.get()[0])
    steps = [view.by_hand, no_such_column]
    with override_settings(REPLICA_LEFT_ALONE=600.0):
        assert marked.from_replica(take_a_step)(steps) is False
        assert view.get()[0] is False


def take_a_step(steps: list[Callable[[], object]]) -> object:
    return steps.pop()()


def no_such_column() -> None:
    with marked.read_connection().cursor() as cursor:
        cursor.execute("SELECT no_such_column")


def test_a_server_that_never_was_a_replica_answers_nothing(both: None, primary: EmbeddedPostgres) -> None:
    settings.DATABASES["replica"]["PORT"] = primary.port
    view = Where()
    EventFactory()

    assert [view.get()[1] for _ in range(3)] == [False] * 3


def test_what_went_on_in_another_timeline_is_no_copy_however_far_it_is(
    both: None, primary: EmbeddedPostgres
) -> None:
    EventFactory()
    view = Where()
    with replica_of(primary) as other:
        settings.DATABASES["replica"]["PORT"] = other.port
        until(lambda: view.get()[0])
        assert ask(other, "SELECT pg_promote()")
        assert [view.get()[1] for _ in range(3)] == [False] * 3
        connections["replica"].close()


def test_a_replica_that_freezes_in_the_middle_of_an_export_is_given_up(
    both: None, replica: EmbeddedPostgres
) -> None:
    EventFactory.create_batch(3)
    asked = []

    @marked.from_replica_that_caught_up
    def read() -> list[int]:
        asked.append(marked.read_alias())
        found = []
        for event in marked.each_in_time(Event.objects.order_by("pk").iterator(chunk_size=1)):
            found.append(event.pk)
            if asked == ["replica"] and len(found) == 1:
                freeze(replica, signal.SIGSTOP)
        return found

    try:
        with override_settings(REPLICA_SILENCE=0.3):
            found = read()
    finally:
        freeze(replica, signal.SIGCONT)

    assert found == [*Event.objects.order_by("pk").values_list("pk", flat=True)]
    assert asked == ["replica", "default"]


def freeze(replica: EmbeddedPostgres, how: signal.Signals) -> None:
    for process in processes_in(replica.data):
        os.kill(process, how)


def test_what_was_found_is_of_one_connection(both: None, replica: EmbeddedPostgres) -> None:
    EventFactory()
    view = Where()
    until(lambda: view.get()[0])
    with override_settings(REPLICA_BELIEVED=600.0):
        assert view.get()[0] is True
        hold_back(replica)
        try:
            VariantFactory()
            with override_settings(REPLICA_MOST_BEHIND=0.0):
                assert view.get()[0] is True
                connections["replica"].close()
                assert view.get()[0] is False
        finally:
            catch_up(replica)


def test_a_primary_in_recovery_is_asked_itself(
    both: None, replica: EmbeddedPostgres, monkeypatch: Any
) -> None:
    EventFactory()
    monkeypatch.setattr(marked, "PRIMARY", "replica")  # that is in recovery
    monkeypatch.setattr(marked, "_primary_was", deque())
    view, late = Where(), answered_here("primary_replica_late")

    view.get()
    assert marked.from_replica_that_caught_up(lambda: 7)() == 7
    assert answered_here("primary_replica_late") == late + 2
