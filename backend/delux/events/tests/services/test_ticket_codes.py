import base64

import pytest

from delux.events.services.ticket_codes import new_code, read_code


def test_a_code_names_the_event_it_was_signed_for() -> None:
    assert read_code(new_code(event_id=42)) == 42


def test_every_code_is_different() -> None:
    assert len({new_code(event_id=1) for _ in range(100)}) == 100


def test_a_code_goes_into_an_address_and_a_database_column_as_it_is() -> None:
    code = new_code(event_id=2**40)

    assert len(code) == 120
    assert set(code) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")


def test_any_changed_character_makes_a_code_worthless() -> None:
    code = new_code(event_id=7)

    for index, character in enumerate(code):
        changed = code[:index] + ("A" if character != "A" else "B") + code[index + 1 :]
        assert read_code(changed) is None


def test_a_code_moved_to_another_event_is_worthless() -> None:
    raw = bytearray(base64.urlsafe_b64decode(new_code(event_id=7)))
    raw[2:10] = (8).to_bytes(8)

    assert read_code(base64.urlsafe_b64encode(bytes(raw)).decode()) is None


def test_another_installations_codes_are_worthless(settings) -> None:
    settings.TICKET_SIGNING_KEY = "another-installation-and-its-own-long-secret"
    foreign = new_code(event_id=7)
    settings.TICKET_SIGNING_KEY = "test-ticket-signing-key-long-enough-for-tickets"

    assert read_code(foreign) is None


@pytest.mark.parametrize(
    "junk", ["", "x", "A" * 120, "я" * 120, "=" * 120, "A" * 119 + "=", "A" * 100_000, "\0" * 120]
)
def test_junk_is_not_a_code(junk: str) -> None:
    assert read_code(junk) is None
