"""The council: 53 members in groups, a handful of officers, and a first tranche of smart phones."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from fleet.models import Classification, Device, DeviceModel, Site, StaffMember
from fleet.vocabulary import Platform, SiteKind, WorkStyle
from rollouts.demo import estate, lines
from rollouts.demo.catalogue import make_approvals, make_classifications, make_models
from rollouts.demo.chance import chance_of
from rollouts.demo.contracts import COUNCIL, make_contracts
from rollouts.demo.copying import Row, copy_rows, reserve_ids
from rollouts.demo.lines import make_lines
from rollouts.demo.machines import Machine, Maker
from rollouts.demo.stage import Stage
from rollouts.demo.storing import store_machines
from rollouts.demo.training import train_council
from rollouts.demo.words import full_name, mailbox
from rollouts.models import Entitlement, Programme, Tranche
from rollouts.services.membership import refresh_membership

DOMAIN = "shire.example"
MEMBER = "Member"
GROUPS = {"Rural Alliance": 21, "Independents": 14, "Civic Group": 10, "Greenways": 6, "Ungrouped": 2}
FIRST_GROUP = "Civic Group"
OFFICERS = {
    "Democratic services officer": 3,
    "Governance manager": 1,
    "Monitoring officer": 1,
    "Finance officer": 2,
    "ICT officer": 3,
}
PHONE, LAPTOP, OLD_LAPTOP = "iPhone SE", "EliteBook 840 G5", "ThinkPad T440"
PHONES_IN_STOCK = 12
DEVICES = 70
# name, kind, postcode, latitude, longitude, desks, Mbit/s
SITES = (
    ("Shire Hall", SiteKind.HEADQUARTERS, "SH1 1AA", "52.05600", "-2.71600", 120, 200),
    ("Market House", SiteKind.LOCAL_OFFICE, "SH2 4QP", "52.22800", "-2.73900", 20, 50),
    ("Riverside depot", SiteKind.DEPOT, "SH1 9XX", "52.04700", "-2.70100", 6, 20),
)


def load_shire(stage: Stage) -> None:
    """Everything of the council, in the caller's transaction."""
    stage.progress.step("The council")
    classifications = make_classifications(stage.organisation, stage.today)
    models = make_models(stage.organisation, stage.today, [PHONE, LAPTOP, OLD_LAPTOP])
    make_approvals(stage.organisation, classifications, stage.today, [Platform.IOS, Platform.WINDOWS])
    sites = _sites(stage)
    people = _people(stage, sites, classifications["OFFICIAL"])
    store_machines(_machines(stage, models, people, sites[-1].pk), stage)
    programme = _programme(stage, models[PHONE], classifications["OFFICIAL"])
    train_council(stage, programme, people)
    make_contracts(stage, COUNCIL, models)
    make_lines(stage, lines.COUNCIL)


def _sites(stage: Stage) -> list[Site]:
    return Site.objects.bulk_create(
        Site(
            organisation=stage.organisation,
            code=f"SH{number:02}",
            name=name,
            kind=kind,
            region="Shire",
            postcode=postcode,
            latitude=latitude,
            longitude=longitude,
            capacity_desks=desks,
            network_mbps=mbps,
            has_wifi=True,
            has_training_room=kind == SiteKind.HEADQUARTERS,
        )
        for number, (name, kind, postcode, latitude, longitude, desks, mbps) in enumerate(SITES, start=1)
    )


def _people(stage: Stage, sites: list[Site], classification: Classification) -> list[Row]:
    chance = chance_of("council people")
    posts = [(MEMBER, group) for group, count in GROUPS.items() for _ in range(count)]
    posts += [(role, "Officers") for role, count in OFFICERS.items() for _ in range(count)]
    ids = reserve_ids(StaffMember, len(posts))
    rows = []
    for number, (pk, (role, group)) in enumerate(zip(ids, posts, strict=True), start=1):
        name = full_name(chance)
        email = f"{mailbox(name)}.{number}@{DOMAIN}"
        rows.append(
            {
                "id": pk,
                "organisation_id": stage.organisation.pk,
                "staff_number": f"S{number:04}",
                "name": name,
                "email": email,
                "upn": email,
                "site_id": sites[0].pk if chance.random() < 0.85 else sites[1].pk,
                "job_role": role,
                "work_style": WorkStyle.MOBILE if role == MEMBER else WorkStyle.OFFICE,
                "group": group,
                "classification_id": classification.pk,
                "starts_on": stage.today - dt.timedelta(days=chance.randrange(200, 3000)),
            }
        )
    copy_rows(StaffMember, rows)
    return rows


def _machines(
    stage: Stage, models: dict[str, DeviceModel], people: list[Row], depot_id: int
) -> list[Machine]:
    maker = Maker(
        organisation_id=stage.organisation.pk,
        ids=reserve_ids(Device, DEVICES),
        tag="SH",
        now=stage.now,
        numbers=range(900, 990),
        chance=chance_of("council devices"),
    )
    machines = list(_laptops(maker, models, people, depot_id))
    for _ in range(PHONES_IN_STOCK):
        phone = maker.make(models[PHONE], site_id=depot_id, age_days=30)
        maker.report(phone, models[PHONE])
        machines.append(phone)
    return machines


def _laptops(
    maker: Maker, models: dict[str, DeviceModel], people: list[Row], depot_id: int
) -> Iterator[Machine]:
    """For every officer, for most members, and some that lie in the depot."""
    holders: list[Row | None] = [row for row in people if row["job_role"] != MEMBER]
    holders += [row for row in people if row["job_role"] == MEMBER][: DEVICES - PHONES_IN_STOCK - 18]
    holders += [None] * (DEVICES - PHONES_IN_STOCK - len(holders))
    for holder in holders:
        model = models[OLD_LAPTOP if holder is None or holder["job_role"] == MEMBER else LAPTOP]
        laptop = maker.make(model, site_id=depot_id, age_days=maker.chance.randrange(700, 2400))
        maker.report(laptop, model)
        if holder:
            estate.hold(maker, laptop, holder)
        yield laptop


def _programme(stage: Stage, phone: DeviceModel, classification: Classification) -> Programme:
    programme = Programme.objects.create(
        organisation=stage.organisation,
        code="members-phones",
        name="Smart phones for members",
        goal="Members can read papers and reach officers wherever they are.",
        goal_quantity=10,
        starts_on=stage.today - dt.timedelta(days=14),
        ends_on=stage.today + dt.timedelta(days=120),
        classification=classification,
    )
    Entitlement.objects.create(
        programme=programme, user_case=MEMBER, device_model=phone, job_roles=[MEMBER], priority=10
    )
    tranche = Tranche.objects.create(
        programme=programme,
        number=1,
        name=f"Trial with the {FIRST_GROUP}",
        handover_starts_on=stage.today + dt.timedelta(days=21),
        handover_ends_on=stage.today + dt.timedelta(days=32),
        decision_due_on=stage.today + dt.timedelta(days=14),
        groups=[FIRST_GROUP],
    )
    refresh_membership(tranche=tranche)
    return programme
