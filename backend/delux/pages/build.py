"""What the build of the browser application left beside its `index.html`: files by source, and words."""

import json
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from django.conf import settings

_FOLDER = ".vite"


class Files(NamedTuple):
    """Addresses of what a page needs, in the order to ask for it."""

    styles: tuple[str, ...]
    modules: tuple[str, ...]


def page_files(name: str, *, texts: tuple[str, ...], language: str) -> Files:
    """Return the files of the page whose module is ``name``-page, with its texts in a language.

    Without a name, what every page needs.
    """
    sources = (
        "src/main.tsx",
        *([f"src/app/pages/{name}-page.tsx"] if name else []),
        *(f"src/locales/{language}/{namespace}.json" for namespace in ("common", *texts)),
    )
    return _collect(*_stamp("manifest.json"), sources)


def font_styles() -> tuple[str, ...]:
    """Return the addresses of the CSS that names the site's fonts."""
    return _collect(*_stamp("manifest.json"), ("src/ui/theme/web-fonts.ts",)).styles


def words(language: str) -> dict[str, Any]:
    """Return the application's texts that pages are drawn with, by namespace and key."""
    found: dict[str, Any] = _read(*_stamp("words.json")).get(language, {})
    return found


def _stamp(name: str) -> tuple[str, int]:
    path = settings.SPA_DIST / _FOLDER / name
    return str(path), path.stat().st_mtime_ns if path.exists() else 0


@lru_cache(maxsize=4)
def _read(path: str, written_at: int) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(Path(path).read_text(encoding="utf-8")) if written_at else {}
    return found


@lru_cache(maxsize=64)
def _collect(path: str, written_at: int, sources: tuple[str, ...]) -> Files:
    manifest = _read(path, written_at)
    styles: dict[str, None] = {}
    modules: dict[str, None] = {}
    queue = [source for source in sources if source in manifest]
    seen = set()
    while queue:
        key = queue.pop(0)
        if key in seen:
            continue
        seen.add(key)
        chunk = manifest[key]
        # Of a source that only brings in styles nothing but those is left.
        (styles if chunk["file"].endswith(".css") else modules)[f"/{chunk['file']}"] = None
        styles |= dict.fromkeys(f"/{file}" for file in chunk.get("css", ()))
        queue += chunk.get("imports", ())
    return Files(tuple(styles), tuple(modules))
