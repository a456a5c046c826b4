"""What switches of classification schemes ask of a person today."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone

from fleet.models import SchemeSwitch, User
from fleet.services.schemes.preview import ApprovalChange, Preview, preview
from fleet.vocabulary import Carrying, SwitchState
from fleet.web import text
from fleet.web.decisions import Decision

NEAR = dt.timedelta(weeks=6)


def switches_ahead(user: User) -> Iterator[Decision]:
    """Switches within six weeks, and scheduled ones that cannot take place, for those who decide on them."""
    today = timezone.localdate()
    mine = SchemeSwitch.objects.open().filter(user.access.scope("assurance.change", sites=()))
    for switch in mine.select_related("from_scheme", "to_scheme"):
        is_scheduled = switch.state == SwitchState.SCHEDULED
        if is_scheduled or switch.switches_on <= today + NEAR:
            found = preview(switch)
            yield from _completion(switch, found) if found.problems else _renewals(switch, found, today)
        if not is_scheduled and switch.switches_on <= today + NEAR:
            yield _scheduling(switch)


def _url(switch: SchemeSwitch) -> str:
    return reverse("fleet:switch-detail", args=[switch.pk])


def _completion(switch: SchemeSwitch, found: Preview) -> Iterator[Decision]:
    """A scheduled switch had a complete mapping once, so it is overdue from that day."""
    since = timezone.localdate(switch.scheduled_at) if switch.scheduled_at else switch.switches_on
    yield Decision(
        what=f"Complete the mapping to {switch.to_scheme}",
        why=" ".join(found.problems),
        url=_url(switch),
        due_on=min(since, timezone.localdate() - dt.timedelta(days=1)) if switch.scheduled_at else since,
    )


def _renewals(switch: SchemeSwitch, found: Preview, today: dt.date) -> Iterator[Decision]:
    waiting = [one for one in found.approvals if _stops(one)]
    if waiting and switch.switches_on <= today + NEAR:
        yield Decision(
            what=f"Renew {text.counted(len(waiting), 'approval')} for {switch.to_scheme}",
            why=f"From {text.day(switch.switches_on)} they do not count until somebody decides on them anew, "
            "and whoever is handed a device then is blocked.",
            url=_url(switch),
            due_on=switch.switches_on,
        )


def _stops(change: ApprovalChange) -> bool:
    return change.mapping is not None and change.mapping.approvals != Carrying.FULL


def _scheduling(switch: SchemeSwitch) -> Decision:
    return Decision(
        what=f"Schedule or cancel the switch to {switch.to_scheme}",
        why=f"It is a draft for {text.day(switch.switches_on)}, so nothing is judged by it yet.",
        url=_url(switch),
        due_on=switch.switches_on,
    )
