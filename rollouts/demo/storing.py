"""Machines into tables: the register, what their MDM says, SIMs and custody."""

from __future__ import annotations

from itertools import chain

from fleet.models import CustodyEvent, Device, Heartbeat, Sim, SourceRecord
from rollouts.demo.copying import copy_rows
from rollouts.demo.machines import Machine
from rollouts.demo.reporting import reported, sims_of
from rollouts.demo.stage import Stage


def store_machines(machines: list[Machine], stage: Stage) -> None:
    """In one transaction with the caller's."""
    advance = stage.progress.advance
    reporting = [machine for machine in machines if machine.record]
    told = [reported(machine, stage.source) for machine in reporting]
    copy_rows(Device, (machine.row for machine in machines), advance)
    copy_rows(SourceRecord, (record for record, _ in told), advance)
    copy_rows(Heartbeat, (heartbeat for _, heartbeat in told), advance)
    copy_rows(Sim, chain.from_iterable(sims_of(machine) for machine in reporting))
    copy_rows(CustodyEvent, chain.from_iterable(machine.custody for machine in machines), advance)
