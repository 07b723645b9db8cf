"""What people are told because of something in the accounts below, which know nothing of notifications."""

from datetime import datetime, timedelta

from delux.accounts.selectors.families import list_copied_families
from delux.notifications.kinds import Kind
from delux.notifications.services.notify import notify

LOOK_BACK = timedelta(hours=1)


def warn_of_copied_tokens(*, now: datetime) -> None:
    """Tell everybody whose refresh token turned out to be copied in the last hour; nobody is told twice."""
    for family in list_copied_families(since=now - LOOK_BACK):
        notify(
            recipient=family.user,
            kind=Kind.REFRESH_TOKEN_REUSED,
            context={},
            dedupe_key=f"refresh-token-reused:{family.pk}",
        )
