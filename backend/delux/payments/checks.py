from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register


@register(Tags.security)
def no_mock_gateway_in_production(**_kwargs: Any) -> list[CheckMessage]:
    """Refuse to start where real people shop while a card number everybody knows pays for anything."""
    if settings.PRODUCTION and settings.MOCK_GATEWAY:
        return [
            Error(
                "The mock payment gateway is on in production: set MOCK_GATEWAY = False.", id="payments.E001"
            )
        ]
    return []
