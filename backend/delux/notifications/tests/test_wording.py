import string
import tomllib
from decimal import Decimal
from pathlib import Path

import pytest
from django.conf import settings
from django.utils.translation import gettext_lazy

from delux import notifications
from delux.notifications.kinds import Kind
from delux.notifications.wording import word, word_money

LANGUAGES = [code for code, _ in settings.LANGUAGES]


def texts(language):
    return tomllib.loads(
        (Path(notifications.__file__).parent / "texts" / f"{language}.toml").read_text("utf-8")
    )


def placeholders(section):
    texts = [section["title"], *section["lines"]]
    return [sorted(name for _, name, _, _ in string.Formatter().parse(text) if name) for text in texts]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_has_words_in_every_language_and_they_name_the_same_things(language):
    ours, russian = texts(language), texts("ru")

    assert ours.keys() == {"mail", "proofs", "sms", *Kind.values}
    for kind in Kind.values:
        assert placeholders(ours[kind]) == placeholders(russian[kind]), kind
        assert ours[kind]["action"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", Kind)
def test_every_text_can_be_filled(kind, language):
    full = {
        "order_number": "DX-1",
        "event_title": "Run",
        "starts": "5 December 2026, 18:30",
        "place": "Gorky Park, Almaty",
        "total": "1.00",
        "amount": "1.00",
        "currency": "USD",
        "titles": ["10 km"],
        "reason": "rain",
        "buyer_name": "Aliya",
        "holder_name": "Aliya",
        "file_name": "orders.csv",
        "giver_name": "Aliya",
        "taker_name": "Bolat",
        "email": "bolat@example.com",
        "organizer_name": "Steppe",
        "tracking_number": "KZ1",
        "subject": "Parking",
        "text": "Come by the north gate.",
    }

    wording = word(kind=kind, language=language, context=full)

    assert wording.title
    assert "{" not in wording.title + wording.body
    assert len(wording.body.splitlines()) == len(texts(language)[kind]["lines"])


def test_a_line_that_names_something_not_given_is_left_out():
    context = {"order_number": "DX-1", "tracking_number": ""}

    assert word(kind=Kind.ORDER_SHIPPED, language="en", context=context).body == ""


def test_a_title_is_one_line_that_fits_its_column():
    title = word(
        kind=Kind.EVENT_CANCELED, language="en", context={"event_title": "A\nB\r\nBcc: x " * 60}
    ).title

    assert len(title) == 200
    assert "\n" not in title
    assert "\r" not in title


def test_a_translatable_reason_reads_in_the_recipients_language():
    context = {"order_number": "DX-1", "reason": gettext_lazy("Monday")}

    assert "понедельник" in word(kind=Kind.PAYMENT_FAILED, language="ru", context=context).body.lower()


@pytest.mark.parametrize(
    ("amount", "currency", "language", "text"),
    [
        ("12000.00", "KZT", "ru", "12\u00a0000\u00a0₸"),
        (Decimal("1250.50"), "KGS", "ky", "1\u00a0250,50\u00a0сом"),
        ("19.90", "USD", "ru", "19,90\u00a0$"),
        ("1019.90", "USD", "en", "$1,019.90"),
        ("12000.00", "KZT", "en", "12,000\u00a0₸"),
    ],
)
def test_money_is_written_as_its_readers_do(amount, currency, language, text):
    assert word_money(amount, currency, language) == text
