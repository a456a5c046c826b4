"""Who may see and do what here: every role held on a day, with what speaks for and against it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.db.models import Count, Exists, F, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, Greatest
from django.utils import timezone

from fleet.access import PERMISSIONS, is_reading
from fleet.models import ApiToken, Grant, SecondFactor, StaffMember
from fleet.models.accounts import GrantQuerySet
from fleet.services.grants import MANAGE, end_of

UNUSED_AFTER = dt.timedelta(days=90)


def held_on(grants: GrantQuerySet, day: dt.date | None) -> GrantQuerySet:
    """The roles in force now, or at the end of a day, before or ahead."""
    end = end_of(day)
    return grants.in_force() if end is None else grants.in_force_at(end - dt.timedelta(microseconds=1))


def reviewed(grants: QuerySet[Grant]) -> QuerySet[Grant]:
    """Adds what a reviewer asks of each; the number of queries does not grow with the rows.

    `has_second_factor`, `tokens_live` of the person here, `used_at` the last sign-in or use of a token,
    `has_left` per HR, `is_unused` for 90 days, `manages_alone` nobody else gives roles in the organisation.
    """
    tokens = _tokens_here()
    left = StaffMember.objects.filter(
        user=OuterRef("user"), organisation=OuterRef("organisation"), leaves_on__lt=timezone.localdate()
    )
    long_ago = timezone.now() - UNUSED_AFTER
    return grants.annotate(
        has_second_factor=Exists(SecondFactor.objects.filter(user=OuterRef("user"))),
        tokens_live=Coalesce(Subquery(_per_user(tokens.live(), Count("pk"))), 0),
        token_used_at=Subquery(_per_user(tokens, Max("last_used_at"))),
        used_at=Greatest(F("user__last_login"), F("token_used_at")),
        has_left=Exists(left),
        is_unused=Q(starts_at__lt=long_ago) & (Q(used_at=None) | Q(used_at__lt=long_ago)),
        manages_alone=_manages() & ~Exists(_other_managers()),
    )


def _tokens_here() -> Any:
    """Of the person, for this organisation or for all of theirs."""
    here = Q(organisation=None) | Q(organisation=OuterRef("organisation"))
    return ApiToken.objects.filter(here, user=OuterRef("user"))


def _per_user(tokens: Any, figure: Any) -> Any:
    return tokens.order_by().values("user").annotate(figure=figure).values("figure")


def _manages() -> Q:
    return Q(role__permissions__contains=[MANAGE], user__is_active=True)


def _other_managers() -> QuerySet[Grant]:
    """Somebody else who gives roles in the whole organisation with no end in sight."""
    lasting = Grant.objects.in_force().filter(_manages(), ends_at=None, sites=None)
    return lasting.filter(organisation=OuterRef("organisation")).exclude(user=OuterRef("user"))


def sees(grant: Grant) -> str:
    """What the role shows, in words: “devices, models and SIMs; staff; sites”."""
    words = (_words(grant, reading=True)) or ["only oneself and what one holds"]
    return "; ".join(word.removeprefix("See ") for word in words)


def does(grant: Grant) -> str:
    """What the role lets its holder change, in words."""
    return "; ".join(_words(grant, reading=False))


def _words(grant: Grant, *, reading: bool) -> list[str]:
    held = grant.role.permissions
    return [words for key, words in PERMISSIONS.items() if key in held and is_reading(key) == reading]


FLAGS = {
    "left": "Has left, says HR",
    "unused": "Not used for 90 days",
    "alone": "Gives roles alone",
    "closed": "Account closed",
}


def flags(grant: Any) -> Iterator[str]:
    """Keys of `FLAGS`; `grant` comes from `reviewed`."""
    if grant.has_left:
        yield "left"
    if grant.is_unused:
        yield "unused"
    if grant.manages_alone:
        yield "alone"
    if not grant.user.is_active:
        yield "closed"
