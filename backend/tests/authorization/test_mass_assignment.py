"""What a request may set is what its schema names: any other column of any table is refused anywhere."""

import copy
from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps

from tests.authorization.policies import ACTORS, POLICIES, PUBLIC
from tests.calls import body_of, undone
from tests.openapi import Operation, operations, resolve
from tests.world import World

pytestmark = pytest.mark.django_db
# A provider's message is stored whole, as it was signed; its fields are read one by one.
TAKES_ANYTHING = {"payments_webhook"}
WRITES = [
    pytest.param(operation, id=operation.id)
    for operation in operations()
    if operation.body_type and operation.id not in TAKES_ANYTHING
]
# What no answer names: secrets, and the insides of signing in and paying.
SECRET = {
    "password",
    "is_superuser",
    "token_version",
    "current_hash",
    "previous_hash",
    "code_hash",
    "key_hash",
    "idempotency_key",
    "request_hash",
    "provider_payment_id",
    "provider_refund_id",
}
# What answers to strangers do not name either: people's own, and how stock is counted.
OWN = {
    "email",
    "phone",
    "is_staff",
    "birthday",
    "customer",
    "qr_code",
    "stream_url",
    "meeting_link",
    "access_instructions",
    "stock_quantity",
    "held_quantity",
    "quantity_total",
    "quantity_held",
    "quantity_sold",
    "places_taken",
}


def columns() -> set[str]:
    """Return the names of every column of every table of ours, with and without ``_id``."""
    fields = {
        field
        for model in apps.get_models()
        if model.__module__.startswith("delux.")
        for field in model._meta.concrete_fields
    }
    return {field.name for field in fields} | {field.attname for field in fields}


def objects(
    schema: dict[str, Any], value: Any, pointer: str = ""
) -> Iterator[tuple[str, dict[str, Any], set[str]]]:
    """Yield each JSON object inside ``value``: its pointer, itself, and the fields its schema allows."""
    schema = resolve(schema)
    if isinstance(value, dict):
        properties = schema.get("properties", {})
        yield pointer, value, set(properties)
        for name, nested in value.items():
            yield from objects(properties.get(name, {}), nested, f"{pointer}/{name}")
    elif isinstance(value, list):
        for index, nested in enumerate(value):
            yield from objects(schema.get("items", {}), nested, f"{pointer}/{index}")


def owner_of(operation: Operation) -> str:
    """Return somebody whom the operation lets in."""
    row = POLICIES[operation.id].split()
    preferred = ("buyer", "organizer", "other_buyer", "staff", "anonymous")
    decisions = dict(zip(ACTORS, row, strict=True))
    return next((actor for actor in preferred if decisions[actor] == "ok"), "anonymous")


@pytest.mark.parametrize("operation", WRITES)
def test_columns_that_the_schema_does_not_name_are_refused_by_name(
    operation: Operation, world: World
) -> None:
    content = operation.spec["requestBody"]["content"][operation.body_type]
    body = body_of(operation, world)
    multipart = operation.body_type == "multipart/form-data"
    places = list(objects(content["schema"], body))

    for index, (pointer, _, allowed) in enumerate(places):
        smuggled = columns() - allowed
        tampered = dict(body) if multipart else copy.deepcopy(body)
        _, place, _ = list(objects(content["schema"], tampered))[index]
        place |= dict.fromkeys(smuggled, 1)
        response = undone(operation, owner_of(operation), world, body=tampered)

        assert response.status_code == 400, response.content[:300]
        refused = {
            problem["pointer"] for problem in response.json()["errors"] if problem["code"] == "unknown"
        }
        assert refused == {f"{pointer}/{name}" for name in smuggled}


def names_in(schema: dict[str, Any], seen: frozenset[str] = frozenset()) -> set[str]:
    """Return the name of every field that a schema describes, at any depth."""
    reference = schema.get("$ref", "")
    if reference in seen:
        return set()
    schema, seen = resolve(schema), seen | {reference} - {""}
    inner = [*schema.get("properties", {}).values(), schema.get("items"), *schema.get("allOf", ())]
    return set(schema.get("properties", {})).union(*(names_in(nested, seen) for nested in inner if nested))


def names_answered(operation: Operation) -> set[str]:
    contents = [response.get("content", {}) for response in operation.spec["responses"].values()]
    return set().union(*(names_in(media["schema"]) for content in contents for media in content.values()))


def test_no_answer_names_a_secret() -> None:
    named = {operation.id: names_answered(operation) & SECRET for operation in operations()}

    assert {name: found for name, found in named.items() if found} == {}


def test_no_answer_to_strangers_names_what_is_a_persons_own() -> None:
    # Signing in answers with one's own account.
    public = [
        operation
        for operation in operations()
        if POLICIES[operation.id] == PUBLIC and not operation.id.startswith("auth_")
    ]

    named = {operation.id: names_answered(operation) & OWN for operation in public}

    assert len(public) >= 10
    assert {name: found for name, found in named.items() if found} == {}
