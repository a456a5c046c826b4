"""Keeps the records that a person must decide on: one open conflict an identifier, however often it comes."""

from __future__ import annotations

from typing import Any

import msgspec
from django.db import connection

from fleet.mdm import writing
from fleet.mdm.facts import moment
from fleet.mdm.known import Identifier
from fleet.mdm.plans import Held
from fleet.models import Delivery

_TYPES = {
    "kind": "text",
    "value": "text",
    "record": "jsonb",
    "at": "timestamptz",
    "times": "int",
    "devices": "bigint[]",
}
_SAME = """c.organisation_id = %(organisation)s AND c.status = 'open'
    AND c.kind = s.kind AND c.value = s.value AND (c.kind <> 'source_id' OR c.source_id = %(source)s)"""

_REPEAT = f"""
    UPDATE fleet_identityconflict c SET times_seen = c.times_seen + s.times,
        record = CASE WHEN s.at >= c.observed_at THEN s.record ELSE c.record END,
        source_id = CASE WHEN s.at >= c.observed_at THEN %(source)s ELSE c.source_id END,
        delivery_id = CASE WHEN s.at >= c.observed_at THEN %(delivery)s ELSE c.delivery_id END,
        observed_at = greatest(s.at, c.observed_at)
    FROM staged_conflicts s WHERE {_SAME}
"""

_OPEN = f"""
    INSERT INTO fleet_identityconflict (organisation_id, source_id, delivery_id, kind, value, record,
        observed_at, times_seen, status, opened_at, resolution)
    SELECT %(organisation)s, %(source)s, %(delivery)s, kind, value, record, at, times, 'open', now(), ''
    FROM staged_conflicts s WHERE NOT EXISTS (SELECT FROM fleet_identityconflict c WHERE {_SAME})
"""

_INVOLVE = f"""
    INSERT INTO fleet_identityconflict_devices (identityconflict_id, device_id)
    SELECT c.id, unnest(s.devices) FROM staged_conflicts s JOIN fleet_identityconflict c ON {_SAME}
    ON CONFLICT DO NOTHING
"""

_CLAIM = """
    INSERT INTO fleet_identityclaim (organisation_id, source_id, kind, value, serial, is_ignored)
    SELECT %s, CASE WHEN kind = 'source_id' THEN %s END, kind, value, serial, false
    FROM json_to_recordset(%s) AS s(kind text, value text, serial text) ON CONFLICT DO NOTHING
"""


def hold(held: list[Held], *, organisation: int, delivery: Delivery) -> None:
    """Open or repeat the conflicts of these records, and note what they claimed."""
    if not held:
        return
    source = delivery.source_id
    params: dict[str, Any] = {"organisation": organisation, "source": source, "delivery": delivery.pk}
    writing.stage("staged_conflicts", _TYPES, _by_identifier(held))
    with connection.cursor() as cursor:
        for statement in (_REPEAT, _OPEN, _INVOLVE):
            cursor.execute(statement, params)
        cursor.execute(_CLAIM, [organisation, source, _claims(held)])


def _by_identifier(held: list[Held]) -> list[tuple[Any, ...]]:
    """One row a contested identifier: its newest record, how often it came and all devices involved."""
    newest: dict[Identifier, Held] = {}
    times: dict[Identifier, int] = {}
    devices: dict[Identifier, set[int]] = {}
    for one in held:
        for identifier in one.contested:
            times[identifier] = times.get(identifier, 0) + 1
            devices.setdefault(identifier, set()).update(one.devices)
            if identifier not in newest or one.at >= newest[identifier].at:
                newest[identifier] = one
    return [
        (
            *identifier,
            msgspec.json.encode(one.record).decode(),
            moment(one.at),
            times[identifier],
            f"{{{','.join(map(str, sorted(devices[identifier])))}}}",
        )
        for identifier, one in newest.items()
    ]


def _claims(held: list[Held]) -> str:
    claims = {(kind, value, one.keys.serial) for one in held for kind, value in one.keys.weak}
    rows = [{"kind": kind, "value": value, "serial": serial} for kind, value, serial in sorted(claims)]
    return msgspec.json.encode(rows).decode()
