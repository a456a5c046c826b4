"""What people work with until the programme reaches them, and what lies in stores."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from fleet.models import DeviceModel
from fleet.vocabulary import CustodyKind, LifeCycle
from rollouts.demo.catalogue import OLD_MODELS
from rollouts.demo.copying import Row
from rollouts.demo.machines import Machine, Maker
from rollouts.demo.people import FIELD_COLLECTOR

# Of a hundred old devices that nobody holds.
LEFT_OVER = {
    LifeCycle.RETIRED: 40,
    LifeCycle.IN_STOCK: 26,
    LifeCycle.DISPOSED: 14,
    LifeCycle.IN_REPAIR: 9,
    LifeCycle.LOST: 8,
    LifeCycle.STOLEN: 3,
}


def old_devices(
    maker: Maker, models: dict[str, DeviceModel], people: Iterable[Row], given_back: set[int]
) -> Iterator[Machine]:
    """A desktop or laptop for nearly everybody; retired for those in `given_back`, who have a new one."""
    for person in people:
        if maker.chance.random() < 0.955:
            machine = _old_device(maker, models, person["site_id"])
            if person["id"] in given_back:
                _retire(maker, machine)
            else:
                hold(maker, machine, person)
            yield machine


def phones(maker: Maker, model: DeviceModel, people: Iterable[Row]) -> Iterator[Machine]:
    """For every field collector, and for one in sixty of the others."""
    for person in people:
        if person["job_role"] == FIELD_COLLECTOR or maker.chance.random() < 1 / 60:
            machine = maker.make(model, site_id=person["site_id"], age_days=maker.chance.randrange(200, 900))
            maker.report(machine, model)
            hold(maker, machine, person)
            yield machine


def left_over(
    maker: Maker, models: dict[str, DeviceModel], depot_ids: list[int], count: int
) -> Iterator[Machine]:
    """Old devices without a holder, in stores or gone."""
    for state in maker.chance.choices(list(LEFT_OVER), list(LEFT_OVER.values()), k=count):
        machine = _old_device(maker, models, maker.chance.choice(depot_ids))
        machine.row["life_cycle"] = state
        _fall_silent(maker, machine)
        yield machine


def stock(
    maker: Maker, models: dict[str, DeviceModel], depot_ids: list[int], wanted: dict[str, int]
) -> Iterator[Machine]:
    """New devices in stores, for the tranches to come."""
    for name, count in wanted.items():
        for _ in range(count):
            yield maker.make(models[name], site_id=maker.chance.choice(depot_ids), age_days=20)


def on_order(maker: Maker, models: dict[str, DeviceModel], wanted: dict[str, int]) -> Iterator[Machine]:
    """New devices that have not come yet."""
    for name, count in wanted.items():
        for _ in range(count):
            yield maker.make(models[name], site_id=None, life_cycle=LifeCycle.ORDERED, age_days=0)


def _old_device(maker: Maker, models: dict[str, DeviceModel], site_id: int | None) -> Machine:
    name = maker.chance.choices(list(OLD_MODELS), list(OLD_MODELS.values()))[0]
    machine = maker.make(models[name], site_id=site_id, age_days=maker.chance.randrange(600, 3300))
    if maker.chance.random() < 0.96:
        maker.report(machine, models[name])
    return machine


def hold(maker: Maker, machine: Machine, person: Row) -> None:
    """Issues it two weeks after it was bought, or when the person started where that was later."""
    started = dt.datetime.combine(person["starts_on"], dt.time(10), tzinfo=maker.now.tzinfo)
    bought = dt.datetime.combine(machine.row["purchased_on"], dt.time(9), tzinfo=maker.now.tzinfo)
    issued_at = min(max(started, bought + dt.timedelta(days=14)), maker.now - dt.timedelta(days=1))
    give(machine, person, issued_at)


def give(machine: Machine, person: Row, issued_at: dt.datetime) -> None:
    """Issues the device to the person, at their site."""
    machine.row |= {
        "life_cycle": LifeCycle.ISSUED,
        "holder_id": person["id"],
        "site_id": person["site_id"],
        "issued_at": issued_at,
    }
    machine.custody.append(custody(machine, CustodyKind.ISSUED, issued_at, holder_id=person["id"]))
    if machine.record:
        machine.record |= {
            "user_upn": person["upn"],
            "user_email": person["email"],
            "user_name": person["name"],
        }


def custody(machine: Machine, kind: str, at: dt.datetime, holder_id: int | None = None) -> Row:
    return {
        "device_id": machine.row["id"],
        "kind": kind,
        "at": at,
        "holder_id": holder_id,
        "site_id": machine.row["site_id"],
        "recorded_at": at,
    }


def _retire(maker: Maker, machine: Machine) -> None:
    machine.row["life_cycle"] = LifeCycle.RETIRED
    at = maker.now - dt.timedelta(days=maker.chance.randrange(1, 20))
    machine.custody += [
        custody(machine, CustodyKind.RETURNED, at - dt.timedelta(hours=5)),
        custody(machine, CustodyKind.RETIRED, at),
    ]
    _fall_silent(maker, machine)


def _fall_silent(maker: Maker, machine: Machine) -> None:
    if machine.record:
        silent = dt.timedelta(days=maker.chance.randrange(21, 400))
        machine.record["last_seen"] = maker.now - silent
