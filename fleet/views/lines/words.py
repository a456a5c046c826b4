"""How allowances, charges and pairings of lines read."""

from __future__ import annotations

from typing import Any

from fleet.models import Line, LinePairing, SimPairing, StaffMember, Tariff
from fleet.web import text
from fleet.web.tables import Column, Table, to


def pence(amount: int | None) -> str:
    return "" if amount is None else text.pounds(amount)


def allowance_of(tariff: Tariff | None) -> str:
    """1 GB, or empty where there is no limit or nobody knows."""
    known = tariff is not None and tariff.data_allowance_bytes is not None
    return text.size(tariff.data_allowance_bytes or 0) if known and tariff else ""


def above_of(tariff: Tariff) -> str:
    """£50 for each month above it."""
    return (
        f"{text.pounds(tariff.over_pence)} for {tariff.get_over_per_display()}" if tariff.over_pence else ""
    )


_DATES = (
    Column(key="from_at", title="From"),
    Column(key="until_at", title="Until", empty="Now"),
)


def lines_of(person: StaffMember) -> Table:
    """The lines that somebody has or had."""
    columns = (
        Column(key="msisdn", title="Line", value=str, link=to("fleet:line-detail")),
        Column(key="tariff", title="Tariff", empty="Not known"),
        Column(key="device", title="Device", value="sim.device", empty="In none"),
        Column(key="starts_on", title="From"),
        Column(key="ends_on", title="Until", empty="Open"),
    )
    rows = person.lines.select_related("tariff", "sim__device").order_by("-starts_on", "pk")
    return Table(columns=columns, rows=rows, caption="Lines", is_caption_hidden=True)


def sims_of(line: Line) -> Table:
    """The SIMs that the line was on, newest first."""
    rows = LinePairing.objects.filter(line=line).select_related("sim")
    columns = (Column(key="sim", title="SIM", value="sim.iccid"), *_DATES)
    return Table(columns=columns, rows=rows, caption="SIMs of this line", is_caption_hidden=True)


def devices_of(line: Line, *, may_open: bool) -> Table:
    """The devices in which its SIMs were while the line was on them, newest first."""
    spans = list(LinePairing.objects.filter(line=line).values_list("sim_id", "from_at", "until_at"))
    found = SimPairing.objects.filter(sim__in=[sim for sim, _, _ in spans]).select_related("sim", "device")
    rows = [pairing for pairing in found if any(_overlap(pairing, *span) for span in spans)]
    link: Any = to("fleet:device-detail", "device_id") if may_open else None
    columns = (
        Column(key="device", title="Device", link=link),
        Column(key="sim", title="SIM", value="sim.iccid"),
        *_DATES,
    )
    return Table(columns=columns, rows=rows, caption="Devices of this line", is_caption_hidden=True)


def _overlap(pairing: SimPairing, sim: int, begun: Any, ended: Any) -> bool:
    """Whether a SIM was in its device while the line was on that SIM."""
    before_end = ended is None or pairing.from_at < ended
    after_start = pairing.until_at is None or pairing.until_at > begun
    return pairing.sim_id == sim and before_end and after_start
