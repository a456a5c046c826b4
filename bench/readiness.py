"""Readiness of 60,000 people in 12 tranches, and how soon it follows a push."""

from __future__ import annotations

import time
from collections.abc import Iterator

from django.db import connection
from django.utils import timezone

from bench.clients import Client, bearer
from bench.crowd import PEOPLE, TRANCHES, make_crowd
from bench.intake import PATH
from bench.records import body
from bench.results import Report, Result, of_runs, percentile
from fleet.models import Device, MdmSource, Organisation, SourceToken
from rollouts.models import Computation, Tranche
from rollouts.services.assessing import assess
from rollouts.services.staleness import mark_dirty

CHANGED = 1_000
RUNS = 3
PUSHES = 6
LONGEST_SECONDS = 120

# One look at everything that readiness looks at, with nothing asked of it.
_ONE_PASS = """
    SELECT count(*), max(device.os_key), max(heartbeat.last_seen_at), max(site.closes_on), max(model.name)
    FROM rollouts_trancheperson place
    JOIN fleet_staffmember staff ON staff.id = place.staff_member_id
    JOIN fleet_site site ON site.id = staff.site_id
    JOIN fleet_device device ON device.id = place.device_id
    JOIN fleet_devicemodel model ON model.id = device.model_id
    JOIN fleet_heartbeat heartbeat ON heartbeat.device_id = device.id
    WHERE place.tranche_id = ANY (%s)
"""


def measure_readiness(report: Report, port: int) -> None:
    organisation, tranches = make_crowd()
    _settle(tranches)
    passes = [_one_pass(tranches) for _ in range(RUNS)]
    runs = [_assess_all(tranches) for _ in range(RUNS)]
    reference = sorted(passes)[RUNS // 2]
    report.add(
        of_runs(
            "Readiness, all checks",
            runs,
            "s",
            reference=reference,
            ratio=sorted(runs)[RUNS // 2] / reference,
            size=f"{PEOPLE:,} people in {TRANCHES} tranches",
            wanted="5 and 10 x, at least 15",
        )
    )
    _measure_push(report, port, organisation, tranches)


def _one_pass(tranches: list[Tranche]) -> float:
    started = time.perf_counter()
    with connection.cursor() as cursor:
        cursor.execute(_ONE_PASS, [[tranche.pk for tranche in tranches]])
        cursor.fetchall()
    return time.perf_counter() - started


def _assess_all(tranches: list[Tranche]) -> float:
    started = time.perf_counter()
    for tranche in tranches:
        assess(tranche, at=timezone.now())
    return time.perf_counter() - started


def _measure_push(report: Report, port: int, organisation: Organisation, tranches: list[Tranche]) -> None:
    """From the request until every tranche that it touches has been computed since."""
    source = MdmSource.objects.create(organisation=organisation, slug="crowd-mdm", name="Crowd MDM")
    _, secret = SourceToken.issue(source=source)
    # The first push finds the devices by their serials and everything by cold caches.
    seconds = [_push_and_wait(bearer(port, secret), pushed, tranches) for pushed in _pushes(organisation)][1:]
    report.add(
        Result(
            "From push to recomputed readiness, p95",
            percentile(seconds, 0.95),
            "s",
            n=len(seconds),
            spread=(min(seconds), max(seconds)),
            size=f"{CHANGED:,} of {PEOPLE:,}",
            wanted="2, at least 5",
        )
    )


def _pushes(organisation: Organisation) -> Iterator[bytes]:
    """The same devices each time, with an operating system that came out since."""
    devices = Device.objects.filter(organisation=organisation)
    serials = list(devices.values_list("serial", flat=True)[:CHANGED])
    for number in range(PUSHES):
        seen = timezone.now().isoformat()
        yield body(
            [
                {"source_id": serial, "serial": serial, "os_version": f"17.{5 + number}", "last_seen": seen}
                for serial in serials
            ]
        )


def _push_and_wait(client: Client, pushed: bytes, tranches: list[Tranche]) -> float:
    _settle(tranches)
    ids = [tranche.pk for tranche in tranches]
    at, started = timezone.now(), time.perf_counter()
    client.post(PATH, pushed)
    fresh = Computation.objects.filter(pk__in=ids, dirty_at__isnull=True, computed_at__gt=at)
    while fresh.count() < len(ids):
        if time.perf_counter() - started > LONGEST_SECONDS:
            raise SystemExit("Readiness does not follow a push.")
        time.sleep(0.02)
    return time.perf_counter() - started


def _settle(tranches: list[Tranche]) -> None:
    """Nothing is left to compute, so that what is computed next is what is measured."""
    ids = [tranche.pk for tranche in tranches]
    mark_dirty(Tranche.objects.filter(pk__in=ids, computation=None))
    while Computation.objects.filter(dirty_at__isnull=False).exists():
        time.sleep(0.05)
