"""How often something may be tried: a count in the shared cache that is forgotten after its time."""

from __future__ import annotations

from django.core.cache import cache
from django.utils.crypto import salted_hmac
from redis.exceptions import RedisError


def allows(what: str, who: str, *, times: int, seconds: int) -> bool:
    """Count one try; whether `who` may, for there were no more than `times` in `seconds` since the first."""
    key = f"throttle:{what}:{salted_hmac('fleet.throttle', who).hexdigest()}"
    try:
        cache.add(key, 0, timeout=seconds)
        return bool(cache.incr(key) <= times)
    except (ValueError, RedisError):
        # Its time ran out in between, or the cache is down: nobody is shut out for that.
        return True
