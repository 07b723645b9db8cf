"""What the link that silences an organizer carries: signed, good without signing in, and for ever.

A mail of years ago must still be able to end the mails.
"""

from dataclasses import dataclass

from django.conf import settings
from django.core.signing import BadSignature, Signer

from delux.core.errors import NotFound

_SALT = "delux.silence"


@dataclass(frozen=True)
class SilenceLink:
    """Who got the mail, whose it was, and which one (its dedupe_key)."""

    user_id: int
    organizer_id: int
    source: str

    @property
    def token(self) -> str:
        return Signer(salt=_SALT).sign_object([self.user_id, self.organizer_id, self.source])

    @property
    def page(self) -> str:
        """The page of the site where one press is asked for: programs that open every link press nothing."""
        return f"{settings.PUBLIC_URL}/unsubscribe#{self.token}"

    @property
    def one_click(self) -> str:
        """The address that mail programs POST to (RFC 8058)."""
        return f"{settings.PUBLIC_URL}/api/v1/unsubscribe/{self.token}/"


def read_silence_link(token: str) -> SilenceLink:
    """Return what a token says.

    :raises NotFound: it is not ours
    """
    try:
        return SilenceLink(*Signer(salt=_SALT).unsign_object(token))
    except BadSignature:
        raise NotFound from None
