"""The health checks of containers: `python -m config.probe web|worker|beat` ends with 0 where all is well."""

import os
import socket
import sys
import urllib.request
from collections.abc import Callable

import redis

from config.heartbeat import alive


def web() -> bool:
    """Live, not ready: restarting the web server would not bring a lost database back."""
    port = os.environ.get("BIND", "127.0.0.1:8000").rpartition(":")[2]
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/health/live", timeout=4) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


def worker() -> bool:
    return _heard_of("worker")


def beat() -> bool:
    return _heard_of("beat")


PROBES: dict[str, Callable[[], bool]] = {"web": web, "worker": worker, "beat": beat}


def _heard_of(kind: str) -> bool:
    try:
        return socket.gethostname() in alive(kind, os.environ["REDIS_URL"])
    except redis.RedisError:
        return False


def main() -> int:
    return 0 if PROBES[sys.argv[1]]() else 1


if __name__ == "__main__":
    sys.exit(main())
