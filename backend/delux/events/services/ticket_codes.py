"""Codes that admit: an unguessable id signed with the event's own Ed25519 key.

A forged or foreign code is refused by arithmetic alone, before the database is asked. The text is 120
characters of URL-safe base64: version (2 bytes), event id (8), random id (16), signature (64). These are 90
bytes, a multiple of three, so every code has exactly one spelling.
"""

import base64
import binascii
import hashlib
import hmac
import secrets
import struct
from functools import lru_cache

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings

_VERSION = 1
_HEAD = struct.Struct(">HQ16s")
_LENGTH = 120


def new_code(*, event_id: int) -> str:
    """Return a fresh code that admits one person to the event."""
    head = _HEAD.pack(_VERSION, event_id, secrets.token_bytes(16))
    return base64.urlsafe_b64encode(head + _key(settings.TICKET_SIGNING_KEY, event_id).sign(head)).decode()


def read_code(code: str) -> int | None:
    """Return the id of the event whose key signed ``code``; None when none of ours did."""
    if len(code) != _LENGTH or not code.isascii():
        return None
    try:
        raw = base64.b64decode(code, altchars=b"-_", validate=True)
        version, event_id, _ = _HEAD.unpack(raw[: _HEAD.size])
        if version != _VERSION:
            return None
        _key(settings.TICKET_SIGNING_KEY, event_id).public_key().verify(raw[_HEAD.size :], raw[: _HEAD.size])
    except (binascii.Error, InvalidSignature):
        return None
    return int(event_id)


def public_key(event_id: int) -> str:
    """Return what tells the event's codes from forgeries without a network: the raw key, URL-safe base64."""
    raw = _key(settings.TICKET_SIGNING_KEY, event_id).public_key().public_bytes_raw()
    return base64.urlsafe_b64encode(raw).decode()


def fingerprint(code: str) -> str:
    """Return what a device may keep to know a code by without being able to show it: 22 characters."""
    return base64.urlsafe_b64encode(hashlib.sha256(code.encode()).digest()[:16]).decode().rstrip("=")


@lru_cache(maxsize=1024)
def _key(secret: str, event_id: int) -> Ed25519PrivateKey:
    """The event's key: derived, so nothing is stored and a leaked key opens one event only."""
    seed = hmac.digest(secret.encode(), b"delux ticket codes, event %d" % event_id, hashlib.sha256)
    return Ed25519PrivateKey.from_private_bytes(seed)
