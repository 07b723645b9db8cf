"""The table of codes at the end of `docs/api/errors.md`, made from the code."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from delux.core.api.error_table import render_error_table

GUIDE = settings.BASE_DIR.parent / "docs" / "api" / "errors.md"
HEADING = "## Every code\n\n"


class Command(BaseCommand):
    help = "Write the table of error codes into docs/api/errors.md, or check that it is up to date."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--check", action="store_true", help="Write nothing; fail when the table is out of date."
        )

    def handle(self, *_args: Any, check: bool, **_options: Any) -> None:
        written = GUIDE.read_text(encoding="utf-8")
        before, heading, _ = written.partition(HEADING)
        if not heading:
            raise CommandError(f"{GUIDE} has no heading {HEADING.strip()!r}.")
        text = before + HEADING + render_error_table()
        if check and text != written:
            raise CommandError("docs/api/errors.md is not what the code says: run `make schema`.")
        if not check:
            GUIDE.write_text(text, encoding="utf-8")
