"""The server's words in its readers' languages: backend/locale/*/LC_MESSAGES/django.po, compiled to .mo.

Finds every text marked for translation, keeps the translations there are, leaves new ones empty to be filled
in, drops those no longer said, and compiles the .mo files the server reads.
"""

import importlib.util
import io
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_file
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from dev.console import BACKEND, DevError, command, say

LANGUAGES = ("ru", "kk", "ky")
MARKS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
}
# What REST framework says of a request reaches people too; its own translations are partial.
REST_FRAMEWORK = ("exceptions", "fields", "serializers", "validators")
# So do these of Django's, which lacks them in one language or another.
DJANGO: tuple[str | tuple[str, str], ...] = (
    "Null characters are not allowed.",
    "The password is too similar to the %(verbose_name)s.",
    "This password is too common.",
    (
        "This password is too short. It must contain at least %d character.",
        "This password is too short. It must contain at least %d characters.",
    ),
)
# Files carry no moment of their making: the same words make the same bytes.
TIMELESS = datetime(2026, 1, 1, tzinfo=UTC)

Text = str | tuple[str, ...]


def catalog_folder(language: str) -> Path:
    return BACKEND / "locale" / language / "LC_MESSAGES"


def framework_folder() -> Path:
    framework = importlib.util.find_spec("rest_framework")
    assert framework is not None
    assert framework.submodule_search_locations
    return Path(framework.submodule_search_locations[0])


def modules() -> Iterator[tuple[str, Path]]:
    """Yield every module that speaks to people, under the name the catalogue gives it."""
    for path in sorted(BACKEND.glob("delux/**/*.py")):
        if not {"tests", "migrations"} & set(path.relative_to(BACKEND).parts):
            yield path.relative_to(BACKEND).as_posix(), path
    for name in REST_FRAMEWORK:
        yield f"rest_framework/{name}.py", framework_folder() / f"{name}.py"


@cache
def said() -> tuple[tuple[str, Text], ...]:
    """Return each text to be translated with the name of its module; one with a plural is a pair."""
    found = [
        (name, text)
        for name, path in modules()
        for _line, text, _comments, _context in extract_from_file("python", path, keywords=MARKS)
    ]
    return (*found, *(("django", text) for text in DJANGO))


def translations(language: str) -> Catalog:
    """Return the catalogue of ``language`` as it should be: what is said now in the words there are."""
    path = catalog_folder(language) / "django.po"
    known = read_po(io.BytesIO(path.read_bytes()), locale=language) if path.exists() else Catalog()
    fresh = Catalog(language, project="Delux", creation_date=TIMELESS, revision_date=TIMELESS)
    for name, text in said():
        message = known.get(text if isinstance(text, str) else text[0])
        fresh.add(text, message.string if message else None, locations=[(name, 0)])
    return fresh


def as_po(catalog: Catalog) -> bytes:
    header = (
        f'msgid ""\nmsgstr ""\n"Language: {catalog.locale}\\n"\n"MIME-Version: 1.0\\n"\n'
        f'"Content-Type: text/plain; charset=utf-8\\n"\n"Plural-Forms: {catalog.plural_forms}\\n"\n\n'
    )
    body = io.BytesIO()
    write_po(body, catalog, omit_header=True, include_lineno=False, width=100)
    return header.encode() + body.getvalue()


def as_mo(catalog: Catalog) -> bytes:
    body = io.BytesIO()
    write_mo(body, catalog)
    return body.getvalue()


def untranslated(catalog: Catalog) -> list[str]:
    """Return the texts of which some form is still without words."""
    return [
        message.id if isinstance(message.id, str) else message.id[0]
        for message in catalog
        if message.id
        and not all([message.string] if isinstance(message.string, str) else message.string or [""])
    ]


@command
def main() -> None:
    missing = 0
    for language in LANGUAGES:
        catalog = translations(language)
        folder = catalog_folder(language)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "django.po").write_bytes(as_po(catalog))
        (folder / "django.mo").write_bytes(as_mo(catalog))
        missing += len(untranslated(catalog))
        say(f"  {language}: {len(catalog)} texts, {len(untranslated(catalog))} untranslated")
    if missing:
        raise DevError("Fill in the empty msgstr in backend/locale and run `make texts` again.")


if __name__ == "__main__":
    main()
