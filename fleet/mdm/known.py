"""What the register knows of the devices that a delivery may name, as plain rows that planning works on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from fleet.mdm import normalise
from fleet.mdm.ranks import NO_RANKS, Ranks, by_source, without
from fleet.mdm.registers import Observed
from fleet.mdm.winning import resolved

# (kind, value); kinds from the strongest: serial, source_id, hw_id, imei.
Identifier = tuple[str, str]


@dataclass(slots=True)
class SourceRow:
    """One `SourceRecord`; `pk` is None until it is written. `is_missing`: its source no longer has it."""

    pk: int | None
    mdm_source: int
    source_id: str
    observed: Observed
    is_changed: bool = False
    is_missing: bool = False


@dataclass(slots=True, eq=False)
class DeviceRow:
    """One device: its columns, what each source says, and the identifiers that ever named it.

    Of a device that was known before, only those columns are read that identity depends on.
    """

    pk: int
    columns: dict[str, Any]
    model_maker: str = ""
    is_new: bool = False
    records: list[SourceRow] = field(default_factory=list)
    before: Observed | None = None
    formers: set[Identifier] = field(default_factory=set)
    claimed: set[Identifier] = field(default_factory=set)
    changed: dict[str, Any] = field(default_factory=dict)
    ranks: Ranks = field(default_factory=lambda: NO_RANKS)

    def fill(self, told: dict[str, Any]) -> None:
        """Set columns, which have yet to be written."""
        self.columns |= told
        self.changed |= told

    @property
    def serial(self) -> str:
        return str(self.columns["serial"])

    @property
    def maker(self) -> str:
        return normalise.maker(self.columns["manufacturer"] or self.model_maker)

    @property
    def weak_identifiers(self) -> list[Identifier]:
        """The hardware id and IMEIs that it shows."""
        found = [
            ("hw_id", self.columns["hw_id"]),
            ("imei", self.columns["imei"]),
            ("imei", self.columns["imei2"]),
        ]
        return [identifier for identifier in found if identifier[1]]

    def record_of(self, mdm_source: int, source_id: str) -> SourceRow | None:
        for row in self.records:
            if row.mdm_source == mdm_source and row.source_id == source_id:
                return row
        return None

    def resolved(self) -> Observed | None:
        """What all sources say together: by the organisation's ranks, else the newest."""
        if len(self.records) == 1:
            return self.records[0].observed
        if not self.records:
            return None
        sources = by_source((row.mdm_source, row.observed) for row in self.records)
        missing = {row.mdm_source for row in self.records if row.is_missing}
        return resolved(sources, without(self.ranks, missing))

    def found_by(self, mdm_source: int) -> None:
        """The source reports it: it is missing there no more, under whichever id."""
        for row in self.records:
            if row.mdm_source == mdm_source:
                row.is_missing = False


class Decision(NamedTuple):
    """What a person decided of a claim; neither: nobody has yet."""

    device: int | None
    is_ignored: bool


class Known:
    """An index of devices by identifier, and the claims that held records left."""

    def __init__(self) -> None:
        self.devices: dict[int, DeviceRow] = {}
        self._by_identifier: dict[Identifier, list[DeviceRow]] = defaultdict(list)
        # Readings (by position) that name their device as they did before.
        self.settled: dict[int, DeviceRow] = {}
        self.claims: dict[Identifier, dict[str, Decision]] = defaultdict(dict)

    def add(self, device: DeviceRow) -> None:
        self.devices[device.pk] = device

    def name(self, device: DeviceRow, identifiers: Iterable[Identifier]) -> None:
        """From now on each of these leads to the device as well."""
        for identifier in identifiers:
            found = self._by_identifier[identifier]
            if device not in found:
                found.append(device)

    def named(self, identifier: Identifier) -> list[DeviceRow]:
        return self._by_identifier.get(identifier, [])

    def give(self, device: DeviceRow, identifier: Identifier) -> None:
        """A person decided: the identifier leads to this device alone."""
        self._by_identifier[identifier] = [device]

    def claim(self, identifier: Identifier, serial: str) -> None:
        """A record that is held gave the identifier together with this serial."""
        self.claims[identifier].setdefault(serial, Decision(None, is_ignored=False))

    def rivals(self, identifier: Identifier, serial: str) -> bool:
        """Whether a record that is still held gave the identifier together with another serial."""
        claims = self.claims.get(identifier)
        return claims is not None and any(
            other and other != serial and not (decided.device or decided.is_ignored)
            for other, decided in claims.items()
        )

    def decision(self, identifier: Identifier, serial: str) -> Decision | None:
        found = self.claims.get(identifier, {}).get(serial)
        return found if found and (found.device or found.is_ignored) else None
