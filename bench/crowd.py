"""A department whose 60,000 people are all in one programme."""

from __future__ import annotations

from typing import Any

from django.db import connection
from django.utils import timezone

from fleet.models import Organisation
from rollouts.models import Programme, Tranche
from rollouts.vocabulary import TrancheState

PEOPLE = 60_000
TRANCHES = 12
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
    INSERT INTO fleet_trainingrecord (organisation_id, staff_member_id, course_id, completed_on, valid_until,
        provider, reference, source)
    SELECT staff.organisation_id, staff.id, course.id, current_date - 60, current_date + 300, '', '', 'import'
    FROM fleet_staffmember staff JOIN fleet_course course USING (organisation_id)
    WHERE organisation_id = %(organisation)s AND (staff.id + course.id) %% 50 <> 0;
    ANALYZE fleet_staffmember, fleet_device, fleet_heartbeat, rollouts_trancheperson, fleet_trainingrecord;
"""


def make_crowd() -> tuple[Organisation, list[Tranche]]:
    """Made from the demo's people, each with a device that waits for them; most are trained."""
    organisation = Organisation.objects.create(code=CODE, name="Crowd")
    demo = Programme.objects.get(code="mobile-working")
    entitlement = demo.entitlements.get(user_case="Field inspector")
    classification = organisation.classifications.create(
        scheme=organisation.schemes.create(code="One", name="One"),
        code="ONE",
        name="One",
        rank=1,
        valid_from=demo.starts_on,
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
    programme.required_courses.set(
        organisation.courses.create(code=code, name=code, validity_months=12) for code in ("A", "B")
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
