"""The record of a conflict, fact by fact, beside what is known of the devices that it might be about."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any, NamedTuple

from django.db.models import Prefetch

from fleet.mdm.facts import Register, facts_of
from fleet.mdm.records import Rejected, from_document
from fleet.models import Device, IdentityConflict, SourceRecord, User
from fleet.vocabulary import Platform
from fleet.web import text


@dataclass(frozen=True, slots=True)
class Fact:
    """How a fact is read from a record and from a device.

    `alike` are all values of the device that agree with the record, where `shown` is not the only one.
    """

    label: str
    said: Callable[[Register], list[str]]
    shown: Callable[[Device], str]
    alike: Callable[[Device], Iterable[str]] | None = None
    kind: str = ""

    def differs(self, said: list[str], device: Device) -> bool:
        """Both are known and have nothing in common."""
        known = self.alike(device) if self.alike else [self.shown(device)]
        had = {value.casefold() for value in known if value}
        return bool(said and had) and had.isdisjoint(value.casefold() for value in said)


class Cell(NamedTuple):
    """A device's value of a fact; `differs` where it contradicts the record's."""

    value: str
    differs: bool


class Row(NamedTuple):
    """One fact; `is_contested` where it is the identifier that leads to several devices."""

    label: str
    said: str
    cells: list[Cell]
    is_contested: bool = False


def _told(*fields: str) -> Callable[[Register], list[str]]:
    return lambda said: [said[field] for field in fields if said.get(field)]


def _nothing(_: Register) -> list[str]:
    return []


def _platform(said: Register) -> list[str]:
    labels: dict[str, str] = dict(Platform.choices)
    return [labels.get(word, word) for word in _told("platform")(said)]


def _source_ids(device: Any) -> list[str]:
    return [record.source_id for record in device.told if record.source_id]


def _models(device: Device) -> list[str]:
    register = [device.model.name, device.model.identifier] if device.model else []
    return [device.model_name, device.reported_model, device.reported_model_id, *register]


def _seen(device: Device) -> str:
    return text.shown(device.heartbeat.last_seen_at if hasattr(device, "heartbeat") else None, "Never")


def _joined(values: Iterable[str]) -> str:
    return " and ".join(filter(None, values))


FACTS = (
    Fact("Serial", _told("serial"), attrgetter("serial"), kind="serial"),
    Fact("Hardware id", _told("hw_id"), attrgetter("hw_id"), kind="hw_id"),
    Fact(
        "IMEI",
        lambda said: said.get("imei", []),
        lambda device: _joined([device.imei, device.imei2]),
        alike=attrgetter("imei", "imei2"),
        kind="imei",
    ),
    Fact(
        "The source's id",
        _told("source_id"),
        lambda device: _joined(_source_ids(device)),
        alike=_source_ids,
        kind="source_id",
    ),
    Fact(
        "Identifiers it had before",
        _nothing,
        lambda device: ", ".join(one.value for one in device.former_identifiers.all()),
    ),
    Fact(
        "Asset tag",
        _told("asset_tag"),
        attrgetter("tag"),
        alike=attrgetter("asset_tag", "reported_asset_tag"),
    ),
    Fact("Manufacturer", _told("manufacturer"), attrgetter("manufacturer")),
    Fact("Model", _told("model", "model_id"), attrgetter("model_name"), alike=_models),
    Fact("Platform", _platform, lambda device: device.get_platform_display()),
    Fact("OS version", _told("os_version"), attrgetter("os_version")),
    Fact(
        "User",
        _told("user_upn", "user_email"),
        lambda device: device.user_upn or device.user_email,
        alike=attrgetter("user_upn", "user_email"),
    ),
    Fact("Life cycle", _nothing, lambda device: device.get_life_cycle_display()),
    Fact("Holder", _nothing, lambda device: str(device.holder or "Nobody")),
    Fact("Site", _nothing, lambda device: str(device.site or "")),
)


def candidates(conflict: IdentityConflict, user: User) -> list[Device]:
    """The devices involved that this person may see, with what the comparison needs."""
    told = Prefetch(
        "source_records", SourceRecord.objects.filter(mdm_source=conflict.source_id), to_attr="told"
    )
    devices = Device.objects.visible_to(user).filter(identity_conflicts=conflict)
    related = devices.select_related("model", "holder", "site", "heartbeat")
    return list(related.prefetch_related(told, "former_identifiers").order_by("pk"))


def said_by(conflict: IdentityConflict) -> Register:
    """The facts of the held record; none where it cannot be read any more."""
    try:
        facts = facts_of(from_document(conflict.record).facts)
    except Rejected:
        return {}
    return facts | {"source_id": conflict.record.get("source_id") or ""}


def compared(conflict: IdentityConflict, devices: Sequence[Device]) -> list[Row]:
    """Every fact that the record or one of the devices has."""
    said = said_by(conflict)
    rows = [_row(fact, fact.said(said), devices, is_contested=fact.kind == conflict.kind) for fact in FACTS]
    seen = [Cell(_seen(device), differs=False) for device in devices]
    rows.append(Row("Observed, last seen", text.moment(conflict.observed_at), seen))
    return [row for row in rows if row.said or any(cell.value for cell in row.cells)]


def _row(fact: Fact, said: list[str], devices: Sequence[Device], *, is_contested: bool) -> Row:
    cells = [Cell(fact.shown(device), fact.differs(said, device)) for device in devices]
    return Row(fact.label, ", ".join(said), cells, is_contested)
