"""What each MDM source says of one device, fact by fact, when it saw that, and whose word counts and why."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views import View

from fleet.mdm import ranks, telling, winning
from fleet.mdm.facts import micros, moment
from fleet.mdm.registers import Observed
from fleet.models import Device, MdmSource
from fleet.services import access_log
from fleet.views.facts import VisibleRow
from fleet.vocabulary import FactGroup
from fleet.web.requests import signed_in


class Told(NamedTuple):
    """One source's word on a field; `wins` says why it counts, empty where another's does."""

    value: str
    at: dt.datetime | None
    wins: str


@dataclass(frozen=True, slots=True)
class Field:
    """One field with the word of each source, in the order of `Said.sources`; they `differ` or agree."""

    name: str
    label: str
    group: str
    told: list[Told]

    @property
    def is_told_twice(self) -> bool:
        """Whether somebody has to win."""
        return sum(bool(one.value) for one in self.told) > 1

    @property
    def counts(self) -> bool:
        """Whether anybody's word on it does: it may belong to what another source says otherwise."""
        return any(one.wins for one in self.told)

    @property
    def differs(self) -> bool:
        return len({one.value for one in self.told if one.value}) > 1


class Source(NamedTuple):
    """A source, and since when its last complete sync no longer named the device."""

    source: MdmSource
    missing_since: dt.datetime | None

    def __str__(self) -> str:
        return str(self.source)


class Said(NamedTuple):
    sources: list[Source]
    fields: list[Field]


def said_of(device: Device) -> Said:
    """Two queries, and one for the ranks where several sources speak of the device."""
    sources: dict[int, MdmSource] = {}
    missing: dict[int, dt.datetime] = {}
    told: list[tuple[int, Observed]] = []
    for record in device.source_records.select_related("mdm_source"):
        sources[record.mdm_source_id] = record.mdm_source
        if record.missing_since:
            missing[record.mdm_source_id] = record.missing_since
        at = micros(record.observed_at)
        assert at is not None
        told.append((record.mdm_source_id, Observed(record.facts, at, record.field_times)))
    order = sorted(sources.values(), key=lambda one: one.name)
    known = ranks.by_source(told)
    rules = ranks.of_organisation(device.organisation_id) if len(known) > 1 else ranks.NO_RANKS
    counting = winning.winners(known, ranks.without(rules, missing))
    fields = [
        _field(name, order, known, counting.get(name))
        for name in telling.LABELS
        if any(name in one.facts for one in known.values())
    ]
    return Said([Source(one, missing.get(one.pk)) for one in order], fields)


def _field(
    name: str, order: list[MdmSource], known: dict[int, Observed], winner: winning.Winner | None
) -> Field:
    group = ranks.GROUP_OF.get(name, "")
    told = [_told(name, one.pk, known[one.pk], winner) for one in order]
    label = FactGroup(group).label if group else "What names it"
    return Field(name, telling.LABELS[name], label, told)


def _told(name: str, source: int, observed: Observed, winner: winning.Winner | None) -> Told:
    value = telling.said(name, observed.facts)
    if not value:
        return Told("", None, "")
    wins = winner.why if winner and winner.source == source else ""
    return Told(value, moment(observed.time_of(name)), wins)


class SaidOfDevice(VisibleRow, View):
    """The comparison, field by field."""

    model = Device

    def get_queryset(self) -> QuerySet[Any]:
        return super().get_queryset().select_related("organisation")

    def get(self, request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        device = self.row
        access_log.note(request, "device", device)
        access = signed_in(request).access
        context = {
            "row": device,
            "said": said_of(device),
            "may_list": access.may("devices.view"),
            "may_see_ranks": access.may("mdm.view", organisation_id=device.organisation_id),
        }
        return render(request, "fleet/device_said.html", context)
