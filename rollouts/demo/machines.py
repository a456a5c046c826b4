"""One device at a time: its row in the register, and what its MDM says of it."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass, field
from typing import Any

from fleet.mdm.simulator.identifiers import hardware_id, iccid, imei, msisdn, serial, wifi_mac
from fleet.models import DeviceModel
from fleet.vocabulary import Compliance, Enrolment, FormFactor, LifeCycle, Platform
from rollouts.demo.catalogue import CONTAINER
from rollouts.demo.copying import Row

GIGABYTE = 10**9
PHONE = "iPhone SE"
CELLULAR = {PHONE, "iPad Pro 13-inch", "iPad Air 11-inch", "Galaxy Tab Active5"}
NEWEST = {Platform.IPADOS: "18.1", Platform.MACOS: "15.1", Platform.ANDROID: "15", Platform.IOS: "17.6.1"}
# What an update behind leaves a device on: still approved, or below the programme's minimum.
EARLIER = {Platform.IPADOS: "17.6.1", Platform.MACOS: "14.6.1", Platform.ANDROID: "14", Platform.IOS: "16.7"}
TOO_OLD = {Platform.IPADOS: "16.7.8", Platform.MACOS: "13.6", Platform.ANDROID: "13", Platform.IOS: "15.8"}
WINDOWS = {"6.1.7601": 19, "10.0.17763": 14, "10.0.19045": 45, "10.0.22631": 22}
BROWSERS = {
    "6.1.7601": ("Internet Explorer", "9.0.8112"),
    "10.0.17763": ("Internet Explorer", "11.0.17763"),
    "10.0.19045": ("Microsoft Edge", "129.0.2792"),
    "10.0.22631": ("Microsoft Edge", "131.0.2903"),
}


@dataclass(slots=True)
class Machine:
    """A device to be: columns of the register, and the record of its MDM, where it reports at all."""

    row: Row
    record: dict[str, Any] | None = None
    custody: list[Row] = field(default_factory=list)


class Maker:
    """Makes devices of one organisation, each with identifiers of its own.

    `numbers` are those of the drama numbers that its SIMs have, a third of them in tablets. When they have
    run out, SIMs are for data alone.
    """

    def __init__(
        self,
        *,
        organisation_id: int,
        ids: list[int],
        tag: str,
        now: dt.datetime,
        chance: random.Random,
        numbers: range,
    ) -> None:
        self.organisation_id = organisation_id
        self.ids = iter(ids)
        self.tag = tag
        self.now = now
        self.chance = chance
        split = len(numbers) // 3
        self.numbers = {True: iter(numbers[split:]), False: iter(numbers[:split])}
        self.count = 0

    def make(
        self, model: DeviceModel, *, site_id: int | None, life_cycle: str = LifeCycle.IN_STOCK, age_days: int
    ) -> Machine:
        """In the register alone, bought `age_days` ago."""
        self.count += 1
        bought_on = (self.now - dt.timedelta(days=age_days)).date()
        return Machine(
            {
                "id": next(self.ids),
                "organisation_id": self.organisation_id,
                "asset_tag": f"{self.tag}{100_000 + self.count}",
                "model_id": model.pk,
                "site_id": site_id,
                "life_cycle": life_cycle,
                "purchased_on": bought_on,
                "warranty_until": bought_on + dt.timedelta(days=3 * 365),
                "serial": serial(model.manufacturer[0].upper(), self.count, self.chance),
                "platform": model.platform,
            }
        )

    def report(self, machine: Machine, model: DeviceModel, **facts: Any) -> None:
        """Gives the device a record of its MDM: in order, save for what `facts` says."""
        row = machine.row
        record = {
            "source_id": row["asset_tag"].lower(),
            "serial": row["serial"],
            "hw_id": hardware_id(self.chance),
            "asset_tag": row["asset_tag"],
            "wifi_mac": wifi_mac(self.chance),
            "model": model.name,
            "model_id": model.identifier,
            "manufacturer": model.manufacturer,
            "platform": model.platform,
            "enrolment": Enrolment.ENROLLED,
            "compliance": Compliance.COMPLIANT,
            "encrypted": True,
            "passcode": True,
            "lost": False,
            "ownership": "organisation",
            "last_seen": self.seen(),
            "storage_total_bytes": 128 * GIGABYTE,
            "storage_free_bytes": self.chance.randrange(4, 110) * GIGABYTE,
            **(self._cellular(model) if model.name in CELLULAR else {}),
            **(self._old(model) if model.platform == Platform.WINDOWS else self._modern(model)),
            **facts,
        }
        machine.record = {name: value for name, value in record.items() if value is not None}

    def seen(self) -> dt.datetime:
        """Mostly within hours: the time since the last check-in of a device in use."""
        return self.now - dt.timedelta(minutes=min(self.chance.expovariate(1 / 900), 6 * 24 * 60))

    def _cellular(self, model: DeviceModel) -> dict[str, Any]:
        number = next(self.numbers[model.name == PHONE], None)
        told = {} if number is None else {"msisdn": msisdn(number)}
        sim = {"iccid": iccid(self.count), "carrier": "Example Mobile"} | told
        return {"imei": [imei(self.count)], "sims": [sim]}

    def _modern(self, model: DeviceModel) -> dict[str, Any]:
        platform = Platform(model.platform)
        behind = self.chance.random() < 0.25
        return {
            "os_version": (EARLIER if behind else NEWEST)[platform],
            "supervised": None if platform == Platform.ANDROID else True,
            "battery_level": self.chance.randrange(20, 101),
            "battery_health": "good",
            "software": [
                {"name": CONTAINER, "version": "5.2.1"},
                {"name": "Staff directory", "version": "3.4"},
            ],
        }

    def _old(self, model: DeviceModel) -> dict[str, Any]:
        version = self.chance.choices(list(WINDOWS), list(WINDOWS.values()))[0]
        browser, number = BROWSERS[version]
        facts: dict[str, Any] = {
            "os_version": version,
            "software": [{"name": browser, "version": number}],
            "encrypted": self.chance.random() < 0.94,
            "compliance": self.chance.choices(
                (Compliance.COMPLIANT, Compliance.NONCOMPLIANT, Compliance.GRACE), (84, 12, 4)
            )[0],
        }
        if model.form_factor == FormFactor.LAPTOP:
            facts["battery_level"] = self.chance.randrange(5, 101)
            facts["battery_health"] = "service" if self.chance.random() < 0.3 else "good"
        return facts
