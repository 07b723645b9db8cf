"""What no honest client sends: broken bytes, absurd values, impossible ids. Always a 4xx, never kept."""

import copy
import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.http import HttpResponse

from tests.authorization.test_mass_assignment import owner_of
from tests.calls import body_of, path_parameters, undone
from tests.openapi import Operation, operations
from tests.world import World

pytestmark = pytest.mark.django_db
TAKES_ANYTHING = {"payments_webhook"}
# The desk's operations under a second address.
ALIASES = {"events_create", "products_create"}
JSON_WRITES = [
    pytest.param(operation, id=operation.id)
    for operation in operations()
    if operation.body_type == "application/json" and operation.id not in TAKES_ANYTHING
]
BROKEN = [
    b"{",
    b"[]",
    b"null",
    b'"text"',
    b"42",
    b'{"a":NaN}',
    b'{"a":1}{"b":2}',
    b"\xff\xfe{}",
    b'{"\\ud800":1}',
    b'{"a":"\\u0000"}',
    b"[" * 100_000,
    b'{"a":' * 100_000,
    b'{"a":"' + b"x" * 2_000_000 + b'"}',
]
ABSURD = [
    None,
    True,
    "",
    "\0",
    "\ud800",
    "x" * 10_000,
    "9" * 400,
    "NaN",
    "'; DROP TABLE accounts_user; --",
    "0001-01-01T00:00:00Z",
    "9999-12-31T23:59:59+14:00",
    -1,
    0.5,
    2**31,
    2**63,
    -(10**30),
    1e308,
    [[]],
    {"$ne": None},
]
ABSURD_FILTERS = ["", "\0", "x" * 10_000, "-1", "0", "9" * 30, "NaN", "1e400", "٣", "%", "' OR 1=1"]
IMPOSSIBLE_IDS = [
    "0",
    "-1",
    str(2**31),
    str(2**63),
    "9" * 30,
    "1e3",
    "٣",
    "%00",
    "a%00b",
    "' OR 1=1",
    "x" * 300,
    ".",
]


def leaves(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Yield the place of every field inside a body; of a list, its first item stands for all."""
    inner = (
        value if isinstance(value, dict) else dict(enumerate(value[:1])) if isinstance(value, list) else {}
    )
    for name, nested in inner.items():
        yield (*path, name)
        yield from leaves(nested, (*path, name))


def replaced(body: Any, path: tuple[Any, ...], value: Any) -> Any:
    changed = copy.deepcopy(body)
    place = changed
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    return changed


class Hostile:
    """Sends whatever it is given to one operation, as the owner of the thing it is about, without a trace."""

    def __init__(self, operation: Operation, world: World) -> None:
        self.client = world.client(owner_of(operation))
        self.method = operation.method.upper()
        self.template = operation.path
        self.real = path_parameters(operation, world)

    def send(self, raw: bytes, content_type: str = "application/json", **path: str) -> HttpResponse:
        with transaction.atomic():
            response = self.client.generic(
                self.method,
                self.template.format(**self.real | path),
                raw,
                content_type=content_type,
                headers={"Idempotency-Key": "hostile"},
            )
            transaction.set_rollback(True)
        return response


def is_refusal(response: HttpResponse) -> bool:
    return 400 <= response.status_code < 500 and response["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("operation", JSON_WRITES)
def test_bytes_that_are_no_json_object_are_refused(operation: Operation, world: World) -> None:
    hostile = Hostile(operation, world)
    answers = {raw[:20]: hostile.send(raw) for raw in BROKEN}

    assert {raw: answer.content[:200] for raw, answer in answers.items() if not is_refusal(answer)} == {}


@pytest.mark.parametrize("operation", JSON_WRITES)
def test_another_content_type_is_refused(operation: Operation, world: World) -> None:
    hostile, raw = Hostile(operation, world), json.dumps(body_of(operation, world)).encode()

    for content_type in ("text/plain", "application/xml", "multipart/form-data", "garbage"):
        assert is_refusal(hostile.send(raw, content_type)), content_type


@pytest.mark.parametrize("operation", [param for param in JSON_WRITES if param.id not in ALIASES])
def test_an_absurd_value_anywhere_is_refused_or_harmless(operation: Operation, world: World) -> None:
    hostile, body = Hostile(operation, world), body_of(operation, world)

    for place in leaves(body):
        for value in ABSURD:
            raw = json.dumps(replaced(body, place, value)).encode()
            answer = hostile.send(raw)
            assert answer.status_code < 300 or is_refusal(answer), (place, value, answer.content[:300])
            if value in ("\0", "\ud800"):
                assert answer.status_code == 400, (place, value, answer.content[:300])


@pytest.mark.parametrize(
    "operation",
    [pytest.param(operation, id=operation.id) for operation in operations() if "{" in operation.path],
)
def test_an_impossible_id_in_the_address_is_not_found(operation: Operation, world: World) -> None:
    hostile = Hostile(operation, world)
    takes_json = operation.body_type == "application/json"
    raw = json.dumps(body_of(operation, world)).encode() if takes_json else b""

    for name in hostile.real:
        for value in IMPOSSIBLE_IDS:
            answer = hostile.send(raw, **{name: value})
            assert is_refusal(answer), (name, value, answer.status_code, answer.content[:300])


@pytest.mark.parametrize(
    "operation",
    [pytest.param(operation, id=operation.id) for operation in operations() if operation.method == "get"],
)
def test_absurd_filters_are_refused_or_find_nothing(operation: Operation, world: World) -> None:
    path = operation.path.format(**path_parameters(operation, world))
    client = world.client(owner_of(operation))
    named = [p["name"] for p in operation.spec.get("parameters", []) if p["in"] == "query"]

    assert client.get(path, {"surely_no_such_filter": "1"}).status_code == 400
    for name in named:
        for value in ABSURD_FILTERS:
            answer = client.get(path, {name: value})
            assert answer.status_code in (200, 304) or is_refusal(answer), (name, value, answer.content[:300])


def test_the_world_is_as_it_was_after_refusals(world: World) -> None:
    """The harness itself: what is sent here leaves no trace, so one hostile request cannot hide another."""
    operation = next(one for one in operations() if one.id == "crm_tasks_create")

    before = undone(
        next(one for one in operations() if one.id == "crm_tasks_list"), "organizer", world
    ).json()
    assert undone(operation, "organizer", world).status_code == 201
    after = undone(next(one for one in operations() if one.id == "crm_tasks_list"), "organizer", world).json()

    assert before == after
