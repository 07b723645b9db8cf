"""What a page says of itself to those who do not run scripts: search engines and link previews."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from delux.pages.first_view import FirstView

SITE = "Delux"
LANGUAGES = tuple(code for code, _ in settings.LANGUAGES)
_LOCALE = {"ru": "ru_RU", "kk": "kk_KZ", "ky": "ky_KG", "en": "en_US"}
# In a script element only these could end it or open a comment (HTML, "restrictions for contents of script").
_SCRIPT_ESCAPES = str.maketrans({"<": "\\u003C", ">": "\\u003E", "&": "\\u0026"})


@dataclass(frozen=True, kw_only=True)
class Reader:
    """Whom a page is made for. ``asked``: the address itself names the language."""

    language: str
    market: str
    asked: bool


@dataclass(frozen=True, kw_only=True)
class Head:
    """One page. ``path`` is its canonical address, "" where it has none; ``picture`` is a path too."""

    title: str = ""
    description: str
    path: str = ""
    picture: str = ""
    kind: str = "website"
    data: Sequence[dict[str, Any]] = ()
    indexed: bool = True
    status: int = 200
    first: FirstView | None = None


def absolute(path: str, language: str = "") -> str:
    """Return the public address of a path, in a language where one is named; pictures may have one."""
    if path.startswith(("https://", "http://")):
        return path
    return f"{settings.PUBLIC_URL}{path}" + (f"?{urlencode({'lang': language})}" if language else "")


def render_head(head: Head, *, reader: Reader) -> SafeString:
    """Return the tags of a head, all but its title."""
    parts = [_meta("name", "description", head.description)]
    if not head.indexed:
        parts.append(_meta("name", "robots", "noindex"))
    if head.path:
        parts += _addresses(head.path, reader.language if reader.asked else "")
    parts += _previews(head, reader.language)
    parts += [_json_ld(one) for one in head.data]
    return mark_safe("\n    ".join(parts))  # noqa: S308 - joined from escaped parts


def full_title(head: Head) -> str:
    """Return what the browser's tab says; the site's own script writes the same."""
    return f"{head.title} · {SITE}" if head.title else SITE


def in_script(text: str) -> SafeString:
    """Return JSON that neither ends the script element it stands in nor opens a comment."""
    return mark_safe(text.translate(_SCRIPT_ESCAPES))  # noqa: S308 - just escaped


def _addresses(path: str, language: str) -> list[SafeString]:
    links = [("canonical", "", absolute(path, language))]
    links += [("alternate", code, absolute(path, code)) for code in LANGUAGES]
    links += [("alternate", "x-default", absolute(path))]
    return [
        format_html('<link rel="{}" hreflang="{}" href="{}" data-page>', rel, code, href)
        if code
        else format_html('<link rel="{}" href="{}" data-page>', rel, href)
        for rel, code, href in links
    ]


def _previews(head: Head, language: str) -> list[SafeString]:
    properties = {
        "og:site_name": SITE,
        "og:type": head.kind,
        "og:title": head.title or SITE,
        "og:description": head.description,
        "og:url": absolute(head.path) if head.path else "",
        "og:locale": _LOCALE[language],
        "og:image": absolute(head.picture) if head.picture else "",
        "og:image:width": "1200" if head.picture else "",
        "og:image:height": "630" if head.picture else "",
        "og:image:alt": head.title if head.picture else "",
    }
    tags = [_meta("property", name, value) for name, value in properties.items() if value]
    return [*tags, _meta("name", "twitter:card", "summary_large_image" if head.picture else "summary")]


def _meta(key: str, name: str, content: str) -> SafeString:
    return format_html('<meta {}="{}" content="{}" data-page>', key, name, content)


def _json_ld(data: dict[str, Any]) -> SafeString:
    """Return linked data. A data block is not run, so the policy against inline scripts lets it stand."""
    text = json.dumps(
        {"@context": "https://schema.org"} | data, cls=DjangoJSONEncoder, ensure_ascii=False, sort_keys=True
    )
    return format_html_join(
        "",
        '<script type="application/ld+json" data-page>{}</script>',
        [(in_script(text),)],
    )
