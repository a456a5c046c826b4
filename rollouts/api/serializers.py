"""Programmes and tranches as the API reads and writes them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.forms import model_to_dict
from rest_framework import serializers

from fleet.models import Classification, Course, DeviceModel, Organisation, Site, User
from rollouts import rules
from rollouts.api.base import offer
from rollouts.models import Entitlement, PlatformMinimum, Programme, Tranche


def values_of(instance: Any, attrs: dict[str, Any]) -> dict[str, Any]:
    """The whole row as it would be."""
    current = model_to_dict(instance) if instance else {}
    return current | attrs


def refuse(refusals: Iterable[tuple[str, str]]) -> None:
    """Raises a validation error where there is any refusal."""
    if found := dict(refusals):
        raise serializers.ValidationError(found)


def _planned_by(user: User) -> set[int]:
    return user.access.whole_organisation_ids("rollouts.plan")


class PlatformMinimumSerializer(serializers.ModelSerializer[PlatformMinimum]):
    class Meta:
        model = PlatformMinimum
        fields = ["platform", "version"]


class ProgrammeSerializer(serializers.ModelSerializer[Programme]):
    """A rollout, with the thresholds that its readiness compares with."""

    organisation = serializers.SlugRelatedField(slug_field="code", queryset=Organisation.objects.all())
    classification: serializers.SlugRelatedField[Classification] = serializers.SlugRelatedField(
        slug_field="code", queryset=Classification.objects.all(), allow_null=True, required=False
    )
    minimums = PlatformMinimumSerializer(many=True, read_only=True)
    required_courses = serializers.PrimaryKeyRelatedField(
        many=True,
        queryset=Course.objects.all(),
        required=False,
        help_text="Ids of the training, briefings and policies needed before the handover.",
    )

    class Meta:
        model = Programme
        fields = [
            *("id", "organisation", "code", "name", "goal", "goal_quantity", "starts_on", "ends_on"),
            *("classification", "double_touch_weeks", "seen_within_days", "facts_stale_after_days"),
            *("network_mbps_per_head", "minimums", "required_courses"),
        ]

    def get_fields(self) -> dict[str, Any]:
        """Only organisations in which this person plans can be named, and only their own classifications."""
        fields = super().get_fields()
        named = self._organisation_code()
        offer(
            self,
            fields,
            organisation=lambda user: Organisation.objects.filter(pk__in=_planned_by(user)),
            classification=lambda user: Classification.objects.filter(
                organisation__in=_planned_by(user), organisation__code=named
            ),
        )
        offer(
            self,
            {"courses": fields["required_courses"].child_relation},  # type: ignore[attr-defined]
            courses=lambda user: Course.objects.filter(organisation__in=_planned_by(user)),
        )
        return fields

    def _organisation_code(self) -> str:
        """Two organisations may use the same code for a classification."""
        if isinstance(self.instance, Programme):
            return self.instance.organisation.code
        return str(getattr(self, "initial_data", {}).get("organisation", ""))

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        refuse(rules.of_programme(self.instance or Programme(), values_of(self.instance, attrs)))
        if self.instance is not None and attrs.get("organisation", self.instance.organisation) != (
            self.instance.organisation
        ):
            raise serializers.ValidationError({"organisation": "A programme stays in its organisation."})
        return attrs


class FiguresSerializer(serializers.Serializer[Any]):
    """The programme in four numbers: handed_over + can_go + stuck + not_planned = total."""

    goal = serializers.IntegerField()
    handed_over = serializers.IntegerField(help_text="Handed over or accepted.")
    can_go = serializers.IntegerField(help_text="Outstanding, and ready or at risk.")
    stuck = serializers.IntegerField(help_text="Outstanding, and blocked, unknown or not assessed.")
    not_planned = serializers.IntegerField(help_text="What is left of the goal.")
    over_goal = serializers.IntegerField(help_text="By how many people the tranches go beyond the goal.")
    total = serializers.IntegerField()


class EntitlementSerializer(serializers.ModelSerializer[Entitlement]):
    """Which user case gets which device; the lowest priority that matches wins."""

    class Meta:
        model = Entitlement
        fields = ["id", "programme", "user_case", "device_model", "job_roles", "work_styles", "priority"]

    def get_fields(self) -> dict[str, Any]:
        fields = super().get_fields()
        offer(self, fields, programme=Programme.objects.visible_to)
        return fields

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        programme = attrs.get("programme") or getattr(self.instance, "programme", None)
        model: DeviceModel | None = attrs.get("device_model")
        if model and programme and model.organisation_id != programme.organisation_id:
            raise serializers.ValidationError(
                {"device_model": "Choose a model of the programme's organisation."}
            )
        return attrs


class TrancheSerializer(serializers.ModelSerializer[Tranche]):
    """A batch of a programme: the people who match any of each list, and all lists that are not empty."""

    sites: serializers.ManyRelatedField = serializers.PrimaryKeyRelatedField(  # type: ignore[assignment]
        many=True, queryset=Site.objects.all(), required=False
    )

    class Meta:
        model = Tranche
        fields = [
            *("id", "programme", "number", "name", "state", "handover_starts_on", "handover_ends_on"),
            *("decision_due_on", "sites", "job_roles", "work_styles", "groups", "locked_at"),
            *("hypercare_days", "hypercare_starts_on"),
        ]
        read_only_fields = ["state", "locked_at", "hypercare_starts_on"]

    def get_fields(self) -> dict[str, Any]:
        fields = super().get_fields()
        offer(self, fields, programme=Programme.objects.visible_to)
        return fields

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        programme: Programme = self.instance.programme if self.instance else attrs["programme"]
        refuse(rules.of_tranche(self.instance or Tranche(), programme, values_of(self.instance, attrs)))
        if any(site.organisation_id != programme.organisation_id for site in attrs.get("sites", ())):
            raise serializers.ValidationError({"sites": "Choose sites of the programme's organisation."})
        return attrs
