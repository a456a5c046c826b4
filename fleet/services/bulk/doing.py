"""Propose a bulk change, check it as often as wanted, confirm it, and do what was looked at."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q, Value, When
from django.utils import timezone

from fleet.errors import Conflict, Forbidden
from fleet.history import noting
from fleet.mdm.writing import begin
from fleet.models import BulkChange, Organisation, User
from fleet.services import leasing
from fleet.services.bulk.checking import Check
from fleet.services.bulk.selecting import SUBJECTS, Selection
from fleet.services.bulk.verbs import Given, Verb, verb_of
from fleet.vocabulary import BulkStatus
from fleet.web import text

NOT_YOURS = "You may see it but not change it."
ELSEWHERE = "It belongs to another organisation."


class Moved(Conflict):
    """What the change would do is no longer what was looked at."""

    def __init__(self, message: str, check: Check) -> None:
        super().__init__(message)
        self.check = check


def propose(
    *, verb: Verb, selection: Selection, given: Given, organisation: Organisation, by: User, address: str = ""
) -> BulkChange:
    """Keep what was asked, for its maker to look at. Raises Invalid for filters that make no sense."""
    change = BulkChange(
        organisation=organisation,
        subject=verb.subject,
        verb=verb.key,
        value=verb.stored(given),
        value_words=verb.words(given)[:300],
        filters=selection.filters,
        filter_words=selection.words(by),
        ticked=None if selection.ticked is None else list(selection.ticked),
        address=address,
        made_by=by,
    )
    check_of(change, by=by)
    change.save()
    return change


def verb_for(change: BulkChange) -> Verb:
    return verb_of(change.subject, change.verb)


def selection_of(change: BulkChange) -> Selection:
    ticked = None if change.ticked is None else tuple(change.ticked)
    return Selection(SUBJECTS[change.subject], change.filters, ticked)


def check_of(change: BulkChange, *, by: User) -> Check:
    """What it would do now. Raises Invalid where the change or its filters no longer make sense."""
    verb = verb_for(change)
    rows = selection_of(change).rows(by)
    return _check(change, verb, verb.resolved(change.value), rows, by)


def _check(change: BulkChange, verb: Verb, given: Given, rows: Any, by: User) -> Check:
    chosen = verb.model._base_manager.filter(pk__in=rows.order_by().values("pk"))
    allowed = by.access.scope(verb.permission)
    common = [
        When(~Q(organisation=change.organisation_id), then=Value(ELSEWHERE)),
        When(~Q(allowed), then=Value(NOT_YOURS)),
    ]
    return verb.check(chosen, given, common, change.organisation)


@transaction.atomic
def confirm(
    *,
    change: BulkChange,
    fingerprint: str | None,
    matched: int,
    by: User,
    channel: str = "page",
    request_id: str = "",
) -> BulkChange:
    """Do what was looked at: `fingerprint` and `matched` are those of the check that the person saw.

    A small one is done now. A large one `is_working` afterwards: the caller wakes a worker once that is
    committed. Without a fingerprint only the number is compared.
    Raises Moved, with the new check, where other rows match by now or something else would become of them;
    Conflict where it was done already or nothing is left to do; Forbidden for anybody but its maker.
    """
    if change.made_by_id != by.pk:
        raise Forbidden("Only the person who asked for a bulk change can confirm it.")
    asked = asking(by, channel, request_id) | {"matched": matched, "fingerprint": (fingerprint or "")[:32]}
    if not BulkChange.objects.waiting().filter(pk=change.pk).update(status=BulkStatus.DOING, **asked):
        raise Conflict("This change was made already.")
    change = BulkChange.objects.select_related("organisation").get(pk=change.pk)
    if is_small(matched):
        do(change=change, by=by)
    else:
        # The worker compares with all of what is true now, even where only a number was given.
        check = _as_confirmed(change, check_of(change, by=by))
        BulkChange.objects.filter(pk=change.pk).update(fingerprint=check.fingerprint)
    return change


def is_small(rows: int) -> bool:
    """Whether so many are changed or taken back within the request, without a worker."""
    return bool(rows <= settings.BULK_INLINE_ROWS)


def asking(by: User, channel: str, request_id: str) -> dict[str, Any]:
    """Who wants it now, and from where; a worker acts in their name."""
    return {**leasing.FRESH, "asked_by": by, "asked_channel": channel, "asked_request_id": request_id}


@transaction.atomic
def do(*, change: BulkChange, by: User, report: Callable[[int, int], None] = lambda *_: None) -> None:
    """Make a confirmed change, in the request or by the worker that claimed it, and say so in `change`.

    Raises Moved and Conflict as `confirm` does, Forbidden where the person may no longer do it.
    """
    begin()
    verb = verb_for(change)
    if not by.access.may(verb.permission, organisation_id=change.organisation_id):
        raise Forbidden("Your roles no longer let you make this change. Nothing was changed.")
    given = verb.resolved(change.value)
    rows = selection_of(change).rows(by)
    _lock(verb, rows)
    report(1, 3)
    check = _as_confirmed(change, _check(change, verb, given, rows, by))
    report(2, 3)
    with noting(bulk_change=change.pk) as context:
        verb.apply(change, check.changing, given, by)
    report(3, 3)
    _note(change, check, context.id)


def _as_confirmed(change: BulkChange, check: Check) -> Check:
    verb = verb_for(change)
    if check.matched != change.matched or change.fingerprint not in ("", check.fingerprint):
        raise Moved(_what_moved(check, change.matched, verb), check)
    if not check.changing:
        raise Moved("Nothing would change, so nothing was done.", check)
    return check


def _lock(verb: Verb, rows: Any) -> None:
    """In the order of keys, so that two changes meet in the same order."""
    ids = verb.model._base_manager.filter(pk__in=rows.order_by().values("pk")).order_by("pk")
    list(ids.select_for_update(no_key=True).values_list("pk", flat=True))


def _what_moved(check: Check, matched: int, verb: Verb) -> str:
    one, many = SUBJECTS[verb.subject].nouns
    if check.matched != matched:
        now = text.counted(check.matched, one, many)
        return f"{now} match now; it was {text.number(matched)} when you looked. Nothing was changed yet."
    return f"Some of the {many} have been changed since you looked. Nothing was changed by you yet."


def _note(change: BulkChange, check: Check, context_id: Any) -> None:
    told = {
        "status": BulkStatus.DONE,
        "changed": len(check.changing),
        "unchanged": check.same,
        "left": [[entry.key, entry.outcome] for entry in check.left],
        "done_at": timezone.now(),
        "context_id": context_id,
        "request_id": change.asked_request_id,
    }
    leasing.finish(change, **told)
    for name, value in told.items():
        setattr(change, name, value)


def forget_waiting(*, older_than: timedelta) -> int:
    """Delete those that nobody confirmed in time; how many."""
    old = BulkChange.objects.waiting().filter(made_at__lt=timezone.now() - older_than)
    return old.delete()[0]
