from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register


@register(Tags.security)
def no_faultpoint_in_production(**_kwargs: Any) -> list[CheckMessage]:
    """Refuse to start where real people shop while the process is to kill itself."""
    if settings.PRODUCTION and settings.FAULTPOINT:
        return [
            Error(
                "FAULTPOINT is set in production: the process would kill itself. Leave it out.",
                id="core.E001",
            )
        ]
    return []
