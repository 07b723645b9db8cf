"""A notification's words, in the reader's language, from `texts/<language>.toml`."""

import string
import tomllib
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import translation

from delux.notifications.kinds import Kind

_TEXTS = Path(__file__).parent / "texts"
_SIGN = {"KZT": "₸", "KGS": "сом", "USD": "$"}
_NO_BREAK = "\N{NO-BREAK SPACE}"
TITLE_LENGTH = 200


@dataclass(frozen=True)
class Wording:
    title: str
    body: str


@dataclass(frozen=True)
class MailFrame:
    """What stands around every e-mail's text."""

    greeting: str
    footer: str


@dataclass(frozen=True)
class OrganizerFrame:
    """What a mail of an organizer says of who sent it and why it came; ``silence`` is for news alone."""

    sender: str
    footer: str
    silence: str


@dataclass(frozen=True)
class ProofWording:
    """A mail with a code or a link; ``action`` is empty where nothing is to be opened."""

    title: str
    body: str
    action: str
    footer: str


def word_proof(*, subject: str, language: str, code: str = "") -> ProofWording:
    """Return the words of a mail that proves an e-mail; ``subject`` is its purpose, or ``no_account``."""
    texts = _texts(language)["proofs"]
    section = texts[subject]
    return ProofWording(
        title=section["title"].format(code=code),
        body="\n".join(section["lines"]),
        action=section.get("action", ""),
        footer=texts["footer"],
    )


def word_sms(subject: str, *, language: str, values: dict[str, str]) -> str:
    """Return the text of an SMS; ``subject`` is ``code`` or a kind of BY_SMS."""
    return str(_texts(language)["sms"][subject]).format_map(values)


def word(*, kind: Kind, language: str, context: dict[str, Any]) -> Wording:
    """Fill a kind's texts with its context; a body line that names something not given is left out.

    :raises KeyError: the title needs something that ``context`` lacks
    """
    section = _texts(language)[kind]
    with translation.override(language):  # a translatable reason reads in the recipient's language too
        values = _readable(context, language)
    lines = [line for line in section["lines"] if all(values.get(name) for name in _named(line))]
    return Wording(
        title=" ".join(section["title"].format_map(values).split())[:TITLE_LENGTH],
        body="\n".join(line.format_map(values) for line in lines),
    )


def word_action(*, kind: Kind, language: str) -> str:
    """Return what the button that leads from a notification into the product says."""
    return str(_texts(language)[kind]["action"])


def word_mail_frame(*, language: str, first_name: str) -> MailFrame:
    """Return greeting and footer; without a name there is no greeting."""
    section = _texts(language)["mail"]
    return MailFrame(
        greeting=section["greeting"].format(first_name=first_name) if first_name else "",
        footer=section["footer"],
    )


def word_organizer_frame(*, kind: Kind, language: str, data: dict[str, Any]) -> OrganizerFrame:
    """Return the frame of ``organizer_news`` or ``event_note``; ``data`` is the notification's."""
    section = _texts(language)["mail"]
    return OrganizerFrame(
        sender=" ".join(section["sender"].format_map(data).split()),
        footer=section[f"{kind.value}_footer"].format_map(data),
        silence=section["silence"].format_map(data) if kind == Kind.ORGANIZER_NEWS else "",
    )


def word_stranger_footer(*, language: str) -> str:
    """Return what a mail says under itself to somebody who need not have an account."""
    return str(_texts(language)["proofs"]["footer"])


def word_money(amount: Decimal | str | float, currency: str, language: str) -> str:
    """Write an amount as its readers do: ``12 000 ₸``, ``1 250,50 сом``, in English ``$19.90``."""
    number = f"{Decimal(str(amount)):,.2f}".removesuffix(".00")
    if language != "en":
        number = number.replace(",", _NO_BREAK).replace(".", ",")
    sign = _SIGN[currency]
    return f"${number}" if (language, currency) == ("en", "USD") else f"{number}{_NO_BREAK}{sign}"


def _readable(context: dict[str, Any], language: str) -> dict[str, str]:
    """Turn context values into text: amounts with their currency, lists as lines with a bullet each."""
    values = {}
    for name, value in context.items():
        if name in ("total", "amount") and context.get("currency"):
            values[name] = word_money(value, context["currency"], language)
        elif isinstance(value, list | tuple):
            values[name] = "\n".join(f"• {item}" for item in value)
        else:
            values[name] = "" if value is None else str(value)
    return values


@cache
def _named(line: str) -> tuple[str, ...]:
    """Return the placeholders of a line."""
    return tuple(name for _, name, _, _ in string.Formatter().parse(line) if name)


@cache
def _texts(language: str) -> dict[str, Any]:
    known = language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
    return tomllib.loads((_TEXTS / f"{known}.toml").read_text(encoding="utf-8"))
