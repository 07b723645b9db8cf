from django.conf import settings

from delux.core.errors import NotFound
from delux.payments.gateways.base import Gateway
from delux.payments.gateways.mock import MockGateway


def get_gateway(name: str) -> Gateway:
    """Return the provider called ``name``.

    :raises NotFound: there is none, or it does not exist here
    """
    if name == MockGateway.name and settings.MOCK_GATEWAY:
        return MockGateway()
    raise NotFound
