"""Merges heartbeats in the database: per value the latest observation wins, whoever is first to write."""

from __future__ import annotations

from collections.abc import Set as AbstractSet

from django.db import connection

from fleet.mdm import writing
from fleet.mdm.pulses import Beat


def write_beats(beats: dict[int, Beat], new: AbstractSet[int]) -> set[int]:
    """Merge heartbeats; the devices seen for the first time at all or since issue, or after over a day.

    `new` devices are those that this delivery creates: nobody has to look when they were seen before.
    """
    if first := sorted(beats.keys() & new):
        writing.execute(_MERGE, _arrays(beats, first))
    if known := sorted(beats.keys() - new):
        with connection.cursor() as cursor:
            cursor.execute(_MERGE_KNOWN, _arrays(beats, known))
            return {row[0] for row in cursor.fetchall()}
    return set()


def _arrays(beats: dict[int, Beat], devices: list[int]) -> list[str]:
    """One array a value: for rows as narrow as these that takes less than a table to copy them into."""
    seen, level, level_at, health, health_at, free, free_at = zip(*map(beats.get, devices), strict=True)
    return [
        *map(writing.numbers, (devices, seen, level, level_at)),
        writing.array(health),
        *map(writing.numbers, (health_at, free, free_at)),
    ]


def _newer(value: str, at: str) -> str:
    """The assignments that take a told value observed later, at equal times the greater one."""
    is_newer = f"""excluded.{at} IS NOT NULL AND (h.{at} IS NULL OR excluded.{at} > h.{at}
        OR excluded.{at} = h.{at} AND excluded.{value} > h.{value})"""
    return ", ".join(
        f"{name} = CASE WHEN {is_newer} THEN excluded.{name} ELSE h.{name} END" for name in (value, at)
    )


_TOLD = f"""
    told AS MATERIALIZED (
        SELECT device_id, {writing.AT.format("last_seen")} AS last_seen_at,
            level, {writing.AT.format("level_at")} AS level_at,
            coalesce(health, 'unknown') AS health, {writing.AT.format("health_at")} AS health_at,
            free, {writing.AT.format("free_at")} AS free_at
        FROM unnest(%s::bigint[], %s::bigint[], %s::smallint[], %s::bigint[], %s::text[], %s::bigint[],
            %s::bigint[], %s::bigint[])
            AS s (device_id, last_seen, level, level_at, health, health_at, free, free_at)
    )
"""
_INSERT = f"""
    INSERT INTO fleet_heartbeat AS h (device_id, last_seen_at, battery_level, battery_level_at,
        battery_health, battery_health_at, storage_free_bytes, storage_free_at)
    TABLE told
    ON CONFLICT (device_id) DO UPDATE SET
        last_seen_at = greatest(h.last_seen_at, excluded.last_seen_at),
        {_newer("battery_level", "battery_level_at")},
        {_newer("battery_health", "battery_health_at")},
        {_newer("storage_free_bytes", "storage_free_at")}
"""
_MERGE = f"WITH {_TOLD} {_INSERT}"
_MERGE_KNOWN = f"""
    WITH {_TOLD}, crossed AS (
        SELECT t.device_id FROM told t
        LEFT JOIN fleet_heartbeat h USING (device_id) LEFT JOIN fleet_device d ON d.id = t.device_id
        WHERE t.last_seen_at IS NOT NULL AND (h.last_seen_at IS NULL
            OR h.last_seen_at < t.last_seen_at - interval '1 day'
            OR h.last_seen_at < d.issued_at AND d.issued_at <= t.last_seen_at)
    ), merged AS ({_INSERT})
    SELECT device_id FROM crossed
"""
