"""The revenue department: 58,000 people, 64,000 devices, and a programme of 7,000 under way."""

from __future__ import annotations

from dataclasses import dataclass

from fleet.models import Device, DeviceModel, Site, StaffMember
from fleet.vocabulary import Platform, SiteKind
from rollouts.demo import estate, lines, rollout_devices
from rollouts.demo.catalogue import MODELS, make_approvals, make_classifications, make_models, make_switch
from rollouts.demo.chance import chance_of
from rollouts.demo.contracts import DEPARTMENT, make_contracts
from rollouts.demo.copying import Row, reserve_ids
from rollouts.demo.forecasts import tell_forecasts
from rollouts.demo.lines import make_lines
from rollouts.demo.machines import Machine, Maker
from rollouts.demo.people import make_people
from rollouts.demo.places import Place, make_places
from rollouts.demo.programme import make_programme, make_tranches
from rollouts.demo.readiness import assess_programme
from rollouts.demo.rollout_devices import Seat, seats_of
from rollouts.demo.sizes import Size
from rollouts.demo.stage import Stage
from rollouts.demo.storing import store_machines
from rollouts.demo.story import tell_story
from rollouts.demo.training import train_department
from rollouts.models import Tranche

APPROVED = [Platform.IPADOS, Platform.MACOS, Platform.ANDROID, Platform.WINDOWS, Platform.IOS]
# Of the programme's goal: what lies in stores for nobody yet, and what is on order.
IN_STORES = {"iPad Air 11-inch": 0.03, "MacBook Air 13-inch": 0.006}
ON_ORDER = {"iPad Air 11-inch": 0.08, "MacBook Air 13-inch": 0.02, "Galaxy Tab Active5": 0.015}

Seats = dict[int, list[Seat]]


@dataclass
class Department:
    """What stands before the first device does."""

    places: list[Place]
    people: list[Row]
    models: dict[str, DeviceModel]
    tranches: dict[int, Tranche]

    @property
    def depot_ids(self) -> list[int]:
        return [place.site.pk for place in self.places if place.site.kind == SiteKind.DEPOT]

    def seats(self) -> Seats:
        """Of each tranche, by its number."""
        people = {person["id"]: person for person in self.people}
        models = {model.pk: model for model in self.models.values()}
        return {number: seats_of(tranche, people, models) for number, tranche in self.tranches.items()}


def load_revenue(stage: Stage, size: Size) -> list[Machine]:
    """Everything of the department save for its MDM's pushes, in the caller's transaction; its machines."""
    department = _department(stage, size)
    seats = department.seats()
    stage.progress.step(f"{size.devices:,} devices")
    machines = _machines(stage, department, seats, size)
    store_machines(machines, stage)
    stage.progress.step("The programme so far")
    _give_desks(stage, seats)
    train_department(stage, department.tranches[1].programme, department.people, seats)
    make_contracts(stage, DEPARTMENT, department.models)
    make_lines(stage, lines.DEPARTMENT)
    tell_story(stage, department.tranches, seats)
    stage.progress.step("Readiness")
    assess_programme(stage, department.tranches)
    tell_forecasts(department.tranches[1].programme, stage.today)
    return machines


def _give_desks(stage: Stage, seats: Seats) -> None:
    """The member of staff who signs in waits for a device; the site lead answers for two sites alone."""
    waiting = next(seat for seat in seats[3] if seat.device_id)
    StaffMember.objects.filter(pk=waiting.person["id"]).update(user=stage.users["staff"])
    site = Site.objects.get(pk=waiting.person["site_id"])
    centre = Site.objects.get(
        organisation=stage.organisation, kind=SiteKind.REGIONAL_CENTRE, region=site.region
    )
    stage.users["site-lead"].grants.get().sites.set([site, centre])


def _department(stage: Stage, size: Size) -> Department:
    stage.progress.step("Sites and models")
    classifications = make_classifications(stage.organisation, stage.today)
    models = make_models(stage.organisation, stage.today, list(MODELS))
    make_approvals(stage.organisation, classifications, stage.today, APPROVED)
    make_switch(stage.organisation, classifications, stage.today)
    places = make_places(stage.organisation, size, stage.today)
    stage.progress.step(f"{size.staff:,} people")
    people = make_people(stage, places, classifications, size)
    programme = make_programme(
        stage.organisation, models, classifications["OFFICIAL-SENSITIVE"], size, stage.today
    )
    return Department(places, people, models, make_tranches(programme, places, stage.today))


def _machines(stage: Stage, department: Department, seats: Seats, size: Size) -> list[Machine]:
    """As many as the size asks for: those of the tranches first, the rest old ones that nobody holds."""
    maker = Maker(
        organisation_id=stage.organisation.pk,
        ids=reserve_ids(Device, size.devices),
        tag="RD",
        now=stage.now,
        numbers=range(900),
        chance=chance_of("devices"),
    )
    models, people, depots = department.models, department.people, department.depot_ids
    machines = [
        *_tranche_devices(maker, seats, depots),
        *estate.stock(maker, models, depots, _of_goal(size, IN_STORES)),
        *estate.on_order(maker, models, _of_goal(size, ON_ORDER)),
        *estate.old_devices(maker, models, people, _given_back(maker, seats)),
        *estate.phones(maker, models["iPhone SE"], people),
    ]
    machines += estate.left_over(maker, models, depots, size.devices - len(machines))
    return machines


def _tranche_devices(maker: Maker, seats: Seats, depots: list[int]) -> list[Machine]:
    south, north = depots
    return [
        *rollout_devices.pilot(maker, seats[1]),
        *rollout_devices.under_way(maker, seats[2], north),
        *rollout_devices.at_gate(maker, seats[3], south),
    ]


def _given_back(maker: Maker, seats: Seats) -> set[int]:
    """The people who have their new device and returned the old one."""
    content = [seat for seat in seats[1] + seats[2] if seat.accepted_at]
    return {seat.person["id"] for seat in content if maker.chance.random() < 0.9}


def _of_goal(size: Size, shares: dict[str, float]) -> dict[str, int]:
    return {name: round(size.goal * share) for name, share in shares.items()}
