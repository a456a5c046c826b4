"""What lines say of a person: the note beside the reason for which a line is kept."""

from __future__ import annotations

from functools import reduce
from operator import or_

from django.db.models import Q

from fleet.models import Line
from fleet.services.erasing import NOTHING, append_only_of, erase_events
from fleet.services.erasure import Eraser, Subject


def _notes(subject: Subject) -> int:
    """Beside the lines that the person has or had, and wherever a note names them."""
    named = reduce(or_, (Q(justification_note__icontains=one) for one in subject.needles))
    about = Q(organisation=subject.person.organisation_id) & (Q(holder=subject.person) | named)
    noted = about & ~Q(justification_note="")
    changed = Line.objects.filter(noted).update(justification_note=NOTHING)
    return changed + erase_events(Line, noted, justification_note=NOTHING)


ERASERS = (Eraser("notes on lines", _notes, append_only_of(Line)),)
