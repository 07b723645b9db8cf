"""A cache that all processes share while its Redis answers, and an empty one while that is away."""

from collections.abc import Callable
from functools import wraps
from time import monotonic
from typing import Any

import structlog
from django.core.cache.backends.redis import RedisCache
from redis import RedisError
from redis.backoff import NoBackoff
from redis.retry import Retry

# Nobody waits longer for it, and after that nobody asks it for a while.
PATIENCE = 0.5
LEFT_ALONE = 5.0

log = structlog.get_logger(__name__)


def _forgiving(name: str, empty: Callable[..., Any]) -> Any:
    """Return the method of a cache that answers as ``empty`` while Redis is away."""
    ask = getattr(RedisCache, name)

    @wraps(ask)
    def answer(self: "SharedCache", *args: Any, **kwargs: Any) -> Any:
        if monotonic() >= SharedCache.left_alone_until:
            try:
                return ask(self, *args, **kwargs)
            except RedisError as error:
                log.warning("cache.failed", error=type(error).__name__)
                SharedCache.left_alone_until = monotonic() + LEFT_ALONE
        return empty(*args, **kwargs)

    return answer


def _nothing_to_count(key: str, *_: Any, **__: Any) -> None:
    raise ValueError(f"Key {key!r} not found.")  # as for any key that is not there


class SharedCache(RedisCache):
    # Of the whole process: a cache is made anew for each thread.
    left_alone_until = 0.0

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        options = {
            "socket_connect_timeout": PATIENCE,
            "socket_timeout": PATIENCE,
            "retry": Retry(NoBackoff(), 0),
        }
        super().__init__(server, params | {"OPTIONS": options})

    get = _forgiving("get", lambda _key, default=None, *_, **__: default)
    set = _forgiving("set", lambda *_, **__: None)
    add = _forgiving("add", lambda *_, **__: True)
    touch = _forgiving("touch", lambda *_, **__: False)
    delete = _forgiving("delete", lambda *_, **__: False)
    has_key = _forgiving("has_key", lambda *_, **__: False)
    incr = _forgiving("incr", _nothing_to_count)
    get_many = _forgiving("get_many", lambda *_, **__: {})
    set_many = _forgiving("set_many", lambda *_, **__: [])
    delete_many = _forgiving("delete_many", lambda *_, **__: None)
    clear = _forgiving("clear", lambda *_, **__: False)
