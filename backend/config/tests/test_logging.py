import io
import json
import logging

import pytest
import structlog

from config.logging import configure_logging
from config.scrubbing import scrubbed


@pytest.fixture
def written() -> io.StringIO:
    """What is written while a test runs."""
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    configure_logging(level="INFO")
    stream = io.StringIO()
    root.handlers[0].setStream(stream)
    yield stream
    root.handlers[:], root.level = before, level


@pytest.mark.parametrize(
    ("text", "instead"),
    [
        ("Key (email)=(ann.lee@people.example) already exists.", "Key (email)=([e-mail]) already exists."),
        ("sent to +77014445566 and 77014445566, 996555123456", "sent to [phone] and [phone], [phone]"),
        ("GET /?email=ann%40people.example&phone=%2B77014445566", "GET /?email=[e-mail]&phone=[phone]"),
        ("card 4111 1111 1111 1111, 4111111111111111", "card [card], [card]"),
        ("GET /reset-password?token=a1.b2&lang=ru", "GET /reset-password?token=[secret]&lang=ru"),
        ("https://delux.example/confirm-email#a1.b2-3", "https://delux.example/confirm-email#[secret]"),
        ("Not Found: /api/v1/unsubscribe/a1:b2/", "Not Found: /api/v1/unsubscribe/[secret]/"),
        ("Authorization: Bearer eyJh.eyJz.c2ln", "Authorization: Bearer [secret]"),
        ("+7 (701) 444-55-66, 8 701 444 55 66, 8(701)4445566.", "[phone], [phone], [phone]."),
        ("GET /?phone=8+701+444-55-66&q=%2B7%20701%204445566", "GET /?phone=[phone]&q=[phone]"),
        (
            "DETAIL:  Failing row contains (7, Ann (Lee).\nA, null).\n",
            "DETAIL:  Failing row contains ([row])",
        ),
        (
            "Failing row contains (7, Ann).\n\nThe above exception was the",
            "Failing row contains ([row])\n\nThe above exception was the",
        ),
        ("postgres://delux:p@w@pgbouncer:6432/delux", "postgres://delux:[secret]@pgbouncer:6432/delux"),
        ("redis://:pw@redis.internal:6379/0", "redis://:[secret]@redis.internal:6379/0"),
        ("access eyJhbGciOi.eyJzdWIi.c2lnbmF0dXJl", "access [token]"),
    ],
)
def test_what_lets_somebody_in_or_leads_to_a_person_is_taken_out(text: str, instead: str) -> None:
    assert scrubbed(text) == instead


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-22T10:08:29.228992Z",
        "order DX-464DD-X7EWJ",
        "Task payments.send_refund[420f6ea5-1d82-4052-a1fe-7d83e057f982] succeeded in 0.12095011399651412s",
        "6e2d06fc9e4bea7ca82f93b4f66815a6",
        "Connected to redis://redis:6379/0",
        "7 2026-11-22 10:08:29 and 8 rows of 82345678",
    ],
)
def test_what_an_operator_looks_for_stays(text: str) -> None:
    assert scrubbed(text) == text


def test_a_failure_is_written_without_the_person_it_happened_to(written: io.StringIO) -> None:
    try:
        raise ValueError("Key (email)=(ann@people.example) already exists.")
    except ValueError:
        logging.getLogger("django.request").exception("Internal Server Error: /api/v1/orders/")
        structlog.get_logger("delux").warning("refused", of={"phones": ["+77014445566"]}, number=7)
    failure, refusal = map(json.loads, written.getvalue().splitlines())

    assert "ValueError: Key (email)=([e-mail]) already exists." in failure["exception"]
    assert (refusal["of"], refusal["number"]) == ({"phones": ["[phone]"]}, 7)
