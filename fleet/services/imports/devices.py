"""What a file may say of devices: how new ones start; custody and MDM move them from then on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db.models import Exists, OuterRef
from django.utils import timezone

from fleet import rules
from fleet.mdm.writing import copy
from fleet.models import Device, SourceRecord
from fleet.services.custody import STEPS
from fleet.services.imports.kind import Kind, Values
from fleet.services.imports.references import HOLDER, MODEL, site

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


DEVICES = DeviceKind(
    title="Devices",
    permission="devices.change",
    model=Device,
    fields=("asset_tag", *rules.IDENTIFIERS, "life_cycle", "purchased_on", "warranty_until"),
    references={"model": MODEL, "site": site("site"), "holder": HOLDER},
    identifiers=(("asset_tag",), ("serial",), ("hw_id",), ("imei",)),
    names_row=("asset_tag", "serial"),
    url_name="fleet:device-detail",
    list_url_name="fleet:device-list",
    rules=rules.of_device,
    ignored=frozenset({"os_version", "enrolment", "compliance", "seen", "platform", "encrypted"}),
    kept=frozenset({"asset_tag", *rules.IDENTIFIERS}),
    synonyms={
        "asset": "asset_tag", "asset_no": "asset_tag", "asset_number": "asset_tag", "asset_id": "asset_tag",
        "tag": "asset_tag", "serial_number": "serial", "serial_no": "serial", "s_n": "serial",
        "hardware_id": "hw_id", "udid": "hw_id", "imei_number": "imei", "imei_1": "imei", "imei1": "imei",
        "imei_2": "imei2", "status": "life_cycle", "state": "life_cycle", "make": "manufacturer",
        "maker": "manufacturer", "device_model": "model", "model_name": "model", "location": "site",
        "office": "site", "site_name": "site", "site_code": "site", "assigned_to": "holder", "user": "holder",
        "staff_number": "holder", "employee_number": "holder", "held_by": "holder",
        "purchase_date": "purchased_on", "date_purchased": "purchased_on", "bought_on": "purchased_on",
        "warranty_end": "warranty_until", "warranty_expiry": "warranty_until",
    },
    meanings={
        "imei": "15 digits, of which the last checks the others",
        "imei2": "The second IMEI",
        "model": "The model's name, or manufacturer and name, or identifier",
        "manufacturer": "Where several makers have a model of that name",
        "site": "The site's code or name",
        "holder": "The holder's staff number; a device in use needs one",
        "life_cycle": "How a new device starts: in_stock (default), ordered, issued, on_loan, in_repair, "
        "lost, stolen, wiped, retired or disposed. Custody moves it from then on",
        "purchased_on": "Date",
        "warranty_until": "Date",
    },
    example={
        "asset_tag": "TAB-00412", "serial": "DMPXK2VAQ1GC", "imei": "356938035643809",
        "life_cycle": "in_stock", "purchased_on": "2026-03-27", "warranty_until": "2029-03-26",
    },
)  # fmt: skip
