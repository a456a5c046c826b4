"""Readiness as the API tells it: the same stored rows that pages and gates read."""

from __future__ import annotations

from functools import cached_property
from typing import Any, cast

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from rollouts.checks import CHECKS
from rollouts.models import Assessment, CheckResult, Computation, ScopeFinding, TranchePerson
from rollouts.services.reading import Reading, findings_of, read


class CheckResultSerializer(serializers.ModelSerializer[CheckResult]):
    """One check's counts, in subjects of its scope, and how many people it holds up."""

    key = serializers.CharField(source="check_key")
    title = serializers.SerializerMethodField()
    meaning = serializers.SerializerMethodField()
    scope = serializers.SerializerMethodField()
    owner = serializers.SerializerMethodField(help_text="The role that mends what the check finds.")

    class Meta:
        model = CheckResult
        fields = [
            *("key", "title", "meaning", "scope", "owner", "severity", "passed", "failed", "unknown"),
            *("waived", "people_affected", "would_release"),
        ]

    def get_title(self, result: CheckResult) -> str:
        return CHECKS[result.check_key].title

    def get_meaning(self, result: CheckResult) -> str:
        return CHECKS[result.check_key].meaning

    def get_scope(self, result: CheckResult) -> str:
        return CHECKS[result.check_key].scope.value

    def get_owner(self, result: CheckResult) -> str:
        return CHECKS[result.check_key].owner.value


class ScopeFindingSerializer(serializers.ModelSerializer[ScopeFinding]):
    """What a site check says of a site, or a tranche check of the tranche (no site)."""

    check = serializers.CharField(source="check_key")

    class Meta:
        model = ScopeFinding
        fields = ["check", "site", "verdict", "reason", "until", "is_waived"]


class AssessmentSerializer(serializers.ModelSerializer[Assessment]):
    """people = ready + at_risk + unknown + blocked; those done are not assessed.

    people + done = in_tranche; those deferred or withdrawn are listed with the people and counted nowhere.
    """

    people = serializers.IntegerField(help_text="Who still wait for their device.")
    in_tranche = serializers.SerializerMethodField()

    class Meta:
        model = Assessment
        fields = ["state", "people", "ready", "at_risk", "unknown", "blocked", "done", "in_tranche"]

    def get_in_tranche(self, assessment: Assessment) -> int:
        return assessment.people + assessment.done


# Takes the reader as `by` in its context.
class ReadinessSerializer(serializers.ModelSerializer[Computation]):
    """The latest word on a tranche, counted over the people whom the reader may see.

    `assessment` is null until it was computed, and after hypercare.
    """

    as_of = serializers.DateTimeField(source="computed_at", allow_null=True)
    is_pending = serializers.BooleanField(help_text="Newer facts are being looked at, or wait to be.")
    assessment = serializers.SerializerMethodField()
    checks = serializers.SerializerMethodField()
    findings = serializers.SerializerMethodField()

    class Meta:
        model = Computation
        fields = ["as_of", "is_pending", "error", "assessment", "checks", "findings"]

    @cached_property
    def reading(self) -> Reading | None:
        return read(cast(Computation, self.instance), by=self.context["by"])

    @extend_schema_field(AssessmentSerializer(allow_null=True))
    def get_assessment(self, _: Computation) -> Any:
        return AssessmentSerializer(self.reading.assessment).data if self.reading else None

    @extend_schema_field(CheckResultSerializer(many=True))
    def get_checks(self, _: Computation) -> Any:
        return CheckResultSerializer(self.reading.results if self.reading else [], many=True).data

    @extend_schema_field(ScopeFindingSerializer(many=True))
    def get_findings(self, computation: Computation) -> Any:
        found = findings_of(computation.tranche, by=self.context["by"])
        return ScopeFindingSerializer(found, many=True).data


class FindingSerializer(serializers.Serializer[Any]):
    """What one check found of one person."""

    check = serializers.CharField()
    verdict = serializers.ChoiceField(choices=["failed", "unknown"])
    reason = serializers.CharField()
    until = serializers.DateField(allow_null=True)
    waived = serializers.BooleanField()


class PlaceSerializer(serializers.ModelSerializer[TranchePerson]):
    """One person's place in a tranche. `readiness` is null for those done, deferred or withdrawn."""

    staff_number = serializers.CharField(source="staff_member.staff_number")
    name = serializers.CharField(source="staff_member.name")
    site = serializers.IntegerField(source="staff_member.site_id", allow_null=True)
    user_case = serializers.CharField(source="entitlement.user_case", default=None, allow_null=True)
    readiness = serializers.CharField(source="readiness.state", default=None, allow_null=True)
    blocking = serializers.ListField(source="readiness.blocking", child=serializers.CharField(), default=list)
    findings = FindingSerializer(source="readiness.findings", many=True, default=list)

    class Meta:
        model = TranchePerson
        fields = [
            *("id", "tranche", "staff_member", "staff_number", "name", "site", "user_case", "device"),
            *("state", "reason", "planned_on", "handed_over_at", "accepted_at"),
            *("readiness", "blocking", "findings"),
        ]
        read_only_fields = fields
