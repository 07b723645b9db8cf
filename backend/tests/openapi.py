"""The OpenAPI schema as tests read it: generated once, from the code, with the generator's warnings kept."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.utils import translation
from drf_spectacular.drainage import GENERATOR_STATS
from drf_spectacular.generators import SchemaGenerator
from jsonschema import Draft202012Validator

METHODS = ("get", "post", "put", "patch", "delete")


@dataclass(frozen=True)
class Operation:
    """One method of one path."""

    id: str
    method: str
    path: str
    spec: dict[str, Any]

    def __str__(self) -> str:
        return self.id

    @property
    def body_type(self) -> str:
        """The media type of the request's body, or nothing."""
        return next(iter(self.spec.get("requestBody", {}).get("content", {})), "")

    @property
    def example(self) -> Any:
        """The first example of the request's body."""
        examples = (
            self.spec.get("requestBody", {}).get("content", {}).get(self.body_type, {}).get("examples", {})
        )
        return next((example["value"] for example in examples.values()), None)

    @property
    def needs_key(self) -> bool:
        return any(parameter["name"] == "Idempotency-Key" for parameter in self.spec.get("parameters", ()))

    @property
    def reads_token(self) -> bool:
        """Whether the endpoint looks at the access token at all."""
        return any(self.spec.get("security", ()))


@cache
def generated() -> tuple[dict[str, Any], list[str]]:
    """Return the schema and what its generator warned of."""
    GENERATOR_STATS.reset()
    with translation.override("en"):
        schema = SchemaGenerator().get_schema(request=None, public=True)
    return schema, [*GENERATOR_STATS._warn_cache, *GENERATOR_STATS._error_cache]


def document() -> dict[str, Any]:
    return generated()[0]


def operations() -> Iterator[Operation]:
    for path, methods in document()["paths"].items():
        for method in METHODS:
            if method in methods:
                yield Operation(methods[method]["operationId"], method, path, methods[method])


@cache
def validator(name: str) -> Draft202012Validator:
    """Return what checks a value against a component of the schema."""
    return Draft202012Validator(
        {"$ref": f"#/components/schemas/{name}", "components": _as_json_schema(document()["components"])},
        format_checker=Draft202012Validator.FORMAT_CHECKER,
    )


def _as_json_schema(part: Any) -> Any:
    """Translate OpenAPI 3.0 into JSON Schema: they differ in how they say that something may be null."""
    if isinstance(part, list):
        return [_as_json_schema(each) for each in part]
    if not isinstance(part, dict):
        return part
    rest = {name: _as_json_schema(each) for name, each in part.items() if name != "nullable"}
    return {"anyOf": [rest, {"type": "null"}]} if part.get("nullable") is True else rest


def resolve(schema: dict[str, Any]) -> dict[str, Any]:
    """Follow references to the schema that is meant."""
    while reference := schema.get("$ref"):
        schema = document()["components"]["schemas"][reference.rsplit("/", 1)[1]]
    if len(schema.get("allOf", ())) == 1:
        return resolve(schema["allOf"][0])
    return schema
