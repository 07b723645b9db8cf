"""What people say about themselves."""

from typing import Any

from delux.accounts.models import User
from delux.core.markets import CURRENCY_OF, Market

EDITABLE = ("first_name", "last_name", "market", "language", "birthday", "city")


def update_profile(*, user: User, changes: dict[str, Any]) -> User:
    """Change fields of EDITABLE; with the market goes its currency."""
    fields = [name for name in EDITABLE if name in changes]
    for name in fields:
        setattr(user, name, changes[name])
    if "market" in fields:
        user.currency = CURRENCY_OF[Market(user.market)]
        fields.append("currency")
    if fields:
        user.save(update_fields=[*fields, "updated_at"])
    return user
