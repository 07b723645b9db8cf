"""The ER diagram as text: Mermaid, which code hosts draw by themselves and whose differences can be read."""

from itertools import groupby

from delux.core.diagram.entities import Attribute, Entity

_HEAD = """\
%% Made from the models by `manage.py er_diagram`; do not edit.
%% Every table also has created_at and updated_at.
erDiagram
"""


def as_mermaid(entities: list[Entity]) -> str:
    """Return the diagram's source: entities app by app, then the relations between them."""
    parts = [_HEAD]
    for app, members in groupby(entities, key=lambda entity: entity.app):
        parts.append(f"\n    %% {app}\n")
        parts += [_entity(entity) for entity in members]
    parts.append("\n    %% relations\n")
    parts += [_relation(entity, field) for entity in entities for field in entity.attributes if field.target]
    return "".join(parts)


def _entity(entity: Entity) -> str:
    lines = "".join(f"        {_attribute(attribute)}\n" for attribute in entity.attributes)
    return f"    {entity.name} {{\n{lines}    }}\n"


def _attribute(attribute: Attribute) -> str:
    keys = [
        key
        for key, holds in (("PK", attribute.is_key), ("FK", attribute.target), ("UK", attribute.is_unique))
        if holds
    ]
    words = [attribute.type, attribute.name]
    if keys:
        words.append(", ".join(keys))
    if attribute.is_optional:
        words.append('"optional"')
    return " ".join(words)


def _relation(entity: Entity, field: Attribute) -> str:
    target_end = "|o" if field.is_optional else "||"
    own_end = "o|" if field.one else "o{"
    return f'    {field.target} {target_end}--{own_end} {entity.name} : "{field.name}"\n'
