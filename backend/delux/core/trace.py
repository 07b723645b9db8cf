"""Which request something is done for: the logs of nginx, web, worker and mails have it under one id."""

import structlog


def current_request() -> str:
    """Return the id of the request, or of the one that had a task begun; "" outside of both."""
    return str(structlog.contextvars.get_contextvars().get("request_id", ""))
