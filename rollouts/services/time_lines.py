"""What rollouts tells on a time line: tranches joined, devices allocated, handovers, waivers and gates."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet

from fleet.models import Device, Site, StaffMember
from fleet.services.change_log import Entry, told
from fleet.services.time_lines import Happening, Until, latest, of_change, register
from rollouts.models import Gate, Tranche, TranchePerson, Waiver


def _places(about: Q, until: Until | None, limit: int) -> list[Happening]:
    events: Any = TranchePerson._meta.get_field("changes").related_model
    newest = latest(events.objects.filter(about), until, limit)
    places = dict(newest.values_list("pgh_id", "tranche"))
    tranches = Tranche.objects.in_bulk(set(places.values()))
    entries = told({"tranche-people": latest(events.objects.filter(about), until, limit)})
    return [
        of_change(entry, _words(entry, tranches.get(places.get(entry.number))), "decisions")
        for entry in entries
    ]


def _words(entry: Entry, tranche: Tranche | None) -> str:
    name = str(tranche or "a tranche that is gone")
    if entry.action == "Added":
        return f"Joined {name}"
    if entry.action == "Deleted":
        return f"Left {name}"
    fields = {change.key: change for change in entry.changes}
    if "state" in fields:
        return f"{fields['state'].after} in {name}"
    if "device" in fields:
        return (
            f"{'Device given back' if fields['device'].after == 'nothing' else 'Device allocated'} in {name}"
        )
    return f"Plan changed in {name}"


def _decided(gates: QuerySet[Gate], until: Until | None, limit: int) -> list[Happening]:
    """Gates decided about the tranches; a number below zero keeps them apart from places."""
    done = gates.filter(decided_at__isnull=False).select_related("tranche", "decided_by")
    up_to = until(done, "decided_at", is_negative=True) if until else done
    return [
        Happening(
            at=gate.decided_at,
            sort="decisions",
            number=-gate.pk,
            title=f"{gate.get_outcome_display()} decided for {gate.tranche}",
            by=str(gate.decided_by or ""),
            detail=gate.rationale,
            url_name="rollouts:gate-detail",
            about=gate,
        )
        for gate in up_to.order_by("-decided_at", "pk").distinct()[:limit]
        if gate.decided_at
    ]


def _waived(waivers: QuerySet[Waiver], until: Until | None, limit: int) -> list[Happening]:
    up_to = until(waivers, "created_at", is_negative=True) if until else waivers
    found = up_to.select_related("tranche", "created_by").order_by("-created_at", "pk")[:limit]
    return [
        Happening(
            at=waiver.created_at,
            sort="decisions",
            number=-waiver.pk,
            title=f"Waived in {waiver.tranche}: {waiver.check_key.replace('_', ' ')}",
            by=str(waiver.created_by or ""),
            detail=waiver.reason,
        )
        for waiver in found
    ]


def of_person(person: StaffMember, until: Until | None, limit: int) -> list[Happening]:
    places = Q(staff_member=person.pk)
    gates = Gate.objects.filter(tranche__people__staff_member=person)
    return [
        *_places(places, until, limit),
        *_decided(gates, until, limit),
        *_waived(Waiver.objects.filter(person__staff_member=person), until, limit),
    ]


def of_device(device: Device, until: Until | None, limit: int) -> list[Happening]:
    gates = Gate.objects.filter(tranche__people__device=device)
    return [*_places(Q(device=device.pk), until, limit), *_decided(gates, until, limit)]


def of_site(site: Site, until: Until | None, limit: int) -> list[Happening]:
    return _waived(Waiver.objects.filter(site=site), until, limit)


def register_decisions() -> None:
    for model, source in ((StaffMember, of_person), (Device, of_device), (Site, of_site)):
        register(model, source, "decisions")
