"""Workers and beat say in Valkey that they are alive; the health page and the container checks read it.

`celery inspect ping` would say the same of workers, but takes seconds of start-up for each question and
knows nothing of beat.
"""

import socket
from typing import Any

import redis
from celery.signals import beat_init, before_task_publish, heartbeat_sent, worker_shutdown

PREFIX = "tranche:alive"
# A worker beats every two seconds; beat publishes a sweep every fifteen.
SECONDS_TO_LIVE = {"worker": 15, "beat": 60}
TIMEOUT_SECONDS = 0.5


def client(url: str) -> "redis.Redis":
    """A client that gives up at once: who asks for health waits for nobody."""
    return redis.Redis.from_url(
        url,
        socket_timeout=TIMEOUT_SECONDS,
        socket_connect_timeout=TIMEOUT_SECONDS,
        retry=None,
        decode_responses=True,
    )


def say_alive(kind: str, url: str) -> None:
    """Best effort: a broker that is down makes the process look dead, which is what it then is."""
    try:
        with client(url) as valkey:
            valkey.set(f"{PREFIX}:{kind}:{socket.gethostname()}", "1", ex=SECONDS_TO_LIVE[kind])
    except redis.RedisError:
        return


def alive(kind: str, url: str) -> list[str]:
    """Hosts on which a process of this kind was heard of lately. Raises redis.RedisError."""
    with client(url) as valkey:
        keys = valkey.scan_iter(f"{PREFIX}:{kind}:*", count=1000)
        return sorted(key.removeprefix(f"{PREFIX}:{kind}:") for key in keys)


@heartbeat_sent.connect
def _worker_beats(sender: Any, **_: Any) -> None:
    say_alive("worker", sender.eventer.app.conf.broker_url)


@worker_shutdown.connect
def _worker_leaves(sender: Any, **_: Any) -> None:
    try:
        with client(sender.app.conf.broker_url) as valkey:
            valkey.delete(f"{PREFIX}:worker:{socket.gethostname()}")
    except redis.RedisError:
        return


@beat_init.connect
def _beat_starts(sender: Any, **_: Any) -> None:
    """From here on every task that beat publishes shows that beat is alive; web processes never count."""
    url = sender.app.conf.broker_url
    say_alive("beat", url)
    before_task_publish.connect(lambda **_: say_alive("beat", url), weak=False)
