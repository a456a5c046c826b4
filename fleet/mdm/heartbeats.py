"""Merges heartbeats in the database: per value the latest observation wins, whoever is first to write."""

from __future__ import annotations

from django.db import connection

from fleet.mdm import writing
from fleet.mdm.pulses import Beat

_BEAT_TYPES = {
    "device_id": "bigint",
    "last_seen": "bigint",
    "level": "smallint",
    "level_at": "bigint",
    "health": "varchar",
    "health_at": "bigint",
    "free": "bigint",
    "free_at": "bigint",
}


def write_beats(beats: dict[int, Beat]) -> set[int]:
    """Merge heartbeats; the devices seen for the first time at all or since issue, or after over a day."""
    if not beats:
        return set()
    writing.stage("staged_beats", _BEAT_TYPES, ((one, *beats[one]) for one in sorted(beats)))
    with connection.cursor() as cursor:
        cursor.execute(_MERGE_BEATS)
        return {row[0] for row in cursor.fetchall()}


def _newer(value: str, at: str) -> str:
    """The assignments that take a staged value observed later, at equal times the greater one."""
    is_newer = f"""excluded.{at} IS NOT NULL AND (h.{at} IS NULL OR excluded.{at} > h.{at}
        OR excluded.{at} = h.{at} AND excluded.{value} > h.{value})"""
    return ", ".join(
        f"{name} = CASE WHEN {is_newer} THEN excluded.{name} ELSE h.{name} END" for name in (value, at)
    )


_MERGE_BEATS = f"""
    WITH crossed AS (
        SELECT s.device_id FROM staged_beats s
        LEFT JOIN fleet_heartbeat h USING (device_id) LEFT JOIN fleet_device d ON d.id = s.device_id
        WHERE s.last_seen IS NOT NULL AND (h.last_seen_at IS NULL
            OR h.last_seen_at < {writing.AT.format("s.last_seen")} - interval '1 day'
            OR h.last_seen_at < d.issued_at AND d.issued_at <= {writing.AT.format("s.last_seen")})
    ), merged AS (
        INSERT INTO fleet_heartbeat AS h (device_id, last_seen_at, battery_level, battery_level_at,
            battery_health, battery_health_at, storage_free_bytes, storage_free_at)
        SELECT device_id, {writing.AT.format("last_seen")}, level, {writing.AT.format("level_at")},
            coalesce(health, 'unknown'), {writing.AT.format("health_at")},
            free, {writing.AT.format("free_at")}
        FROM staged_beats
        ON CONFLICT (device_id) DO UPDATE SET
            last_seen_at = greatest(h.last_seen_at, excluded.last_seen_at),
            {_newer("battery_level", "battery_level_at")},
            {_newer("battery_health", "battery_health_at")},
            {_newer("storage_free_bytes", "storage_free_at")}
    )
    SELECT device_id FROM crossed
"""
