"""The browser application's built `index.html`, with a page's own head and first view put into it."""

import re
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from delux.core.api.renderers import dumps
from delux.pages.build import font_styles, page_files, words
from delux.pages.first_view import FirstView
from delux.pages.head import Head, Reader, full_title, in_script, render_head

_HTML = re.compile(r'<html lang="[^"]*">')
_TITLE = re.compile(r"<title>[^<]*</title>")
_DESCRIPTION = re.compile(r'\s*<meta name="description"[^>]*>')
_LOOKS = re.compile(r'<link rel="(?:icon|stylesheet)"[^>]*>')
_THEME = re.compile(r'<script src="/assets/before-paint[^>]*></script>')
_ROOT = re.compile(r'<div id="root"></div>')
_NO_SCRIPT = re.compile(r"<noscript>[^<]*</noscript>")
_HEAD_END = re.compile(r"(?=</head>)")


class NotBuilt(Exception):
    """There is no `index.html`: the browser application was never built."""


def render_page(head: Head, *, reader: Reader) -> str:
    """Return the whole page.

    :raises NotBuilt: there is nothing to put the head into
    """
    before, between, rest, body, after = _shell()
    first = head.first
    # Joined, never substituted: what people type is not read as a pattern.
    return "".join(
        (
            before,
            format_html('<html lang="{}" data-market="{}">', reader.language, reader.market),
            between,
            f"<title>{escape(full_title(head))}</title>\n    ",
            render_head(head, reader=reader),
            _map_source(),
            rest,
            body,
            '<div id="root">',
            _painting(first, reader.language) if first else "",
            "</div>",
            _answers(first, reader.language) if first else "",
            _without_scripts(reader.language),
            _files(first, reader.language),
            after,
        )
    )


def _painting(first: FirstView, language: str) -> str:
    if not first.seen:
        return ""
    text = words(language)
    return render_to_string(f"pages/{first.name}.html", {"words": text, **first.seen}) if text else ""


def _answers(first: FirstView, language: str) -> str:
    """Return the first answers as a data block, which no policy takes for a script."""
    text = dumps({"language": language, "answers": first.answers}).decode()
    return f'<script type="application/json" id="first-answers">{in_script(text)}</script>'


def _files(first: FirstView | None, language: str) -> str:
    """Return the list of what the application needs here; it fetches that once the first view is seen."""
    name, texts = (first.name, first.texts) if first else ("", ())
    text = dumps(page_files(name, texts=texts, language=language)._asdict()).decode()
    return f'<script type="application/json" id="first-files">{in_script(text)}</script>'


def shared_head(*, themed: bool = True) -> SafeString:
    """Return the tags that give a page of the server the site's look: its type, colours and icon.

    ``themed``: the page follows the theme a person chose. Nothing where the site is not built.
    """
    try:
        page = "".join(_shell())
    except NotBuilt:
        return SafeString()
    # The application fetches the fonts by itself, after its first view.
    fonts = [format_html('<link rel="stylesheet" crossorigin href="{}">', file) for file in font_styles()]
    tags = [*(_THEME.findall(page) if themed else ()), *_LOOKS.findall(page), *fonts]
    return mark_safe("\n    ".join(tags))  # noqa: S308 - of our own build


def _without_scripts(language: str) -> str:
    text = words(language).get("common", {}).get("noScript", "Delux needs JavaScript to run.")
    return format_html("<noscript>{}</noscript>", text)


def _map_source() -> str:
    """Return the tag that tells maps where their pictures are; maps do without where it is missing."""
    if not settings.MAP_TILES:
        return ""
    return format_html(
        '<meta name="map-tiles" content="{}" data-credit="{}">', settings.MAP_TILES, settings.MAP_CREDIT
    )


def _shell() -> tuple[str, str, str, str, str]:
    index = settings.SPA_DIST / "index.html"
    try:
        built_at = index.stat().st_mtime_ns
    except FileNotFoundError:
        raise NotBuilt from None
    return _cut(str(index), built_at)


@lru_cache(maxsize=2)
def _cut(path: str, _built_at: int) -> tuple[str, str, str, str, str]:
    """Return the shell in five: up to its `<html>`, its title, its head's end, its root, and the rest."""
    page = _NO_SCRIPT.sub("", _DESCRIPTION.sub("", Path(path).read_text(encoding="utf-8"), count=1))
    before, page = _HTML.split(page, maxsplit=1)
    between, page = _TITLE.split(page, maxsplit=1)
    rest, page = _HEAD_END.split(page, maxsplit=1)
    body, after = _ROOT.split(page, maxsplit=1)
    return before, between, rest, body, after
