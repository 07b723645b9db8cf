"""Finding rows by what people type: by words and beginnings of words, else by words much like them."""

import re
from collections.abc import Sequence

from django.contrib.postgres.search import SearchQuery
from django.db.models import Q

# Russian stems for Cyrillic, English for Latin. Kazakh and Kyrgyz words lose some endings the Russian way,
# in the text and in the query alike, so they still meet.
SEARCH_CONFIG = "russian"
_MOST_WORDS = 8


def list_words(q: str) -> list[str]:
    """Return the words of ``q`` in lower case, without what is no part of a word; eight at most."""
    words = (re.sub(r"['\\\0]|^\W+|\W+$", "", part) for part in q.lower().split())
    return [word for word in words if word][:_MOST_WORDS]


def words_query(words: Sequence[str]) -> SearchQuery:
    """Return the query for every word, in any form, or a word that begins with it."""
    return SearchQuery(" & ".join(f"'{word}':*" for word in words), config=SEARCH_CONFIG, search_type="raw")


def has_words_like(words: list[str], column: str) -> Q:
    """Match rows whose ``column`` has something like every word: typos, other endings, other spellings.

    How much alike is enough is `pg_trgm.word_similarity_threshold` (settings).
    """
    alike = Q()
    for word in words:
        alike &= Q(**{f"{column}__trigram_word_similar": word})
    return alike
