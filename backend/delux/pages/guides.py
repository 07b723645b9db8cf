"""The developers' guides: `docs/api/*.md`, read in the repository and served as pages.

They are in English alone, as the reference they go with is.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Any

from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererProtocol
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import get_lexer_by_name

from delux.core.errors import NotFound

FOLDER = settings.BASE_DIR.parent / "docs" / "api"
# In the order they are read. The first is the front page, in the repository as well.
FRONT = "README"
NAMES = (FRONT, "first-call", "buying", "retries", "errors", "lists", "webhooks", "versions")
# Where examples of the repository send their requests; a page names the host it is served from.
_LOCAL = "http://localhost:8888"
_TO_A_GUIDE = re.compile(r"(?P<name>[A-Za-z-]+)\.md(?P<anchor>#.*)?")


@dataclass(frozen=True)
class Guide:
    """One guide as a page: ``sections`` are its second-level headings, as (id, words)."""

    name: str
    title: str
    summary: str
    html: SafeString
    sections: tuple[tuple[str, str], ...]

    @property
    def path(self) -> str:
        return path_of(self.name)


def path_of(name: str) -> str:
    return "/developers" if name == FRONT else f"/developers/{name}"


def read_guide(name: str) -> Guide:
    """Return a guide, rendered once as long as its file does not change.

    :raises NotFound: there is none of this name
    """
    if name not in NAMES:
        raise NotFound
    written_at = (FOLDER / f"{name}.md").stat().st_mtime_ns
    return _render(name, written_at, settings.PUBLIC_URL)


@lru_cache(maxsize=2 * len(NAMES))
def _render(name: str, _written_at: int, address: str) -> Guide:
    text = (FOLDER / f"{name}.md").read_text(encoding="utf-8").replace(_LOCAL, address)
    tokens = _markdown.parse(text)
    headings = [
        (opening, words.content) for opening, words in pairwise(tokens) if opening.type == "heading_open"
    ]
    for opening, words in headings:
        opening.attrSet("id", slugify(words))
    return Guide(
        name=name,
        title=headings[0][1],
        summary=_plain(next(after for before, after in pairwise(tokens) if before.type == "paragraph_open")),
        html=mark_safe(_markdown.renderer.render(tokens, _markdown.options, {})),  # noqa: S308 - our own files
        sections=tuple(
            (str(opening.attrGet("id")), words) for opening, words in headings if opening.tag == "h2"
        ),
    )


def _plain(inline: Token) -> str:
    """Return the words of a paragraph without their marks."""
    return "".join(
        child.content or " " for child in inline.children or () if not child.type.startswith("link_")
    )


def _code(source: str, language: str, _attributes: str) -> str:
    """Return a block of code in colours. It can be scrolled sideways, hence by keyboard too."""
    coloured = highlight(source, get_lexer_by_name(language or "text"), HtmlFormatter(nowrap=True))
    return f'<pre tabindex="0" data-language="{language}"><code>{coloured}</code></pre>'


def _link(
    _renderer: RendererProtocol, tokens: Sequence[Token], index: int, _options: OptionsDict, _env: EnvType
) -> str:
    """Open a link. Files link each other as files, so that the repository's reader gets on too."""
    token = tokens[index]
    if match := _TO_A_GUIDE.fullmatch(str(token.attrGet("href"))):
        token.attrSet("href", path_of(match["name"]) + (match["anchor"] or ""))
    return format_html('<a href="{}">', token.attrGet("href"))


def _make_markdown() -> MarkdownIt:
    markdown = MarkdownIt("commonmark", {"html": False, "highlight": _code}).enable("table")
    markdown.add_render_rule("link_open", _link)
    markdown.add_render_rule(
        "table_open", _wrapped("<div class='wide' tabindex='0' role='region' aria-label='Table'><table>")
    )
    markdown.add_render_rule("table_close", _wrapped("</table></div>"))
    return markdown


def _wrapped(html: str) -> Any:
    return lambda *_of_the_renderer: html


_markdown = _make_markdown()
