"""Intake through everything: HTTP, stored delivery, worker, identity, merge and change log."""

from __future__ import annotations

import time
from collections.abc import Callable

from django.utils import timezone

from bench.clients import Client, at_once, bearer
from bench.records import batches
from bench.reference import Reference
from bench.results import Report, of_runs
from fleet.models import Delivery, MdmSource, Organisation, SourceToken
from fleet.vocabulary import DeliveryStatus

DEVICES = 60_000
SENDERS = 4
ROUNDS = 3
PATH = "/api/v1/mdm/inventory"
LONGEST_SECONDS = 300
WANTED = {
    "first load": "0.5, at least 0.25",
    "changed": "0.5, at least 0.25",
    "unchanged": "1.0, at least 0.5",
}


def measure_intake(report: Report, port: int) -> None:
    rates: dict[str, list[float]] = {name: [] for name in WANTED}
    raw: dict[str, list[float]] = {name: [] for name in WANTED}
    for number in range(1, ROUNDS + 1):
        _round(f"BENCH{number}", port, rates, raw)
    for name, wanted in WANTED.items():
        ratios = [ours / theirs for ours, theirs in zip(rates[name], raw[name], strict=True)]
        result = of_runs(
            f"Intake, {name}",
            rates[name],
            "devices/s",
            reference=sorted(raw[name])[ROUNDS // 2],
            ratio=sorted(ratios)[ROUNDS // 2],
            size=f"{DEVICES:,}",
            wanted=wanted,
        )
        report.add(result)


def _round(code: str, port: int, rates: dict[str, list[float]], raw: dict[str, list[float]]) -> None:
    """A new organisation is filled, changed and seen again; then the raw limit for the same rows."""
    organisation = Organisation.objects.create(code=code, name=code)
    source = MdmSource.objects.create(organisation=organisation, slug=code.lower(), name=code)
    _, secret = SourceToken.issue(source=source)
    for name, os_version in (("first load", "17.4"), ("changed", "17.5"), ("unchanged", "17.5")):
        bodies = batches(code, DEVICES, os_version=os_version, seen=timezone.now().isoformat())
        rates[name].append(DEVICES / push_all(source, lambda: bearer(port, secret), bodies))
    reference = Reference(organisation.pk)
    raw["first load"].append(DEVICES / reference.first_load())
    raw["changed"].append(DEVICES / reference.update())
    raw["unchanged"].append(raw["changed"][-1])
    reference.drop()


def push_all(source: MdmSource, make: Callable[[], Client], bodies: list[bytes], path: str = PATH) -> float:
    """Seconds from the first request until the last delivery is applied."""
    started = time.perf_counter()
    at_once(make, SENDERS, bodies, lambda client, body: len(client.post(path, body)))
    waiting = Delivery.objects.filter(source=source).exclude(status=DeliveryStatus.APPLIED)
    while waiting.exists():
        if time.perf_counter() - started > LONGEST_SECONDS:
            raise SystemExit(f"Deliveries are not applied: {waiting.values_list('status', 'error')[:3]}")
        time.sleep(0.02)
    return time.perf_counter() - started
