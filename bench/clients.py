"""HTTP clients that keep their connection, as browsers and MDM systems do."""

from __future__ import annotations

import http.client
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

from django.conf import settings
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

T = TypeVar("T")
# A form's token must equal the cookie's; which one it is, the browser chooses.
CSRF_TOKEN = "0123456789abcdefghijklmnopqrstuv"


class Client:
    """One connection to the server under test."""

    def __init__(self, port: int, headers: dict[str, str]) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        self.headers = headers

    def get(self, path: str) -> bytes:
        return self._ask("GET", path, None, 200)

    def post(self, path: str, body: bytes) -> bytes:
        return self._ask("POST", path, body, 200, 202)

    def send_form(self, path: str, fields: Mapping[str, Any]) -> None:
        """As a browser sends a form, files too; it must be taken, which a redirect says."""
        body = encode_multipart(BOUNDARY, {"csrfmiddlewaretoken": CSRF_TOKEN, **fields})
        cookies = f"{self.headers['Cookie']}; {settings.CSRF_COOKIE_NAME}={CSRF_TOKEN}"
        self._ask("POST", path, body, 302, headers={"Content-Type": MULTIPART_CONTENT, "Cookie": cookies})

    def timed_get(self, path: str) -> float:
        """Milliseconds to the last byte."""
        started = time.perf_counter()
        self.get(path)
        return (time.perf_counter() - started) * 1000

    def _ask(
        self,
        method: str,
        path: str,
        body: bytes | None,
        *wanted: int,
        headers: Mapping[str, str] | None = None,
    ) -> bytes:
        self.connection.request(method, path, body, {**self.headers, **(headers or {})})
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
