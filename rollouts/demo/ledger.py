"""The last pushes of the department's MDM, through the product's own intake: some rows are wrong."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

from fleet.mdm.adapters.documents import JSON
from fleet.mdm.applying import apply_delivery
from fleet.mdm.bodies import Body
from fleet.mdm.receiving import receive
from fleet.models import Delivery
from rollouts.demo.machines import Machine
from rollouts.demo.stage import Stage

PUSHES = 4
RECORDS = 250
HOURS_APART = 6


def push_latest(stage: Stage, machines: list[Machine]) -> None:
    """A push every six hours until now. The last one names two devices by identifiers that contradict."""
    records = [machine.record for machine in machines if machine.record and "user_upn" in machine.record]
    for number in range(PUSHES):
        at = stage.now - dt.timedelta(hours=HOURS_APART * (PUSHES - 1 - number))
        said = records[number * RECORDS : (number + 1) * RECORDS]
        if number % 2:
            said = said[2:] + _broken(said[:2])
        if number == PUSHES - 1:
            said += _swapped(said[:2])
        _push(stage, said, at)


def _push(stage: Stage, records: list[dict[str, Any]], at: dt.datetime) -> None:
    content = json.dumps({"devices": records}, default=dt.datetime.isoformat).encode()
    delivery = receive(source=stage.source, body=Body(content, JSON)).delivery
    apply_delivery(delivery.pk)
    Delivery.objects.filter(pk=delivery.pk).update(received_at=at, applied_at=at + dt.timedelta(seconds=2))


def _broken(records: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """A mistyped IMEI and an impossible battery."""
    mistyped, overcharged = records
    return [mistyped | {"imei": ["001010000000000"]}, overcharged | {"battery_level": 250}]


def _swapped(records: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The main board of one device in the case of another: the serial says this one, the hardware id that."""
    case, board = records
    return [{**board, "source_id": "after-repair-1", "serial": case["serial"], "hw_id": board["hw_id"]}]
