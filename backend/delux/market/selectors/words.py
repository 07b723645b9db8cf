"""What a visitor typed, as a condition on the words of a product, typing errors forgiven."""

import re
from dataclasses import dataclass
from difflib import get_close_matches

from django.contrib.postgres.search import SearchQuery, SearchVector, SearchVectorExact
from django.db.models import Q

from delux.market.models import SEARCH_CONFIG, Product
from delux.market.selectors.kept import kept

_MOST_WORDS = 8
_SAMPLE = 200
_CLOSE_ENOUGH = 0.6


@dataclass(frozen=True, slots=True)
class Words:
    """The words to look for; ``corrected`` when they are not the ones typed."""

    words: tuple[str, ...]
    corrected: bool = False

    def condition(self) -> Q:
        """Return the condition that each word, or a longer one that begins with it, stands in the text."""
        query = " & ".join(f"'{word}':*" for word in self.words)
        return Q(
            SearchVectorExact(
                SearchVector("search_text", config=SEARCH_CONFIG),
                SearchQuery(query, config=SEARCH_CONFIG, search_type="raw"),
            )
        )


def read_words(q: str) -> Words | None:
    """Return what to look for, or None when nothing was typed; a moment old at most.

    Words found nowhere in the shop are replaced by the closest ones that are. Comparing letters costs more
    than looking words up, so it is done once and the correction kept.
    """
    return kept(("words", q), lambda: _correct(_split(q))) if q else None


def _split(q: str) -> tuple[str, ...]:
    # The quote and the backslash mean something inside a word of a query.
    cleaned = (re.sub(r"['\\]|^\W+|\W+$", "", part) for part in q.lower().replace("ё", "е").split())
    return tuple(word for word in cleaned if word)[:_MOST_WORDS]


def _correct(words: tuple[str, ...]) -> Words:
    typed = Words(words)
    products = Product.objects.on_sale()
    if not words or products.filter(typed.condition()).exists():
        return typed
    alike = Q()
    for word in words:
        alike &= Q(search_text__trigram_word_similar=word)
    texts = products.filter(alike).values_list("search_text", flat=True)[:_SAMPLE]
    vocabulary = sorted({word for text in texts for word in text.split()})
    closest = tuple(_closest(word, vocabulary) for word in words)
    return Words(closest, corrected=True) if closest != words else typed


def _closest(word: str, vocabulary: list[str]) -> str:
    if any(known.startswith(word) for known in vocabulary):
        return word
    return next(iter(get_close_matches(word, vocabulary, n=1, cutoff=_CLOSE_ENOUGH)), word)
