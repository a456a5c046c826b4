"""Follows deliveries until they are applied, and adds up what became of them."""

from __future__ import annotations

import contextlib
import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from fleet.mdm.simulator.senders import Answer, Sender, Target

_POLL_SECONDS = 0.1


@dataclass
class Outcome:
    """Records by outcome, and the ids of deliveries that failed or still wait."""

    counts: Counter[str] = field(default_factory=Counter)
    failed: list[str] = field(default_factory=list)
    waiting: list[str] = field(default_factory=list)


def follow(target: Target, answers: Iterable[Answer], *, seconds: float) -> Outcome:
    """Waits until every delivery taken is finished, for at most so many seconds."""
    outcome, end = Outcome(), time.monotonic() + seconds
    with contextlib.closing(Sender(target)) as sender:
        for delivery_id in {answer.document["id"]: None for answer in answers if answer.is_taken}:
            document = _finished(sender, delivery_id, end)
            outcome.counts.update(document.get("counts", {}))
            if document["status"] == "failed":
                outcome.failed.append(delivery_id)
            elif document["status"] != "applied":
                outcome.waiting.append(delivery_id)
    return outcome


def _finished(sender: Sender, delivery_id: str, end: float) -> dict[str, Any]:
    """The delivery once it is finished, or as it is when the time is over."""
    document = sender.result(delivery_id)
    while document["status"] in {"pending", "processing"} and time.monotonic() < end:
        time.sleep(_POLL_SECONDS)
        document = sender.result(delivery_id)
    return document
