"""The browser application's built `index.html`, with a page's own head put into it."""

import re
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from delux.pages.head import Head, full_title, render_head

_HTML = re.compile(r'<html lang="[^"]*">')
_TITLE = re.compile(r"<title>[^<]*</title>")
_DESCRIPTION = re.compile(r'\s*<meta name="description"[^>]*>')
_LOOKS = re.compile(r'<link rel="(?:icon|stylesheet)"[^>]*>')
_THEME = re.compile(r'<script src="/assets/color-scheme[^>]*></script>')


class NotBuilt(Exception):
    """There is no `index.html`: the browser application was never built."""


def render_page(head: Head, *, language: str, asked: bool) -> str:
    """Return the whole page.

    :raises NotBuilt: there is nothing to put the head into
    """
    before, between, after = _shell()
    # Joined, never substituted: what people type is not read as a pattern.
    return "".join(
        (
            before,
            f'<html lang="{language}">',
            between,
            f"<title>{escape(full_title(head))}</title>\n    ",
            render_head(head, language=language, asked=asked),
            _map_source(),
            after,
        )
    )


def shared_head(*, themed: bool = True) -> SafeString:
    """Return the tags that give a page of the server the site's look: its type, colours and icon.

    ``themed``: the page follows the theme a person chose. Nothing where the site is not built.
    """
    try:
        page = "".join(_shell())
    except NotBuilt:
        return SafeString()
    tags = [*(_THEME.findall(page) if themed else ()), *_LOOKS.findall(page)]
    return mark_safe("\n    ".join(tags))  # noqa: S308 - of our own build


def _map_source() -> str:
    """Return the tag that tells maps where their pictures are; maps do without where it is missing."""
    if not settings.MAP_TILES:
        return ""
    return format_html(
        '<meta name="map-tiles" content="{}" data-credit="{}">', settings.MAP_TILES, settings.MAP_CREDIT
    )


def _shell() -> tuple[str, str, str]:
    index = settings.SPA_DIST / "index.html"
    try:
        built_at = index.stat().st_mtime_ns
    except FileNotFoundError:
        raise NotBuilt from None
    return _cut(str(index), built_at)


@lru_cache(maxsize=2)
def _cut(path: str, _built_at: int) -> tuple[str, str, str]:
    """Return the shell in three: before its `<html>`, from there to its title, and the rest."""
    page = _DESCRIPTION.sub("", Path(path).read_text(encoding="utf-8"), count=1)
    before, rest = _HTML.split(page, maxsplit=1)
    between, after = _TITLE.split(rest, maxsplit=1)
    return before, between, after
