"""The new devices of the tranches' people: handed over, made ready, or with something still wrong."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from fleet.models import DeviceModel
from fleet.vocabulary import Compliance, CustodyKind, Enrolment, Platform
from rollouts.demo.copying import Row
from rollouts.demo.estate import custody, give
from rollouts.demo.machines import TOO_OLD, Machine, Maker
from rollouts.demo.moving import on_working_day
from rollouts.models import Tranche, TranchePerson
from rollouts.vocabulary import PersonState

# What is wrong with tranche 3's devices while it waits at its gate, of a hundred; the rest is in order.
FAULTS = {
    "": 69,
    "no_record": 3,
    "pending": 6,
    "old": 7,
    "unsafe": 4,
    "open": 2,
    "silent": 5,
    "stale": 2,
    "bare": 2,
}
# Of a hundred people of a model who have a device at the gate: the maker delivers some late.
DELIVERED = {"Galaxy Tab Active5": 62, "MacBook Air 13-inch": 97, "iPad Air 11-inch": 98}


@dataclass(slots=True)
class Seat:
    """One person's place in a tranche, and what becomes of it."""

    pk: int
    person: Row
    planned_on: dt.date
    model: DeviceModel
    state: str = PersonState.PLANNED
    reason: str = ""
    device_id: int | None = None
    handed_over_at: dt.datetime | None = None
    accepted_at: dt.datetime | None = None


def seats_of(tranche: Tranche, people: dict[int, Row], models: dict[int, DeviceModel]) -> list[Seat]:
    """The tranche's people in the order of their planned days."""
    places = TranchePerson.objects.filter(tranche=tranche).order_by("planned_on", "pk")
    columns = places.values_list("pk", "staff_member_id", "planned_on", "entitlement__device_model_id")
    return [
        Seat(pk, people[staff_id], planned_on, models[model_id])
        for pk, staff_id, planned_on, model_id in columns
        if planned_on and model_id
    ]


def pilot(maker: Maker, seats: list[Seat]) -> Iterator[Machine]:
    """Everybody was handed a device on the day, and was content two weeks later."""
    for seat in seats:
        yield _hand_over(maker, seat, _hour(seat.planned_on, maker), accepted=True)


def under_way(maker: Maker, seats: list[Seat], depot_id: int) -> Iterator[Machine]:
    """Handed over as planned or some days late; those to come have a device that waits for them."""
    for seat in seats:
        late = maker.chance.choices((0, 1, 2, 5, 9, 40), (40, 20, 12, 10, 8, 10))[0]
        at = _hour(on_working_day(seat.planned_on + dt.timedelta(days=late)), maker)
        if _leaves(maker.chance, seat):
            continue
        if at < maker.now:
            yield _hand_over(
                maker, seat, at, accepted=at < maker.now - dt.timedelta(days=maker.chance.randrange(5, 30))
            )
        else:
            yield _make_ready(maker, seat, depot_id, fault="" if maker.chance.random() < 0.93 else "silent")


def at_gate(maker: Maker, seats: list[Seat], depot_id: int) -> Iterator[Machine]:
    """Most have a device in the depot, and not each is in order yet."""
    for seat in seats:
        if maker.chance.randrange(100) < DELIVERED.get(seat.model.name, 100):
            fault = maker.chance.choices(list(FAULTS), list(FAULTS.values()))[0]
            yield _make_ready(maker, seat, depot_id, fault=fault)


def _leaves(chance: random.Random, seat: Seat) -> bool:
    """One in fifty is deferred or withdraws."""
    draw = chance.random()
    if draw < 0.014:
        seat.state, seat.reason = PersonState.DEFERRED, "On long leave until after this tranche"
    elif draw < 0.02:
        seat.state, seat.reason = PersonState.WITHDRAWN, "Moved to a job without visits"
    return draw < 0.02


def _hand_over(maker: Maker, seat: Seat, at: dt.datetime, *, accepted: bool) -> Machine:
    machine = _make_ready(maker, seat, seat.person["site_id"], fault="")
    assert machine.record is not None
    machine.record |= {
        "enrolled_at": at - dt.timedelta(hours=3),
        "last_seen": max(at, machine.record["last_seen"]),
    }
    give(machine, seat.person, at)
    seat.state, seat.handed_over_at = PersonState.HANDED_OVER, at
    if accepted:
        seat.state, seat.accepted_at = PersonState.ACCEPTED, min(at + dt.timedelta(days=4), maker.now)
    return machine


def _make_ready(maker: Maker, seat: Seat, site_id: int, *, fault: str) -> Machine:
    bought_days = (maker.now.date() - seat.planned_on).days + 45
    machine = maker.make(seat.model, site_id=site_id, age_days=max(bought_days, 6))
    received_at = dt.datetime.combine(machine.row["purchased_on"], dt.time(11), tzinfo=maker.now.tzinfo)
    machine.custody.append(custody(machine, CustodyKind.RECEIVED, received_at))
    if fault != "no_record":
        maker.report(machine, seat.model, **_facts(maker, seat.model, fault))
    seat.state, seat.device_id = PersonState.ALLOCATED, machine.row["id"]
    return machine


def _facts(maker: Maker, model: DeviceModel, fault: str) -> dict[str, Any]:
    """What the MDM says of a device that waits, with what is wrong with it."""
    enrolled = {"enrolled_at": maker.now - dt.timedelta(days=maker.chance.randrange(3, 25))}
    faults: dict[str, dict[str, Any]] = {
        "pending": {
            "enrolment": Enrolment.PENDING,
            "enrolled_at": None,
            "compliance": None,
            "encrypted": None,
        },
        "old": {"os_version": TOO_OLD[Platform(model.platform)]},
        "unsafe": {"compliance": Compliance.NONCOMPLIANT},
        "open": {"encrypted": False, "passcode": False},
        "silent": {"last_seen": maker.now - dt.timedelta(days=maker.chance.randrange(8, 21))},
        "stale": {"last_seen": maker.now - dt.timedelta(days=maker.chance.randrange(33, 60))},
        "bare": {"software": [{"name": "Staff directory", "version": "3.4"}]},
    }
    return enrolled | faults.get(fault, {})


def _hour(day: dt.date, maker: Maker) -> dt.datetime:
    """Some time in the working hours of that day."""
    minutes = 9 * 60 + maker.chance.randrange(7 * 60)
    return dt.datetime.combine(day, dt.time(minutes // 60, minutes % 60), tzinfo=maker.now.tzinfo)
