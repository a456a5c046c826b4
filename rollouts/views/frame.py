"""The frame of a tranche's pages: its sections, and the way back."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse

from fleet.models import User
from fleet.web.navigation import Link
from rollouts.models import Programme, Tranche

SECTIONS = {
    "tranche-detail": "Readiness",
    "tranche-people": "People",
    "tranche-allocation": "Allocation",
    "tranche-gate": "Gate",
    "waiver-list": "Waivers",
    "tranche-hypercare": "Hypercare",
    "tranche-feedback": "Feedback",
    "tranche-history": "History",
}
# Stock and evidence are of the tranche as a whole, so they are not for those who see only their sites.
OF_THE_WHOLE = ("tranche-allocation", "tranche-gate", "tranche-feedback")


def visible_programme(user: User, pk: int) -> Programme:
    """Raises Http404."""
    return get_object_or_404(Programme.objects.visible_to(user).select_related("organisation"), pk=pk)


def visible_tranche(user: User, pk: int) -> Tranche:
    """Raises Http404."""
    tranches = Tranche.objects.visible_to(user).select_related("programme__organisation")
    return get_object_or_404(tranches, pk=pk)


def whole_tranche(user: User, pk: int) -> Tranche:
    """Raises Http404, too, for those who see only the people at their sites."""
    tranche = visible_tranche(user, pk)
    if not tranche.programme.is_wholly_visible_to(user):
        raise Http404
    return tranche


def tranche_url(name: str, tranche: Tranche) -> str:
    return reverse(f"rollouts:{name}", args=[tranche.pk])


def sections(tranche: Tranche, here: str, *, is_limited: bool) -> list[Link]:
    """`is_limited`: without those about the tranche as a whole."""
    return [
        Link(title, tranche_url(name, tranche), "page" if name == here else "")
        for name, title in SECTIONS.items()
        if not (is_limited and name in OF_THE_WHOLE)
    ]


def frame(tranche: Tranche, here: str, user: User) -> dict[str, Any]:
    """What `rollouts/_tranche.html` needs; `here` names the section that one is in or below."""
    is_limited = not tranche.programme.is_wholly_visible_to(user)
    return {
        "tranche": tranche,
        "programme": tranche.programme,
        "is_limited": is_limited,
        "tranche_sections": sections(tranche, here, is_limited=is_limited),
    }
