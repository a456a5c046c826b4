"""Sessions ended before their time: by their person, or by those who manage access where the person works."""

from __future__ import annotations

from django.db import transaction

from fleet.errors import Conflict
from fleet.models import Grant, Session, SignInEvent, User
from fleet.services.grants import check_manages
from fleet.vocabulary import SignInOutcome


@transaction.atomic
def end_sessions(*, user: User, besides: str = "", only: str = "", by: User | None = None) -> int:
    """End a person's sessions: all, all `besides` one, or `only` one (digests); how many there were.

    Whoever uses one of them must sign in again at the next page. `by` is named where it is somebody else.
    """
    rows = Session.objects.live().filter(user=user).exclude(session_key=besides)
    ended = list((rows.filter(session_key=only) if only else rows).select_for_update())
    Session.objects.filter(session_key__in=[row.session_key for row in ended]).delete()
    SignInEvent.objects.bulk_create(
        SignInEvent(
            user=user, outcome=SignInOutcome.ENDED, ip_address=row.ip_address, browser=row.browser, by=by
        )
        for row in ended
    )
    return len(ended)


def end_sessions_of_holder(*, grant: Grant, by: User) -> int:
    """End all sessions of somebody who holds a role; how many there were.

    Raises Forbidden where `by` does not manage access there, Conflict where the role has ended.
    """
    check_may_help(grant=grant, by=by)
    return end_sessions(user=grant.user, by=by)


def check_may_help(*, grant: Grant, by: User) -> None:
    """Raises Forbidden or Conflict, as `end_sessions_of_holder` says."""
    check_manages(by, grant.organisation)
    if not Grant.objects.in_force().filter(pk=grant.pk).exists():
        raise Conflict(f"{grant.user} no longer holds this role. Whoever gave another role can do this.")
