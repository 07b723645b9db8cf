"""The API's own description."""

from functools import cache
from typing import Any

from django.utils import translation
from drf_spectacular.generators import SchemaGenerator


@cache
def read_document(language: str) -> dict[str, Any]:
    """Return the OpenAPI document in a language, made once a process: that takes a second."""
    with translation.override(language):
        generator = SchemaGenerator()  # type: ignore[no-untyped-call]  # the library has no hints
        document: dict[str, Any] = generator.get_schema(  # type: ignore[no-untyped-call]  # as above
            request=None, public=True
        )
    return document
