"""What a file may say of devices: how new ones start; custody and MDM move them from then on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db.models import Exists, OuterRef
from django.utils import timezone

from fleet import rules
from fleet.mdm.writing import copy
from fleet.models import SourceRecord
from fleet.services.custody import STEPS
from fleet.services.imports.kind import Kind, Values

CUSTODY = {"life_cycle": "life_cycle", "holder": "holder_id", "site": "site_id"}
# What has happened to a device that starts in a life cycle: the first kind of event that leads there.
OPENING = {step.becomes: kind for kind, step in reversed(STEPS.items()) if step.becomes}
EVENT = {
    "device_id": "bigint",
    "kind": "text",
    "at": "timestamptz",
    "holder_id": "bigint",
    "site_id": "bigint",
    "note": "text",
    "recorded_at": "timestamptz",
}


class DeviceKind(Kind):
    def notes(self) -> dict[str, Any]:
        return {"is_reported": Exists(SourceRecord.objects.filter(device=OuterRef("pk")))}

    def spell(self, name: str, text: str) -> str:
        return rules.SPELLINGS[name](text) if name in rules.SPELLINGS else text

    def starts(self, values: Values) -> rules.Refusals:
        """A device in use has a holder, one in stock has none."""
        kind = OPENING.get(values["life_cycle"])
        step = STEPS[kind] if kind else None
        if step and step.needs_holder and not values["holder_id"]:
            yield "holder", "Say who has the device: somebody's staff number."
        if step and step.clears_holder and values["holder_id"]:
            yield (
                "holder",
                "Nobody holds a device in this life cycle. Empty the cell or mend that one.",
            )

    def moves(self, before: Values, after: Values) -> rules.Refusals:
        for column, name in CUSTODY.items():
            if before[name] != after[name]:
                yield column, "The register says otherwise. Record on the device's page what happened to it."
        if before["is_reported"]:
            for name in rules.IDENTIFIERS:
                if before[name] != after[name]:
                    yield name, "An MDM reports another. Change it there, or leave the cell empty."

    def completed(self, values: Values) -> Values:
        """A device in use counts as issued now, unless the file says since when."""
        kind = OPENING.get(values["life_cycle"])
        is_in_use = kind is not None and STEPS[kind].needs_holder
        return values | {"issued_at": timezone.now() if is_in_use else None}

    def store_more(self, rows: Sequence[Values]) -> None:
        """The first custody event of each device."""
        now = timezone.now()
        copy("fleet_custodyevent", EVENT, (_event(row, now) for row in rows if row["life_cycle"] in OPENING))


def _event(row: Values, now: dt.datetime) -> tuple[Any, ...]:
    kind = OPENING[row["life_cycle"]].value
    at = row["issued_at"] or now
    return row["id"], kind, at, row["holder_id"], row["site_id"], "As loaded from a file", now
