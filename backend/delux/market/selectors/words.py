"""What a visitor typed, as a condition on the words of a product, typing errors forgiven."""

from dataclasses import dataclass
from difflib import get_close_matches

from django.db.models import Q

from delux.core.kept_figures import kept
from delux.core.search import list_words, words_query
from delux.market.models import Product

_SAMPLE = 200
_CLOSE_ENOUGH = 0.6


@dataclass(frozen=True, slots=True)
class Words:
    """The words to look for; ``corrected`` when they are not the ones typed."""

    words: tuple[str, ...]
    corrected: bool = False

    def condition(self) -> Q:
        """Return the condition that each word, or a longer one that begins with it, stands in the text."""
        return Q(search_words=words_query(self.words))


def read_words(q: str) -> Words | None:
    """Return what to look for, or None when nothing was typed; a moment old at most.

    Words found nowhere in the shop are replaced by the closest ones that are. Comparing letters costs more
    than looking words up, so it is done once and the correction kept.
    """
    return kept(("words", q), lambda: _correct(tuple(list_words(q.lower().replace("ё", "е"))))) if q else None


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
