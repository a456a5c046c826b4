"""Which device a record is about. Pure: it looks only at what `Known` holds (docs/explanation/identity.md).

A serial is the strongest word. A source's id, a hardware id and an IMEI are believed unless they lead to a
device that contradicts the record; then the identifier is contested, the record held, and a person decides.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from fleet.mdm import normalise
from fleet.mdm.facts import Register
from fleet.mdm.known import DeviceRow, Identifier, Known


class Keys(NamedTuple):
    """The identifiers of one record, normalised; `weak` holds all but the serial, strongest first."""

    serial: str
    maker: str
    weak: tuple[Identifier, ...]

    def fits(self, device: DeviceRow) -> bool:
        """The device does not contradict: it has no serial, or this one by no other maker."""
        if not self.serial or not device.serial:
            return True
        return device.serial == self.serial and self.maker_fits(device)

    def maker_fits(self, device: DeviceRow) -> bool:
        return not (self.maker and device.maker) or self.maker == device.maker


@dataclass(slots=True)
class Found:
    """The device (None: a new one, unless contested) and the identifiers that only a person can settle."""

    device: DeviceRow | None = None
    contested: list[Identifier] = field(default_factory=list)
    is_ignored: bool = False
    is_decided: bool = False


def keys_of(source_id: str, facts: Register, previous: tuple[str, ...] = ()) -> Keys:
    """`previous` are ids that the source had for the device before: they lead to it as its id does."""
    weak = [("source_id", one) for one in (source_id, *previous) if one]
    if hw_id := facts.get("hw_id"):
        weak.append(("hw_id", hw_id))
    weak.extend(("imei", imei) for imei in facts.get("imei", ()))
    return Keys(facts.get("serial", ""), normalise.maker(facts.get("manufacturer", "")), tuple(weak))


def find(keys: Keys, known: Known) -> Found:
    """The device that the keys name. A decision that a person took for the same claim is followed."""
    found = _by_serial(keys, known) if keys.serial else _without_serial(keys, known)
    return _as_decided(found, keys, known) if found.contested else found


def _by_serial(keys: Keys, known: Known) -> Found:
    owners = [
        device
        for device in known.named(("serial", keys.serial))
        if keys.maker_fits(device) or ("serial", keys.serial) in device.formers | device.claimed
    ]
    if len(owners) > 1 or (owners and not keys.maker_fits(owners[0])):
        return Found(None, [("serial", keys.serial)])
    return _agreed(keys, known, owners[0] if owners else None)


def _agreed(keys: Keys, known: Known, device: DeviceRow | None) -> Found:
    """Go through the weaker identifiers: each must lead to the same device, or to none."""
    found = Found(device)
    for identifier in keys.weak:
        others = known.named(identifier)
        if found.device in others:
            continue
        is_shared = bool(others) and (found.device is not None or len(others) > 1)
        if is_shared or known.rivals(identifier, keys.serial) or not all(map(keys.fits, others)):
            found.contested.append(identifier)
        elif others:
            found.device = others[0]
    return found


def _without_serial(keys: Keys, known: Known) -> Found:
    """The strongest identifier that leads anywhere decides, where it leads to one device alone."""
    for position, identifier in enumerate(keys.weak):
        others = known.named(identifier)
        serial = others[0].serial if len(others) == 1 else ""
        if len(others) > 1 or known.rivals(identifier, serial):
            return Found(None, [identifier])
        if others:
            rest = keys._replace(weak=keys.weak[position + 1 :])
            return _agreed_without_serial(rest, known, others[0])
    return Found()


def _agreed_without_serial(keys: Keys, known: Known, device: DeviceRow) -> Found:
    contested = [
        identifier
        for identifier in keys.weak
        if device not in known.named(identifier)
        and (known.named(identifier) or known.rivals(identifier, device.serial))
    ]
    return Found(device, contested)


def _as_decided(found: Found, keys: Keys, known: Known) -> Found:
    for identifier in found.contested:
        decision = known.decision(identifier, keys.serial)
        if decision is None:
            continue
        device = known.devices[decision.device] if decision.device else None
        return Found(device, found.contested, decision.is_ignored, is_decided=True)
    return found
