"""The OpenAPI schema is what people and the generated client read: complete, and the same as committed."""

import re
from pathlib import Path

import pytest
from drf_spectacular.renderers import OpenApiYamlRenderer
from drf_spectacular.validation import validate_schema

from tests.openapi import Operation, document, generated, operations, validator

COMMITTED = Path(__file__).resolve().parent.parent / "openapi.yaml"
TAGS = {
    "Auth",
    "Account",
    "Events",
    "Shop",
    "Basket",
    "Orders",
    "Tickets",
    "Payments",
    "CRM",
    "Service",
}
OPERATIONS = [pytest.param(operation, id=operation.id) for operation in operations()]


def test_the_generator_has_nothing_to_warn_of_and_the_schema_is_valid() -> None:
    schema, warnings = generated()

    assert warnings == []
    validate_schema(schema)


def test_operation_ids_are_unique() -> None:
    ids = [operation.id for operation in operations()]

    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("operation", OPERATIONS)
def test_an_operation_has_a_name_a_summary_a_tag_an_example_and_its_errors(operation: Operation) -> None:
    assert re.fullmatch(r"[a-z]+(_[a-z]+)*", operation.id)
    assert re.fullmatch(r"[A-ZА-Я].{5,90}[^.]", operation.spec["summary"])
    assert set(operation.spec["tags"]) <= TAGS
    assert len(operation.spec["tags"]) == 1
    if operation.body_type == "application/json":
        assert operation.example is not None
    responses = operation.spec["responses"]
    assert any(status.startswith("2") for status in responses)
    for status in ["400", *(["401"] if operation.reads_token else [])]:
        assert "application/problem+json" in responses[status]["content"]
    for status, response in responses.items():
        if status.startswith("4") and status != "415":
            codes = response["content"]["application/problem+json"]["examples"]
            assert all(example["value"]["code"] for example in codes.values())


@pytest.mark.parametrize("operation", OPERATIONS)
def test_every_example_is_what_its_schema_allows(operation: Operation) -> None:
    for body in (operation.spec.get("requestBody", {}), *operation.spec["responses"].values()):
        for content in body.get("content", {}).values():
            reference = content.get("schema", {}).get("$ref", "")
            for name, example in content.get("examples", {}).items():
                if reference:
                    errors = list(validator(reference.rpartition("/")[2]).iter_errors(example["value"]))
                    assert errors == [], name


def test_an_example_that_its_schema_does_not_allow_is_noticed() -> None:
    login = validator("LoginInputRequest")

    errors = login.iter_errors({"email": "a@b.kz", "password": 1, "is_staff": True})

    assert {error.validator for error in errors} == {"additionalProperties", "type"}


def test_components_are_named_for_people() -> None:
    names = list(document()["components"]["schemas"])

    assert [name for name in names if not re.fullmatch(r"[A-Z][A-Za-z0-9]+", name)] == []
    assert len({name.lower() for name in names}) == len(names)


def test_the_committed_schema_is_what_the_code_says() -> None:
    assert OpenApiYamlRenderer().render(document(), renderer_context={}).decode() == COMMITTED.read_text(), (
        "run `make schema` and commit backend/openapi.yaml"
    )
