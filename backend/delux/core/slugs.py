"""Readable addresses out of any title: Cyrillic, with its Kazakh and Kyrgyz letters, is written in Latin."""

import secrets
from typing import Any

from django.db.models import QuerySet
from django.utils.text import slugify

_LATIN = {
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ё": "yo", "ж": "zh", "з": "z", "и": "i",
    "й": "y", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t",
    "у": "u", "ф": "f", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "", "ы": "y", "ь": "",
    "э": "e", "ю": "yu", "я": "ya",
    "ә": "a", "ғ": "gh", "қ": "q", "ң": "ng", "ө": "o", "ұ": "u", "ү": "u", "һ": "h", "і": "i",
}  # fmt: skip
_TABLE = str.maketrans(_LATIN)


def latin_slug(text: str) -> str:
    """Return ``text`` in lower-case Latin letters, digits and hyphens; empty when nothing of it can be."""
    return slugify(text.lower().translate(_TABLE))


def unique_slug(rows: QuerySet[Any], text: str, *, fallback: str = "item") -> str:
    """Return a slug for ``text`` that no row of ``rows`` has; ``-2``, ``-3`` and so on tell namesakes apart.

    It never consists of digits alone, as addresses take an id in its place. Two namesakes saved at the same
    moment may still meet at the unique constraint: the calling service tries again or refuses.
    """
    longest = rows.model.slug.field.max_length - 8  # room for what tells namesakes apart
    base = latin_slug(text)[:longest].strip("-") or fallback
    if base.isdigit():
        base = f"{fallback}-{base}"
    taken = set(rows.filter(slug__startswith=base).values_list("slug", flat=True))
    if base not in taken:
        return base
    for number in range(2, 100):
        if (slug := f"{base}-{number}") not in taken:
            return slug
    return f"{base}-{secrets.token_hex(3)}"
