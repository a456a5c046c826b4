"""The kinds of file that can be loaded."""

from __future__ import annotations

from fleet import rules
from fleet.models import Classification, Device, DeviceModel, Site, StaffMember
from fleet.services.imports.classifications import HANDLED, SCHEME, ClassificationKind
from fleet.services.imports.devices import DeviceKind
from fleet.services.imports.kind import Kind
from fleet.services.imports.references import HOLDER, MODEL, by_code, by_code_within

KINDS: dict[str, Kind] = {
    "classifications": ClassificationKind(
        model=Classification,
        fields=("code", "name", "rank", "valid_from", "valid_until"),
        references={"scheme": SCHEME},
        ignored=frozenset({"people", "approvals"}),
        identifiers=(("code",), ("scheme", "rank")),
        rules=rules.of_validity,
    ),
    "sites": Kind(
        model=Site,
        fields=(
            "code", "name", "kind", "region", "postcode", "latitude", "longitude", "capacity_desks",
            "network_mbps", "has_wifi", "has_training_room", "opens_on", "closes_on",
        ),
        references={"replaced_by": by_code_within("replaced_by", Site)},
        identifiers=(("code",),),
        rules=rules.of_site,
        ignored=frozenset({"people", "devices_here", "per_head"}),
        reach="site_ids",
    ),
    "staff": Kind(
        model=StaffMember,
        fields=(
            "staff_number", "name", "email", "upn", "job_role", "fte", "work_style", "group",
            "assistive_needs", "starts_on", "leaves_on",
        ),
        references={
            "site": by_code("site", Site),
            "classification": HANDLED,
        },
        identifiers=(("staff_number",),),
        rules=rules.of_staff,
        ignored=frozenset({"devices_held"}),
        reach="staff_ids",
    ),
    "models": Kind(
        model=DeviceModel,
        fields=(
            "manufacturer", "name", "identifier", "platform", "form_factor", "price_pence",
            "supported_until", "assistive_supported",
        ),
        identifiers=(("manufacturer", "name"), ("identifier",)),
        ignored=frozenset({"in_stock", "in_use"}),
    ),
    "devices": DeviceKind(
        model=Device,
        fields=("asset_tag", *rules.IDENTIFIERS, "life_cycle", "purchased_on", "warranty_until"),
        references={"model": MODEL, "site": by_code("site", Site), "holder": HOLDER},
        identifiers=(("asset_tag",), ("serial",), ("hw_id",), ("imei",)),
        rules=rules.of_device,
        ignored=frozenset({"os_version", "enrolment", "compliance", "seen", "platform", "encrypted"}),
        kept=frozenset({"asset_tag", *rules.IDENTIFIERS}),
        reach="device_ids",
    ),
}  # fmt: skip
