"""What goes with a person's account: name and address, ways in, and where it signed in from."""

from __future__ import annotations

from typing import Any

from axes.models import AccessAttempt
from django.db.models import Q
from django.utils import timezone

from fleet.models import ApiToken, Grant, Invitation, SavedView, SecondFactor, Session, SignInEvent, User
from fleet.services.erasing import NOTHING, append_only_of, erase_events, is_one_of
from fleet.services.erasure import Eraser, Subject, closes


def _invitations(subject: Subject) -> int:
    about = is_one_of("email", subject) | Q(staff_member=subject.person)
    values = {"email": f"{subject.new_number}@erased.invalid", "name": subject.new_name}
    found = list(Invitation.objects.filter(about).values_list("pk", flat=True))
    Invitation.objects.filter(pk__in=found).update(**values)
    return len(found) + erase_events(Invitation, Q(pgh_obj__in=found), **values)


def _attempts(subject: Subject) -> int:
    attempts = AccessAttempt.objects.filter(is_one_of("username", subject))
    return int(attempts.delete()[0])


def _closing(subject: Subject) -> User | None:
    """The person's account, where it goes with them."""
    return subject.person.user if closes(subject.person) else None


def _sign_ins(subject: Subject) -> int:
    """That they signed in stays, and when; from where and with what goes."""
    user = _closing(subject)
    if user is None:
        return 0
    return SignInEvent.objects.filter(user=user).update(ip_address=None, browser="")


def _ways_in(subject: Subject) -> int:
    """Sessions, the second factor and its recovery codes, and views that nobody else sees."""
    user = _closing(subject)
    if user is None:
        return 0
    rows: tuple[Any, ...] = (
        Session.objects.filter(user=user),
        SecondFactor.objects.filter(user=user),
        SavedView.objects.filter(owner=user, is_shared=False),
    )
    return sum(one.delete()[0] for one in rows)


def _tokens(subject: Subject) -> int:
    """Revoked, and what they called them goes."""
    user = _closing(subject)
    if user is None:
        return 0
    ApiToken.objects.filter(user=user, revoked_at=None).update(revoked_at=timezone.now())
    ApiToken.objects.filter(user=user).update(name=NOTHING)
    return erase_events(ApiToken, Q(user=user), name=NOTHING)


def _account(subject: Subject) -> int:
    """Closed, and its roles ended."""
    user = _closing(subject)
    if user is None:
        return 0
    values = {"name": subject.new_name, "email": f"{subject.new_number}@erased.invalid"}
    user.set_unusable_password()
    User.objects.filter(pk=user.pk).update(is_active=False, password=user.password, **values)
    Grant.objects.filter(user=user, ends_at=None).update(ends_at=timezone.now())
    return 1 + erase_events(User, Q(pgh_obj=user.pk), **values)


ERASERS = (
    Eraser("invitations", _invitations, append_only_of(Invitation)),
    Eraser("failed sign-ins", _attempts),
    Eraser("sign-ins", _sign_ins, ("fleet.SignInEvent:append_only",)),
    Eraser("sessions, second factor and views", _ways_in),
    Eraser("API tokens", _tokens, append_only_of(ApiToken)),
    # Last: whether it goes is read from the roles that it holds.
    Eraser("account", _account, append_only_of(User)),
)
