"""The data model as it stands in the code: what the ER diagram is drawn from."""

from dataclasses import dataclass

from django.apps import apps
from django.db import models

PROJECT = "delux."
# Every table has these two, so that drawing them says nothing.
_EVERYWHERE = {"created_at", "updated_at"}
# Where Django's name of a field does not say its type.
_TYPES = {
    "BigAutoField": "bigint",
    "BigIntegerField": "bigint",
    "BinaryField": "bytes",
    "CharField": "varchar",
    "EmailField": "varchar",
    "ForeignKey": "bigint",
    "OneToOneField": "bigint",
    "PositiveIntegerField": "integer",
    "PositiveSmallIntegerField": "smallint",
    "SearchVectorField": "tsvector",
    "SlugField": "varchar",
    "SmallIntegerField": "smallint",
    "URLField": "varchar",
}


@dataclass(frozen=True)
class Attribute:
    """A column; ``target`` is what a foreign key points at, and ``one`` says that it does so once at most."""

    name: str
    type: str
    is_key: bool = False
    is_unique: bool = False
    is_optional: bool = False
    target: str = ""
    one: bool = False


@dataclass(frozen=True)
class Entity:
    app: str
    name: str
    attributes: tuple[Attribute, ...]


def read_entities() -> list[Entity]:
    """Return every table of the project, app by app in the order the apps stand on each other."""
    return [
        Entity(config.label, model.__name__, tuple(_attributes(model)))
        for config in apps.get_app_configs()
        if config.name.startswith(PROJECT)
        for model in config.get_models()
    ]


def _attributes(model: type[models.Model]) -> list[Attribute]:
    fields = model._meta.fields  # noqa: SLF001 - documented by Django under this name
    return [_attribute(field) for field in fields if field.name not in _EVERYWHERE]


def _attribute(field: "models.Field[object, object]") -> Attribute:
    kind = field.get_internal_type()
    related = field.related_model if isinstance(field, models.ForeignKey) else None
    return Attribute(
        name=field.name,
        type=_TYPES.get(kind, kind.removesuffix("Field").lower()),
        is_key=field.primary_key,
        is_unique=field.unique and not field.primary_key,
        is_optional=field.null,
        target=related.__name__ if related and related.__module__.startswith(PROJECT) else "",
        one=isinstance(field, models.OneToOneField),
    )
