"""Readiness of 60,000 people in 12 tranches, and how soon it follows a push."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

from django.db import connection
from django.utils import timezone

from bench.clients import Client, bearer
from bench.intake import PATH
from bench.records import body
from bench.results import Report, Result, of_runs, percentile
from fleet.models import Device, MdmSource, Organisation, SourceToken
from rollouts.models import Computation, Programme, Tranche
from rollouts.services.assessing import assess
from rollouts.services.staleness import mark_dirty
from rollouts.vocabulary import TrancheState

PEOPLE = 60_000
TRANCHES = 12
CHANGED = 1_000
RUNS = 3
PUSHES = 6
LONGEST_SECONDS = 120
CODE = "CROWD"

# A department that is all in a programme: the demo's people and devices under another name, and some more.
_CROWD = """
    INSERT INTO fleet_staffmember (organisation_id, staff_number, name, email, upn, site_id, job_role, fte,
        work_style, "group", assistive_needs, classification_id, starts_on)
    SELECT %(organisation)s, 'C' || row_number() OVER (ORDER BY again, staff.id), name, '', '',
        (SELECT min(id) FROM fleet_site WHERE organisation_id = %(organisation)s), job_role, 1, work_style,
        '', assistive_needs, %(classification)s, starts_on
    FROM fleet_staffmember staff CROSS JOIN generate_series(1, %(times)s) AS again
    WHERE organisation_id = %(demo)s ORDER BY again, staff.id LIMIT %(people)s;
    INSERT INTO fleet_device (organisation_id, asset_tag, model_id, site_id, holder_id, life_cycle, issued_at,
        created_at, serial, hw_id, imei, imei2, meid, wifi_mac, manufacturer, reported_model,
        reported_model_id, reported_asset_tag, platform, os_version, os_key, os_build, user_upn, user_email,
        user_name, enrolment, compliance, supervised, encrypted, passcode, wipe, ownership, software)
    SELECT organisation_id, staff_number, %(model)s, site_id, NULL, 'in_stock', NULL, now(),
        'CR' || staff_number, '', '', '', '', '', 'Apple', '', '', '', 'ipados', '17.4', '{{17,4}}', '', '',
        '', '', 'enrolled', 'compliant', true, id %% 50 <> 0, true, 'none', 'organisation', '[]'
    FROM fleet_staffmember WHERE organisation_id = %(organisation)s;
    INSERT INTO fleet_heartbeat (device_id, last_seen_at, battery_health)
    SELECT id, now() - interval '3 hours', 'unknown' FROM fleet_device
    WHERE organisation_id = %(organisation)s;
    INSERT INTO rollouts_trancheperson (tranche_id, staff_member_id, device_id, entitlement_id, state, reason,
        planned_on)
    SELECT (%(tranches)s::bigint[])[1 + device.id %% {count}], staff.id, device.id, %(entitlement)s,
        'allocated', '', current_date + 20
    FROM fleet_device device
    JOIN fleet_staffmember staff USING (organisation_id)
    WHERE organisation_id = %(organisation)s AND staff.staff_number = device.asset_tag;
    ANALYZE fleet_staffmember, fleet_device, fleet_heartbeat, rollouts_trancheperson;
"""
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
    organisation, tranches = _crowd()
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


def _crowd() -> tuple[Organisation, list[Tranche]]:
    organisation = Organisation.objects.create(code=CODE, name="Crowd")
    demo = Programme.objects.get(code="mobile-working")
    entitlement = demo.entitlements.get(user_case="Field inspector")
    classification = organisation.classifications.create(
        scheme="One", code="ONE", name="One", rank=1, valid_from=demo.starts_on
    )
    organisation.sites.create(code="C1", name="Campus", network_mbps=60_000)
    tranches = _tranches(organisation)
    parameters: dict[str, Any] = {
        "organisation": organisation.pk,
        "demo": demo.organisation_id,
        "classification": classification.pk,
        "people": PEOPLE,
        "times": 1 + PEOPLE // demo.organisation.staff.count(),
        "model": entitlement.device_model_id,
        "entitlement": entitlement.pk,
        "tranches": [tranche.pk for tranche in tranches],
    }
    with connection.cursor() as cursor:
        cursor.execute("SET enable_nestloop = off")
        cursor.execute(_CROWD.format(count=TRANCHES), parameters)
        cursor.execute("RESET enable_nestloop")
    return organisation, tranches


def _tranches(organisation: Organisation) -> list[Tranche]:
    today = timezone.localdate()
    programme = organisation.programmes.create(
        code="crowd", name="Crowd", goal_quantity=PEOPLE, starts_on=today, ends_on=today
    )
    return [
        programme.tranches.create(
            number=number,
            name="Crowd",
            state=TrancheState.DEPLOYING,
            locked_at=timezone.now(),
            handover_starts_on=today,
            handover_ends_on=today,
        )
        for number in range(1, TRANCHES + 1)
    ]


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
