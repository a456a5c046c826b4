"""Stored readiness: one assessment a run with its counts, and the latest word on each person and site."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone

from fleet.models import Site
from fleet.models.constraints import one_of
from rollouts.models.places import TranchePerson
from rollouts.models.tranches import Tranche
from rollouts.vocabulary import ASSESSED_STATES, Readiness, Severity, Verdict


class Assessment(models.Model):
    """One computation over a whole tranche. The people counted are those outstanding when it ran:
    `people` = `ready` + `at_risk` + `unknown` + `blocked`; `done` are handed over and not assessed."""

    tranche = models.ForeignKey(Tranche, on_delete=models.CASCADE, related_name="assessments")
    computed_at = models.DateTimeField(default=timezone.now)
    state = models.CharField(max_length=10, choices=Readiness)
    people = models.PositiveIntegerField()
    ready = models.PositiveIntegerField()
    at_risk = models.PositiveIntegerField()
    unknown = models.PositiveIntegerField()
    blocked = models.PositiveIntegerField()
    done = models.PositiveIntegerField()

    class Meta:
        ordering = ["-computed_at", "-pk"]
        constraints = [
            one_of("state", Readiness, name="assessment_state"),
            models.CheckConstraint(
                condition=Q(
                    people=models.F("ready") + models.F("at_risk") + models.F("unknown") + models.F("blocked")
                ),
                name="assessment_adds_up",
            ),
        ]
        indexes = [
            # the trend of a tranche
            models.Index(fields=["tranche", "-computed_at"], name="assessment_trend"),
        ]

    def __str__(self) -> str:
        return f"{self.tranche_id} {self.computed_at:%Y-%m-%d %H:%M}"


class CheckResult(models.Model):
    """One check's counts in one assessment, in subjects of its scope. `would_release`: the people whom
    nothing else blocks."""

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="results")
    check_key = models.CharField(max_length=40)
    severity = models.CharField(max_length=10, choices=Severity)
    passed = models.PositiveIntegerField()
    failed = models.PositiveIntegerField()
    unknown = models.PositiveIntegerField()
    waived = models.PositiveIntegerField()
    people_affected = models.PositiveIntegerField()
    would_release = models.PositiveIntegerField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["assessment", "check_key"], name="check_result_once"),
            one_of("severity", Severity, name="check_result_severity"),
        ]

    def __str__(self) -> str:
        return self.check_key


class PersonReadiness(models.Model):
    """The latest word on one outstanding person.

    `blocking`, `unknowns`, `advisory` and `waived` hold check keys; `findings` explains each:
    [{"check", "verdict", "reason", "until" (ISO date or null), "waived" (bool)}].
    """

    person = models.OneToOneField(
        TranchePerson, primary_key=True, on_delete=models.CASCADE, related_name="readiness"
    )
    state = models.CharField(max_length=10, choices=Readiness)
    blocking = ArrayField(models.CharField(max_length=40), default=list)
    unknowns = ArrayField(models.CharField(max_length=40), default=list)
    advisory = ArrayField(models.CharField(max_length=40), default=list)
    waived = ArrayField(models.CharField(max_length=40), default=list)
    findings = models.JSONField(default=list)

    class Meta:
        constraints = [one_of("state", Readiness, name="person_readiness_state")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.state}"


class ScopeFinding(models.Model):
    """The latest word of a site check on a site, or of a tranche check (no site), where it does not pass."""

    tranche = models.ForeignKey(Tranche, on_delete=models.CASCADE, related_name="scope_findings")
    check_key = models.CharField(max_length=40)
    site = models.ForeignKey(Site, null=True, on_delete=models.CASCADE, related_name="+")
    verdict = models.CharField(max_length=10, choices=Verdict)
    reason = models.CharField(max_length=500)
    until = models.DateField(null=True)
    is_waived = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tranche", "check_key", "site"], nulls_distinct=False, name="scope_finding_once"
            ),
            one_of("verdict", Verdict, name="scope_finding_verdict"),
        ]

    def __str__(self) -> str:
        return f"{self.check_key}: {self.reason}"


class Computation(models.Model):
    """Whether a tranche's readiness is stale, who is computing it, and how far along.

    `dirty_at` is set when facts change and cleared by the run that starts after it.
    `claimed_until` is a lease. `computed_at` is the "as of" of the latest word; its counts stand in
    `assessment`, which may be older, since a run that changes no count writes no new one.
    """

    tranche = models.OneToOneField(
        Tranche, primary_key=True, on_delete=models.CASCADE, related_name="computation"
    )
    assessment = models.ForeignKey(Assessment, null=True, on_delete=models.SET_NULL, related_name="+")
    computed_at = models.DateTimeField(null=True, blank=True)
    dirty_at = models.DateTimeField(null=True, blank=True)
    claimed_until = models.DateTimeField(null=True, blank=True)
    steps_done = models.PositiveSmallIntegerField(default=0)
    steps_total = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=500, blank=True)

    class Meta:
        indexes = [
            # the sweep: tranches that wait to be computed
            models.Index(fields=["dirty_at"], condition=Q(dirty_at__isnull=False), name="computation_dirty"),
        ]

    def __str__(self) -> str:
        return f"computation of {self.tranche_id}"

    @property
    def current(self) -> Assessment | None:
        """What readiness says now; None before it was computed, and once the tranche is past hypercare."""
        return self.assessment if self.tranche.state in ASSESSED_STATES else None

    @property
    def is_running(self) -> bool:
        """Whether a worker is at it now; one that died lets its lease run out."""
        return self.claimed_until is not None and self.claimed_until > timezone.now()

    @property
    def is_pending(self) -> bool:
        """Whether newer facts wait to be looked at, or are being looked at."""
        return self.is_running or (self.dirty_at is not None and not self.error)
