"""The cache that web processes share, on a real Redis."""

import time
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from django.core.cache import caches
from django.test import override_settings

from delux.core.pace import within_pace
from delux.core.shared_cache import LEFT_ALONE, PATIENCE, SharedCache
from tests.live.redis_server import Redis


@pytest.fixture
def redis(monkeypatch: Any) -> Iterator[Redis]:
    server = Redis()
    shared = {
        "BACKEND": "delux.core.shared_cache.SharedCache",
        "LOCATION": f"redis://127.0.0.1:{server.port}/1",
    }
    monkeypatch.setattr(SharedCache, "left_alone_until", 0.0)
    with override_settings(CACHES={"default": shared, "of another process": shared}):
        yield server
    server.kill()


def test_what_one_process_counts_another_counts_on(redis: Redis) -> None:
    subject = str(uuid4())

    assert [within_pace(subject, a_minute=3) for _ in range(3)] == [True] * 3
    assert caches["of another process"].get(f"pace:{subject}") == 3
    assert not within_pace(subject, a_minute=3)
    assert not within_pace(subject, a_minute=3)


def test_while_redis_is_away_the_cache_is_empty_and_nobody_waits_for_it_twice(
    redis: Redis, monkeypatch: Any
) -> None:
    cache, subject = caches["default"], str(uuid4())
    cache.set("key", 1)
    redis.freeze()
    began = time.monotonic()
    found = cache.get("key", "nothing")
    waited = time.monotonic() - began
    began = time.monotonic()
    allowed = {within_pace(subject, a_minute=1) for _ in range(50)}

    assert (found, cache.get_many(["key"]), "key" in cache, allowed) == ("nothing", {}, False, {True})
    assert PATIENCE * 0.9 < waited < PATIENCE * 4
    assert time.monotonic() - began < PATIENCE
    redis.kill()
    monkeypatch.setattr(SharedCache, "left_alone_until", 0.0)
    assert cache.get("key", "nothing") == "nothing"
    assert 0 < SharedCache.left_alone_until - time.monotonic() <= LEFT_ALONE

    redis.start()
    monkeypatch.setattr(SharedCache, "left_alone_until", 0.0)
    assert [within_pace(subject, a_minute=1) for _ in range(2)] == [True, False]


def test_a_mistake_of_ours_is_not_forgiven(redis: Redis) -> None:
    with pytest.raises(TypeError):
        caches["default"].get()
    with pytest.raises(ValueError, match="not found"):
        caches["default"].incr("never-set")
