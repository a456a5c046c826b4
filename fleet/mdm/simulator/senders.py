"""Pushes over HTTP as MDM systems do: connections that are kept, several senders, patience with refusals."""

from __future__ import annotations

import contextlib
import http.client
import json
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from threading import Lock
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from fleet.mdm.simulator.parcels import Parcel

INVENTORY = "/api/v1/mdm/inventory"
_LONGEST_ANSWER_SECONDS = 60
_LONGEST_PAUSE_SECONDS = 30.0
_TRIES = 10
_COME_AGAIN = {429, 500, 502, 503, 504}


class Target(NamedTuple):
    """A server's address (`http://host:port`) and a source's token."""

    url: str
    token: str


class Answer(NamedTuple):
    """What the server said to one parcel. `seconds` is the time to the last byte of the last try."""

    status: int
    document: dict[str, Any]
    seconds: float
    records: int
    retry_after: float | None = None

    @property
    def is_taken(self) -> bool:
        return self.status in {200, 202}


class Sender:
    """One kept connection. Every method raises OSError or http.client.HTTPException where nobody answers."""

    def __init__(self, target: Target) -> None:
        parts = urlsplit(target.url)
        kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
        self._connection = kind(parts.netloc, timeout=_LONGEST_ANSWER_SECONDS)
        self._headers = {"Authorization": f"Bearer {target.token}"}

    def must_answer(self) -> None:
        """Raises OSError at once where nobody is there, before patience is due."""
        self._ask("GET", "/health/live", Parcel(b"", 0, {}), {})

    def push(self, parcel: Parcel, **headers: str) -> Answer:
        """Once, whatever the answer. A server may refuse a body before it has read all of it."""
        return self._ask("POST", INVENTORY, parcel, headers)

    def push_until_taken(self, parcel: Parcel) -> Answer:
        """Again while the server is busy or away, after as long as it asks for; a repeat changes nothing."""
        for pause in (2.0**number / 4 for number in range(_TRIES - 1)):
            try:
                answer = self.push(parcel)
            except (OSError, http.client.HTTPException):
                wanted = pause
            else:
                if answer.status not in _COME_AGAIN:
                    return answer
                wanted = pause if answer.retry_after is None else answer.retry_after
            time.sleep(min(wanted, _LONGEST_PAUSE_SECONDS))
        return self.push(parcel)

    def result(self, delivery_id: str) -> dict[str, Any]:
        """What became of a delivery: its status and counts."""
        path = f"/api/v1/mdm/deliveries/{delivery_id}?page_size=1"
        return self._ask("GET", path, Parcel(b"", 0, {}), {}).document

    def close(self) -> None:
        self._connection.close()

    def _ask(self, method: str, path: str, parcel: Parcel, headers: dict[str, str]) -> Answer:
        """A connection that the server closed while it was idle is opened again."""
        is_reused = self._connection.sock is not None
        try:
            return self._ask_once(method, path, parcel, headers)
        except (http.client.RemoteDisconnected, ConnectionError):
            self._connection.close()
            if not is_reused:
                raise
        except (OSError, http.client.HTTPException):
            self._connection.close()
            raise
        return self._ask_once(method, path, parcel, headers)

    def _ask_once(self, method: str, path: str, parcel: Parcel, headers: dict[str, str]) -> Answer:
        started = time.perf_counter()
        self._connection.request(method, path, parcel.body, self._headers | parcel.headers | headers)
        answer = self._connection.getresponse()
        content = answer.read()
        seconds = time.perf_counter() - started
        asked = answer.headers.get("Retry-After", "")
        wait = float(asked) if asked.isdecimal() else None
        return Answer(answer.status, _document(content), seconds, parcel.records, wait)


def _document(content: bytes) -> dict[str, Any]:
    """A proxy may answer with a page of its own."""
    with contextlib.suppress(ValueError):
        found = json.loads(content)
        if isinstance(found, dict):
            return found
    return {}


@dataclass
class _Counter:
    """Hands parcels out to all senders, no faster than `rate` records a second (0: as fast as they go)."""

    parcels: Iterator[Parcel]
    rate: float
    started: float = field(default_factory=time.monotonic)
    handed_out: int = 0
    lock: Lock = field(default_factory=Lock)

    def take(self) -> Parcel | None:
        with self.lock:
            parcel = next(self.parcels, None)
            if parcel is None:
                return None
            due = self.started + self.handed_out / self.rate if self.rate else 0.0
            self.handed_out += parcel.records
        time.sleep(max(0.0, due - time.monotonic()))
        return parcel


def push(target: Target, parcels: Iterable[Parcel], *, senders: int = 4, rate: float = 0) -> list[Answer]:
    """Pushes every parcel from several senders at once; the last answer to each, in no order.

    `rate` is in records a second, 0 for no limit. Raises OSError or http.client.HTTPException where the
    server stays away.
    """
    counter = _Counter(iter(parcels), rate)
    with ThreadPoolExecutor(senders) as threads:
        work = [threads.submit(_work, target, counter) for _ in range(senders)]
        return [answer for one in work for answer in one.result()]


def _work(target: Target, counter: _Counter) -> list[Answer]:
    with contextlib.closing(Sender(target)) as sender:
        return [sender.push_until_taken(parcel) for parcel in iter(counter.take, None)]
