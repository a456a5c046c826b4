"""The contracts of the demo's organisations, some of which want a decision soon."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from fleet.models import Contract, DeviceModel
from fleet.vocabulary import ContractKind
from rollouts.demo.stage import Stage


@dataclass(frozen=True, kw_only=True)
class Terms:
    """Days are counted from today; `notice` None: nothing says when."""

    supplier: str
    reference: str
    title: str
    kind: ContractKind
    covers: str
    starts: int
    ends: int
    notice: int | None = None
    renews_itself: bool = False
    pounds: int
    devices: int | None = None
    models: tuple[str, ...] = ()
    owner: str = "it-manager"


DEPARTMENT = (
    Terms(
        supplier="Fenwick Mobile",
        reference="RD/2214",
        title="Mobile data for field devices",
        kind=ContractKind.CONNECTIVITY,
        covers="7,000 SIMs with 5 GB a month each, pooled.",
        starts=-706,
        ends=116,
        notice=26,
        renews_itself=True,
        pounds=1_848_000,
        devices=7_000,
    ),
    Terms(
        supplier="Harbour Devices",
        reference="HD-90071",
        title="Tablets and laptops for field workers",
        kind=ContractKind.DEVICES,
        covers="Supply, asset tagging and three years of repair.",
        starts=-190,
        ends=905,
        notice=725,
        pounds=5_310_000,
        devices=7_000,
        models=("iPad Air 11-inch", "MacBook Air 13-inch", "Galaxy Tab Active5"),
    ),
    Terms(
        supplier="Casement Software",
        reference="LIC-5518",
        title="Managed container",
        kind=ContractKind.SOFTWARE,
        covers="One licence for each enrolled tablet and phone.",
        starts=-340,
        ends=25,
        notice=-6,
        renews_itself=True,
        pounds=212_500,
        devices=8_500,
        owner="technology-lead",
    ),
    Terms(
        supplier="Deskside Services",
        reference="DS/118",
        title="Repair of office computers",
        kind=ContractKind.SUPPORT,
        covers="Repair on site within two working days.",
        starts=-1_120,
        ends=-25,
        notice=-115,
        pounds=940_000,
    ),
)
COUNCIL = (
    Terms(
        supplier="Fenwick Mobile",
        reference="SC-0417",
        title="Smart phones for members",
        kind=ContractKind.CONNECTIVITY,
        covers="10 phones with 1 GB a month each for two years. Can be ended after the trial, if notice is "
        "given in time.",
        starts=-14,
        ends=716,
        notice=33,
        pounds=7_200,
        devices=10,
        models=("iPhone SE",),
        owner="pilot-coordinator",
    ),
    Terms(
        supplier="Ledbury Office Supplies",
        reference="2019/33",
        title="Laptops for officers",
        kind=ContractKind.DEVICES,
        covers="Supply and three years of repair.",
        starts=-820,
        ends=275,
        notice=185,
        pounds=31_400,
        devices=40,
        models=("EliteBook 840 G5",),
    ),
)


def make_contracts(stage: Stage, listed: Iterable[Terms], models: dict[str, DeviceModel]) -> None:
    for terms in listed:
        contract = Contract.objects.create(
            organisation=stage.organisation,
            supplier=terms.supplier,
            reference=terms.reference,
            title=terms.title,
            kind=terms.kind,
            covers=terms.covers,
            starts_on=_in(stage, terms.starts),
            ends_on=_in(stage, terms.ends),
            notice_by=None if terms.notice is None else _in(stage, terms.notice),
            renews_itself=terms.renews_itself,
            value_pence=terms.pounds * 100,
            device_count=terms.devices,
            owner=stage.users[terms.owner],
        )
        contract.device_models.set(models[name] for name in terms.models)


def _in(stage: Stage, days: int) -> dt.date:
    return stage.today + dt.timedelta(days=days)
