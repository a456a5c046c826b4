"""Commitments: made with a first reading, read once a day, and kept or missed by themselves."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from feedback.measures import Reading, measure_of
from feedback.models import Commitment, CommitmentReading, Post, Thread
from feedback.services.answering import role_of
from feedback.vocabulary import CommitmentState
from fleet.errors import Conflict, Invalid
from fleet.history import acting
from fleet.models import Site, User

# How far back a new commitment shows what was before, in days, one in seven of them.
BEFORE, STEP = 182, 7
LONGEST = 3_653  # days that a promise may run


@transaction.atomic
def commit(
    *,
    thread: Thread,
    by: User,
    text: str,
    measure: str,
    parameters: Mapping[str, Any],
    target_percent: Decimal,
    due_on: dt.date,
    site: Site | None = None,
) -> Commitment:
    """A promise on the thread, beside its last official response where there is one.

    Raises Forbidden, and Invalid (field `due_on`, `target_percent`, `site` or `measure`) where it could not
    be followed: the day is not to come, nothing can be measured, or the target is reached.
    """
    role_of(by, thread.organisation)
    read = measure_of(measure)
    today = timezone.localdate()
    if due_on <= today:
        raise Invalid("The day must be to come", field="due_on")
    if due_on > today + dt.timedelta(days=LONGEST):
        raise Invalid("The day must be within ten years", field="due_on")
    if site and not read.by_site:
        raise Invalid("This is measured for the whole organisation. Leave the site empty", field="site")
    now = read.read(thread.organisation, site, parameters)
    if not now.whole:
        raise Invalid("Nothing can be measured by this today. Choose another", field="measure")
    if _is_reached(now, target_percent):
        said = f"{now.part:,} of {now.whole:,}"
        raise Invalid(f"It is {said} already. Promise more than that", field="target_percent")
    response = (
        Post.objects.filter(thread=thread, is_official=True, hidden_at=None).order_by("posted_at").last()
    )
    made = Commitment.objects.create(
        organisation=thread.organisation,
        thread=thread,
        post=response,
        text=text,
        measure=measure,
        parameters=dict(parameters),
        site=site,
        target_percent=target_percent,
        due_on=due_on,
        made_by=by,
    )
    days = [today - dt.timedelta(days=n) for n in range(STEP, BEFORE + 1, STEP)]
    before = read.read_on(thread.organisation, site, parameters, days)
    _keep(made, {**before, today: now})
    return made


def withdraw(*, commitment: Commitment, by: User, because: str) -> None:
    """It is not followed any more, and stays readable with the reason.

    Raises Forbidden, Invalid (field `because`) and Conflict.
    """
    role_of(by, commitment.organisation)
    if not because.strip():
        raise Invalid("Say why it is withdrawn: whoever relied on it reads this", field="because")
    _decide(commitment, CommitmentState.WITHDRAWN, timezone.localdate(), because=because.strip())


def follow_commitments(today: dt.date) -> int:
    """Reads every open commitment, keeps the reading, and decides those that are kept or missed; how many.

    Kept on the first day on which the target is reached, missed where it is not after the last day: what was
    done on that day is in the count of the next morning. Again on one day changes nothing. One that cannot be
    read leaves a gap, and the others go on.
    """
    decided = 0
    for commitment in Commitment.objects.open().select_related("organisation", "site"):
        with acting(channel="worker"), transaction.atomic():
            decided += _follow(commitment, today)
    return decided


def _follow(commitment: Commitment, today: dt.date) -> bool:
    morning_after = commitment.due_on + dt.timedelta(days=1)
    now = _reading(commitment, morning_after, today)
    if now.whole:
        _keep(commitment, {min(today, morning_after): now})
    if is_kept := _is_reached(now, commitment.target_percent):
        _decide(commitment, CommitmentState.KEPT, today)
    elif today >= morning_after:
        _decide(commitment, CommitmentState.MISSED, today)
    return is_kept or today >= morning_after


def _reading(commitment: Commitment, last: dt.date, today: dt.date) -> Reading:
    """Of today; where `last` is past, as it was counted then, if it was."""
    read = measure_of(commitment.measure)
    asked = (commitment.organisation, commitment.site, commitment.parameters)
    then = read.read_on(*asked, [last]).get(last) if today > last else None
    return then or read.read(*asked)


def _is_reached(now: Reading, target_percent: Decimal) -> bool:
    """100 is all; no rounding makes a promise come true."""
    return bool(now.whole) and 100 * now.part >= target_percent * now.whole


def _keep(commitment: Commitment, readings: Mapping[dt.date, Reading]) -> None:
    CommitmentReading.objects.bulk_create(
        [
            CommitmentReading(commitment=commitment, day=day, part=one.part, whole=one.whole)
            for day, one in readings.items()
        ],
        ignore_conflicts=True,
    )


def _decide(commitment: Commitment, state: str, day: dt.date, *, because: str = "") -> None:
    updated = Commitment.objects.open().filter(pk=commitment.pk)
    if not updated.update(state=state, decided_on=day, withdrawn_because=because):
        raise Conflict("This commitment is decided already.")
    commitment.refresh_from_db()
