"""`docs/er_diagram.mmd` and `docs/er_diagram.png`, made from the models."""

import hashlib
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from PIL import Image, PngImagePlugin

from delux.core.diagram.entities import read_entities
from delux.core.diagram.mermaid import as_mermaid
from delux.core.diagram.picture import draw

DOCS = settings.BASE_DIR.parent / "docs"
# The picture carries the digest of the source it was drawn from, so that a stale one is noticed.
_DIGEST = "Source"


class Command(BaseCommand):
    help = "Draw the ER diagram from the models into docs/, or check that what is there is up to date."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--check", action="store_true", help="Write nothing; fail when docs/ is out of date."
        )

    def handle(self, *_args: Any, check: bool, **_options: Any) -> None:
        entities = read_entities()
        text = as_mermaid(entities)
        digest = hashlib.sha256(text.encode()).hexdigest()
        source, picture = DOCS / "er_diagram.mmd", DOCS / "er_diagram.png"
        if check:
            drawn_from = Image.open(picture).info.get(_DIGEST) if picture.exists() else None
            if not source.exists() or source.read_text() != text or drawn_from != digest:
                raise CommandError(
                    "The ER diagram does not show the models as they are: run `manage.py er_diagram`."
                )
            return
        source.write_text(text)
        info = PngImagePlugin.PngInfo()
        info.add_text(_DIGEST, digest)
        draw(entities).save(picture, optimize=True, pnginfo=info)
        self.stdout.write(f"{source} and {picture}: {len(entities)} tables")
