"""Narrowing the list of invitations."""

from __future__ import annotations

from fleet.filters.parts import Rule, RuleFilter, choice_of
from fleet.models import Invitation, Role
from fleet.vocabulary import InvitationState
from fleet.web.filters import ListFilterSet, SearchFilter
from fleet.web.keyset import by

STATES: dict[str, tuple[str, Rule]] = {
    "pending": ("Pending", lambda invitations: invitations.open()),
    "accepted": ("Accepted", lambda invitations: invitations.filter(state=InvitationState.ACCEPTED)),
    "withdrawn": ("Withdrawn", lambda invitations: invitations.filter(state=InvitationState.WITHDRAWN)),
    "expired": ("Expired", lambda invitations: invitations.expired()),
}


class InvitationFilter(ListFilterSet):
    q = SearchFilter(
        *("name__icontains", "email__istartswith", "role__name__icontains", "organisation__name__icontains"),
        "invited_by__name__icontains",
        rules=STATES,
        label="Name, email address, role, organisation or state",
    )
    role = choice_of(Role, label="Role")
    state = RuleFilter(label="State", rules=STATES)

    sorts = {
        **by("email", "name", "invited_at", "expires_at"),
        "role": ("role__name",),
        "organisation": ("organisation__name",),
        "invited_by": ("invited_by__name",),
    }

    class Meta:
        model = Invitation
        fields: list[str] = []
