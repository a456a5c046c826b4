"""Gates: the decision on a tranche, on a sealed copy of what was shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q

from fleet.history import tracked
from fleet.models.constraints import one_of
from rollouts.models.tranches import Tranche
from rollouts.vocabulary import GateOutcome, GateStatus

if TYPE_CHECKING:
    from fleet.models import User


class GateQuerySet(models.QuerySet["Gate"]):
    def visible_to(self, user: User) -> GateQuerySet:
        """Evidence is about everybody in a tranche, so a role that is limited to sites shows none."""
        whole = user.access.whole_organisation_ids("rollouts.view")
        return self.filter(tranche__programme__organisation__in=whole)

    def open(self) -> GateQuerySet:
        return self.filter(status=GateStatus.OPEN)


@tracked(exclude=("evidence",))
class Gate(models.Model):
    """One gate of a tranche. `evidence` is what proposer and decider saw, `seal` its SHA-256 in hex.

    A decided or withdrawn gate cannot be edited or deleted, not even by SQL.
    """

    tranche = models.ForeignKey(Tranche, on_delete=models.PROTECT, related_name="gates")
    status = models.CharField(max_length=10, choices=GateStatus, default=GateStatus.OPEN)
    recommendation = models.CharField(max_length=15, choices=GateOutcome)
    proposal = models.TextField("why")
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(auto_now_add=True)
    outcome = models.CharField(max_length=15, choices=GateOutcome, blank=True)
    rationale = models.TextField(blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    evidence = models.JSONField()
    seal = models.CharField(max_length=64)

    objects = GateQuerySet.as_manager()

    class Meta:
        ordering = ["-proposed_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["tranche"], condition=Q(status="open"), name="gate_one_open_a_tranche"
            ),
            one_of("status", GateStatus, name="gate_status"),
            one_of("recommendation", GateOutcome, name="gate_recommendation"),
            models.CheckConstraint(
                condition=(
                    Q(status="decided", decided_by__isnull=False, decided_at__isnull=False) & ~Q(rationale="")
                )
                & Q(outcome__in=GateOutcome.values)
                | Q(status__in=["open", "withdrawn"], outcome="", decided_at__isnull=True),
                name="gate_state_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=models.F("proposed_by")),
                name="gate_decided_by_another",
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="sealed",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__status__in=["decided", "withdrawn"]),
            )
        ]

    def __str__(self) -> str:
        return f"Gate of {self.tranche}"
