"""Lines of the demo: those of SIMs that MDM reports, with some months of bills, ghosts and idle ones."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from fleet.mdm.lines import follow_reported
from fleet.mdm.simulator.identifiers import msisdn
from fleet.mdm.writing import copy, execute
from fleet.models import Contract, Line, Tariff, UsageBatch
from fleet.months import months_after
from fleet.services.usage.periods import DAY, month_from
from fleet.vocabulary import Justification, LineOrigin, UsageOrigin
from rollouts.demo.chance import chance_of
from rollouts.demo.stage import Stage

CARRIER = "Fenwick Mobile"
GB = 1_000_000_000
MONTHS = 4
KNOWN_DAYS = 200
IDLE = 0.06
GHOSTS = 3


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What the carrier was paid for; `per_month` is the middle of what a line uses.

    `numbers` are those of the drama numbers that no SIM has.
    """

    contract: str
    tariff: str
    rental_pence: int
    allowance_bytes: int
    over_pence: int
    per_month: int
    numbers: range
    at_most: int | None = None


DEPARTMENT = Plan(
    contract="RD/2214",
    tariff="Field 5 GB",
    rental_pence=1_100,
    allowance_bytes=5 * GB,
    over_pence=900,
    per_month=2_400_000_000,
    numbers=range(990, 995),
)
COUNCIL = Plan(
    contract="SC-0417",
    tariff="Member 1 GB",
    rental_pence=300,
    allowance_bytes=GB,
    over_pence=5_000,
    per_month=550_000_000,
    numbers=range(995, 1000),
    at_most=10,
)

# What was known of SIMs begins with the demo; here it begins with the bills.
_SINCE = """
    UPDATE fleet_{table} p SET from_at = %(since)s FROM fleet_{owner} o
    WHERE o.id = p.{owner}_id AND o.organisation_id = %(organisation)s AND p.from_at > %(since)s
"""
_TERMS = """
    UPDATE fleet_line l SET tariff_id = %(tariff)s, contract_id = %(contract)s, carrier = %(carrier)s,
        starts_on = %(since)s::date, holder_id = d.holder_id,
        justification = CASE WHEN d.holder_id IS NULL THEN 'awaiting' ELSE l.justification END
    FROM fleet_sim s JOIN fleet_device d ON d.id = s.device_id
    WHERE s.id = l.sim_id AND l.id IN (
        SELECT id FROM fleet_line WHERE organisation_id = %(organisation)s AND sim_id IS NOT NULL
        ORDER BY msisdn LIMIT %(at_most)s
    )
"""
COLUMNS = (
    "organisation_id",
    "line_id",
    "origin",
    "period_start",
    "period_end",
    "through_on",
    "month",
    "data_bytes",
    "voice_seconds",
    "calls_made",
    "calls_received",
    "texts",
    "charge_pence",
    "allowance_bytes",
    "is_vat_included",
    "batch_id",
    "rows",
)


def make_lines(stage: Stage, plan: Plan) -> None:
    """After the devices and contracts, in the caller's transaction."""
    organisation = stage.organisation
    follow_reported(organisation.pk)
    tariff = Tariff.objects.create(
        organisation=organisation,
        carrier=CARRIER,
        name=plan.tariff,
        rental_pence=plan.rental_pence,
        data_allowance_bytes=plan.allowance_bytes,
        over_pence=plan.over_pence,
        is_vat_included=False,
    )
    contract = Contract.objects.get(organisation=organisation, reference=plan.contract)
    names = {
        "organisation": organisation.pk,
        "since": stage.now - dt.timedelta(days=KNOWN_DAYS),
        "tariff": tariff.pk,
        "contract": contract.pk,
        "carrier": CARRIER,
        "at_most": plan.at_most,
    }
    execute(_SINCE.format(table="simpairing", owner="sim"), names)
    execute(_SINCE.format(table="linepairing", owner="line"), names)
    execute(_TERMS, names)
    _keep_some(stage, plan, tariff)
    _bill(stage, plan, tariff)


def _keep_some(stage: Stage, plan: Plan, tariff: Tariff) -> None:
    """Numbers that only bills know, and two that are kept for a reason."""
    first = stage.today - dt.timedelta(days=KNOWN_DAYS)
    common = {"organisation": stage.organisation, "carrier": CARRIER, "tariff": tariff, "starts_on": first}
    numbers = [msisdn(one) for one in plan.numbers]
    Line.objects.bulk_create(
        Line(**common, msisdn=number, origin=LineOrigin.BILL, contract=None) for number in numbers[:GHOSTS]
    )
    kept = (Justification.SAFETY, Justification.ON_CALL)
    for number, why in zip(numbers[GHOSTS:], kept, strict=True):
        Line.objects.create(**common, msisdn=number, justification=why)


def _bill(stage: Stage, plan: Plan, tariff: Tariff) -> None:
    """The last complete months as billed, and the running one as the carrier's system tells it so far."""
    this_month = stage.today.replace(day=1)
    lines = list(tariff.lines.order_by("msisdn", "pk").values_list("pk", "justification"))
    habits = _habits(lines)
    for back in range(MONTHS, -1, -1):
        start, end = month_from(months_after(this_month, -back))
        through = end if back else stage.today - DAY
        if through >= start:
            batch = _batch(stage, back, start)
            copy("fleet_usagerecord", COLUMNS, _rows(plan, batch, habits, (start, end, through)))


def _habits(lines: Iterable[tuple[int, str]]) -> dict[int, float]:
    """What share of the middle each line uses: a few use none, some twice as much."""
    chance = chance_of("usage of lines")
    found = {}
    for line, justification in lines:
        level, is_idle = 0.25 + 1.6 * chance.random() ** 2, chance.random() < IDLE
        found[line] = 0.0 if is_idle or justification else level
    return found


def _batch(stage: Stage, back: int, start: dt.date) -> UsageBatch:
    name = f"fenwick-{start:%Y-%m}.csv" if back else "Push of the carrier’s system"
    return UsageBatch.objects.create(
        organisation=stage.organisation,
        origin=UsageOrigin.CARRIER,
        carrier=CARRIER,
        name=name,
        digest=hashlib.sha256(f"{stage.organisation.code} {name}".encode()).hexdigest(),
        made_at=stage.now - dt.timedelta(days=max(0, 30 * back - 25)),
    )


def _rows(
    plan: Plan, batch: UsageBatch, habits: dict[int, float], days: tuple[dt.date, dt.date, dt.date]
) -> Iterator[tuple[Any, ...]]:
    start, end, through = days
    chance = chance_of(f"usage in {start:%Y-%m}")
    part = ((through - start).days + 1) / ((end - start).days + 1)
    for row, (line, level) in enumerate(habits.items(), start=2):
        busy = level * (0.6 + 0.8 * chance.random()) * part
        data, calls = int(plan.per_month * busy), int(40 * busy)
        is_above = data > plan.allowance_bytes and through == end
        charge = plan.rental_pence + (plan.over_pence if is_above else 0)
        period = (start, end, through, start)
        used = (data, calls * 95, calls, calls // 2, calls // 3, charge, plan.allowance_bytes, False)
        yield (
            batch.organisation_id,
            line,
            "carrier",
            *period,
            *used,
            batch.pk,
            str(row) if through == end else "",
        )
