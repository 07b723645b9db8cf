from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from PIL import Image

from delux.core.diagram import picture
from delux.core.diagram.entities import Attribute, Entity, read_entities
from delux.core.diagram.mermaid import as_mermaid
from delux.core.management.commands import er_diagram

PERSON = Entity(
    "people",
    "Person",
    (Attribute("id", "bigint", is_key=True), Attribute("email", "varchar", is_unique=True)),
)
PASS = Entity(
    "doors",
    "Pass",
    (
        Attribute("holder", "bigint", target="Person", is_unique=True, one=True),
        Attribute("issuer", "bigint", target="Person", is_optional=True),
    ),
)


@pytest.fixture
def docs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(er_diagram, "DOCS", tmp_path)
    return tmp_path


def test_tables_keys_and_relations_are_written_as_mermaid() -> None:
    text = as_mermaid([PERSON, PASS])

    assert "    %% people\n    Person {\n        bigint id PK\n        varchar email UK\n    }\n" in text
    assert '        bigint holder FK, UK\n        bigint issuer FK "optional"\n' in text
    assert '    Person ||--o| Pass : "holder"\n    Person |o--o{ Pass : "issuer"\n' in text


def test_every_table_of_the_project_is_there_and_no_other() -> None:
    names = {entity.name for entity in read_entities()}

    assert {"User", "Event", "Variant", "Order", "Payment", "CrmTask"} <= names
    assert names.isdisjoint({"Session", "LogEntry", "UserSocialAuth", "Permission"})


def test_tables_have_names_that_tell_them_apart() -> None:
    entities = read_entities()

    assert len({entity.name for entity in entities}) == len(entities)


def test_what_was_just_made_is_up_to_date(docs: Path) -> None:
    call_command("er_diagram", verbosity=0)

    call_command("er_diagram", "--check")
    assert Image.open(docs / "er_diagram.png").width > 1000


@pytest.mark.parametrize("stale", ["missing", "edited", "old picture"])
def test_a_diagram_that_does_not_show_the_models_is_noticed(
    docs: Path, monkeypatch: pytest.MonkeyPatch, stale: str
) -> None:
    monkeypatch.setattr(er_diagram, "read_entities", lambda: [PERSON, PASS])
    call_command("er_diagram", verbosity=0)
    if stale == "missing":
        (docs / "er_diagram.png").unlink()
    elif stale == "edited":
        (docs / "er_diagram.mmd").write_text("erDiagram\n")
    else:
        picture.draw([PERSON]).save(docs / "er_diagram.png")

    with pytest.raises(CommandError, match=r"run `manage\.py er_diagram`"):
        call_command("er_diagram", "--check")


def test_no_table_lies_over_another() -> None:
    plan = picture._plan(read_entities())
    boxes = list(plan.boxes.values())

    for one in boxes:
        assert 0 < one.x < plan.size[0] - picture._WIDTH
        assert one.y + one.height < plan.size[1]
        for other in boxes:
            apart = one.y + one.height <= other.y or other.y + other.height <= one.y
            assert one is other or one.column != other.column or apart
