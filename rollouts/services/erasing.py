"""What rollouts erases of a person: reasons that somebody wrote about them, and their number in evidence."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from fleet.services.erasing import NOTHING, append_only_of, erase_events
from fleet.services.erasure import Eraser, Subject
from rollouts.models import Gate, TranchePerson, Waiver
from rollouts.services.evidence import seal


def _places(subject: Subject) -> int:
    about = Q(staff_member=subject.person.pk) & ~Q(reason="")
    changed = TranchePerson.objects.filter(about).update(reason=NOTHING)
    return changed + erase_events(TranchePerson, about, reason=NOTHING)


def _waivers(subject: Subject) -> int:
    about = Q(person__staff_member=subject.person.pk)
    changed = Waiver.objects.filter(about).update(reason=NOTHING)
    return changed + erase_events(Waiver, about, reason=NOTHING)


def _gates(subject: Subject) -> int:
    """Their staff number in what gates were decided on. Such a gate is sealed anew, which its log shows."""
    of_their_tranches = Gate.objects.filter(tranche__people__staff_member=subject.person).distinct()
    changed = 0
    for gate in of_their_tranches:
        evidence = _replaced(gate.evidence, subject)
        if evidence != gate.evidence:
            changed += Gate.objects.filter(pk=gate.pk).update(evidence=evidence, seal=seal(evidence))
    return changed


def _replaced(value: Any, subject: Subject) -> Any:
    """The same document with the person's new number and name in place of the old."""
    if isinstance(value, dict):
        return {key: _replaced(one, subject) for key, one in value.items()}
    if isinstance(value, list):
        return [_replaced(one, subject) for one in value]
    if value in subject.numbers:
        return subject.new_number
    return subject.new_name if value in subject.names else value


ERASERS = (
    Eraser("people in tranches", _places, append_only_of(TranchePerson)),
    Eraser("waivers", _waivers, append_only_of(Waiver)),
    Eraser("gates", _gates),
)
