"""HTTP clients that keep their connection, as browsers and MDM systems do."""

from __future__ import annotations

import http.client
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

T = TypeVar("T")


class Client:
    """One connection to the server under test."""

    def __init__(self, port: int, headers: dict[str, str]) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        self.headers = headers

    def get(self, path: str) -> bytes:
        return self._ask("GET", path, None, 200)

    def post(self, path: str, body: bytes) -> bytes:
        return self._ask("POST", path, body, 200, 202)

    def timed_get(self, path: str) -> float:
        """Milliseconds to the last byte."""
        started = time.perf_counter()
        self.get(path)
        return (time.perf_counter() - started) * 1000

    def _ask(self, method: str, path: str, body: bytes | None, *wanted: int) -> bytes:
        self.connection.request(method, path, body, self.headers)
        answer = self.connection.getresponse()
        content = answer.read()
        if answer.status not in wanted:
            raise SystemExit(f"{method} {path} answered {answer.status}: {content[:300]!r}")
        return content


def bearer(port: int, secret: str) -> Client:
    """A client with a token that sends and takes JSON."""
    return Client(port, {"Authorization": f"Bearer {secret}", "Content-Type": "application/json"})


def at_once(
    make: Callable[[], Client], count: int, work: Sequence[T], do: Callable[[Client, T], float]
) -> list[float]:
    """Shares `work` among `count` clients that go at the same time; what `do` gave for each piece."""

    def one(number: int) -> list[float]:
        client = make()
        return [do(client, piece) for piece in work[number::count]]

    with ThreadPoolExecutor(count) as threads:
        return [result for results in threads.map(one, range(count)) for result in results]
