"""Propose a bulk change, check it as often as wanted, and do what was looked at."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q, Value, When
from django.utils import timezone

from fleet.errors import Conflict, Forbidden
from fleet.history import noting
from fleet.mdm.writing import begin
from fleet.models import BulkChange, Organisation, User
from fleet.services.bulk.checking import Check
from fleet.services.bulk.selecting import SUBJECTS, Selection
from fleet.services.bulk.verbs import Given, Verb, verb_of
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
def do(
    *, change: BulkChange, fingerprint: str | None, matched: int, by: User, request_id: str = ""
) -> BulkChange:
    """Do what was looked at: `fingerprint` and `matched` are those of the check that the person saw.

    Without a fingerprint only the number is compared.
    Raises Moved, with the new check, where other rows match by now or something else would become of them;
    Conflict where it was done already or nothing is left to do; Forbidden for anybody but its maker.
    """
    if change.made_by_id != by.pk:
        raise Forbidden("Only the person who asked for a bulk change can confirm it.")
    begin()
    locked = BulkChange.objects.select_for_update().filter(pk=change.pk, done_at__isnull=True).first()
    if locked is None:
        raise Conflict("This change was made already.")
    verb = verb_for(locked)
    given = verb.resolved(locked.value)
    rows = selection_of(locked).rows(by)
    _lock(verb, rows)
    check = _check(locked, verb, given, rows, by)
    if check.matched != matched or fingerprint not in (None, check.fingerprint):
        raise Moved(_what_moved(check, matched, verb), check)
    if not check.changing:
        raise Conflict("Nothing would change, so nothing was done.")
    with noting(bulk_change=locked.pk) as context:
        verb.apply(locked, check.changing, given, by)
    _note(locked, check, context.id, request_id)
    return locked


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


def _note(change: BulkChange, check: Check, context_id: Any, request_id: str) -> None:
    change.matched, change.changed, change.unchanged = check.matched, len(check.changing), check.same
    change.left = [[entry.key, entry.outcome] for entry in check.left]
    change.done_at, change.context_id, change.request_id = timezone.now(), context_id, request_id
    change.save()


def forget_waiting(*, older_than: timedelta) -> int:
    """Delete those that nobody confirmed in time; how many."""
    old = BulkChange.objects.waiting().filter(made_at__lt=timezone.now() - older_than)
    return old.delete()[0]
