"""The people whom a tranche still has to serve, with all that checks look at, in one temporary table.

Columns of `readiness_base`, a row each person who is planned or allocated:
person_id, staff_id, day (of the handover; today where it is overdue), starts_on, leaves_on, job_role,
assistive_needs; site_id, site_name, site_opens_on, site_closes_on, double_touch_days;
classification, scheme_id, rank (as they are on that day); entitlement_id; model_id, model_name,
assistive_supported (of the device, else of the entitlement); device_id, device_name, life_cycle,
holder_id, enrolment, compliance, encrypted, passcode, supervised, os_version, os_key, platform,
platform_name, last_seen_at; minimum_key, minimum_version; has_facts (an MDM saw the device, and not too
long ago), no_facts_because, seen_after.
"""

# ruff: noqa: S608 (constants alone)

from django.db.backends.utils import CursorWrapper

from fleet.vocabulary import Platform
from rollouts.checks.base import day, label
from rollouts.checks.switch_sql import SWITCHED
from rollouts.sql import Parameters

_STALE_SINCE = "(%(now)s - make_interval(days => programme.facts_stale_after_days))"
_PLATFORM = "coalesce(nullif(device.platform, 'unknown'), model.platform)"
_DAY = "greatest(coalesce(place.planned_on, tranche.handover_starts_on), %(today)s)"
_DEVICE = """
    coalesce(
        nullif(device.asset_tag, ''), nullif(device.reported_asset_tag, ''), nullif(device.serial, ''),
        'The device'
    )
"""
_BASE = f"""
    CREATE TEMPORARY TABLE readiness_base AS
    SELECT place.id AS person_id, staff.id AS staff_id, staff.starts_on, staff.leaves_on, staff.job_role,
        {_DAY} AS day,
        staff.assistive_needs, site.id AS site_id, site.name AS site_name, site.opens_on AS site_opens_on,
        site.closes_on AS site_closes_on, programme.double_touch_weeks * 7 AS double_touch_days,
        classification.name AS classification, classification.scheme_id, classification.rank,
        place.entitlement_id, model.id AS model_id, model.manufacturer || ' ' || model.name AS model_name,
        model.assistive_supported, device.id AS device_id, {_DEVICE} AS device_name, device.life_cycle,
        device.holder_id, device.enrolment, device.compliance, device.encrypted, device.passcode,
        device.supervised, device.os_version, device.os_key, {_PLATFORM} AS platform,
        {label(_PLATFORM, Platform)} AS platform_name, heartbeat.last_seen_at,
        minimum.version_key AS minimum_key, minimum.version AS minimum_version,
        coalesce(heartbeat.last_seen_at >= {_STALE_SINCE}, false) AS has_facts,
        CASE WHEN heartbeat.last_seen_at IS NULL THEN 'No MDM has seen ' || {_DEVICE}
            WHEN heartbeat.last_seen_at < {_STALE_SINCE}
                THEN {_DEVICE} || ' was last seen on ' || {day("heartbeat.last_seen_at")}
                || ', so its facts are too old' END AS no_facts_because,
        %(now)s - make_interval(days => programme.seen_within_days) AS seen_after
    FROM rollouts_trancheperson place
    JOIN rollouts_tranche tranche ON tranche.id = place.tranche_id
    JOIN rollouts_programme programme ON programme.id = tranche.programme_id
    JOIN fleet_staffmember staff ON staff.id = place.staff_member_id
    LEFT JOIN fleet_site site ON site.id = staff.site_id
    LEFT JOIN {SWITCHED} switched
        ON switched.classification_id = coalesce(staff.classification_id, programme.classification_id)
        AND switched.switches_on <= {_DAY}
    LEFT JOIN fleet_classification classification ON classification.id = coalesce(
        switched.becomes_id, staff.classification_id, programme.classification_id
    )
    LEFT JOIN rollouts_entitlement entitlement ON entitlement.id = place.entitlement_id
    LEFT JOIN fleet_device device ON device.id = place.device_id
    LEFT JOIN fleet_heartbeat heartbeat ON heartbeat.device_id = device.id
    LEFT JOIN fleet_devicemodel model ON model.id = coalesce(device.model_id, entitlement.device_model_id)
    LEFT JOIN rollouts_platformminimum minimum
        ON minimum.programme_id = programme.id AND minimum.platform = {_PLATFORM}
    WHERE place.tranche_id = ANY (%(tranches)s) AND place.state IN ('planned', 'allocated')
"""
_FINDINGS = """
    CREATE TEMPORARY TABLE readiness_findings (
        position smallint, check_key varchar(40), severity text, scope text,
        person_id bigint, site_id bigint, verdict text, reason text, until date,
        is_waived boolean NOT NULL DEFAULT false
    )
"""


def gather(cursor: CursorWrapper, parameters: Parameters) -> None:
    """Makes both temporary tables anew, in this connection alone."""
    discard(cursor)
    cursor.execute(_BASE, parameters)
    # What the checks join by; the rest of its columns are only looked at row by row.
    cursor.execute("ANALYZE readiness_base (person_id, staff_id, site_id, device_id)")
    cursor.execute(_FINDINGS)


def discard(cursor: CursorWrapper) -> None:
    """Drops the temporary tables where they are."""
    cursor.execute(
        "DROP TABLE IF EXISTS pg_temp.readiness_base, pg_temp.readiness_findings, pg_temp.readiness_people"
    )
