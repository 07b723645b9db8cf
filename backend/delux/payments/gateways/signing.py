"""Signed messages: HMAC-SHA256 over ``<timestamp>.<body>``, so that neither can be changed or kept."""

import hashlib
import hmac
from collections.abc import Sequence
from datetime import datetime

HEADER = "Webhook-Signature"
TOLERANCE_SECONDS = 300


def sign(raw: bytes, *, secret: str, at: datetime) -> str:
    """Return the value of the signature header."""
    timestamp = int(at.timestamp())
    return f"t={timestamp},v1={_digest(raw, secret, timestamp)}"


def is_genuine(raw: bytes, header: str, *, secrets: Sequence[str], at: datetime) -> bool:
    """Tell whether ``raw`` was signed with one of ``secrets`` (two while one is being replaced) just now."""
    parts = dict(part.split("=", 1) for part in header.split(",") if "=" in part)
    try:
        timestamp = int(parts.get("t", ""))
    except ValueError:
        return False
    if abs(int(at.timestamp()) - timestamp) > TOLERANCE_SECONDS:
        return False
    given = parts.get("v1", "").encode()
    return any(
        hmac.compare_digest(_digest(raw, secret, timestamp).encode(), given) for secret in secrets if secret
    )


def _digest(raw: bytes, secret: str, timestamp: int) -> str:
    return hmac.new(secret.encode(), str(timestamp).encode() + b"." + raw, hashlib.sha256).hexdigest()
