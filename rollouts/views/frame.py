"""The frame of a tranche's pages: its sections, and the way back."""

from __future__ import annotations

from typing import Any

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
    "tranche-history": "History",
}


def visible_programme(user: User, pk: int) -> Programme:
    """Raises Http404."""
    return get_object_or_404(Programme.objects.visible_to(user).select_related("organisation"), pk=pk)


def visible_tranche(user: User, pk: int) -> Tranche:
    """Raises Http404."""
    tranches = Tranche.objects.visible_to(user).select_related("programme__organisation")
    return get_object_or_404(tranches, pk=pk)


def tranche_url(name: str, tranche: Tranche) -> str:
    return reverse(f"rollouts:{name}", args=[tranche.pk])


def sections(tranche: Tranche, here: str) -> list[Link]:
    return [
        Link(title, tranche_url(name, tranche), "page" if name == here else "")
        for name, title in SECTIONS.items()
    ]


def frame(tranche: Tranche, here: str) -> dict[str, Any]:
    """What `rollouts/_tranche.html` needs; `here` names the section that one is in or below."""
    return {"tranche": tranche, "programme": tranche.programme, "tranche_sections": sections(tranche, here)}
