"""The catalogue of training and the records of who did what, in the API."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from fleet.api.serializers.parts import FactsSerializer, OrganisationField, VisibleField, asking
from fleet.models import Course, Organisation, StaffMember, TrainingRecord
from fleet.services import facts
from fleet.services.training import record_training
from fleet.vocabulary import RecordSource


class CourseSerializer(FactsSerializer):
    organisation = OrganisationField("training.change", required=False)

    class Meta:
        model = Course
        validators: list[object] = []
        fields = ("id", "organisation", "kind", "code", "name", "validity_months", "is_for_everybody")


class TrainingRecordSerializer(FactsSerializer):
    """Without `valid_until`, a new record holds as long as the catalogue says."""

    organisation = serializers.CharField(source="organisation.code", read_only=True)
    staff_member = VisibleField(StaffMember)
    staff_number = serializers.CharField(source="staff_member.staff_number", read_only=True)
    course = VisibleField(Course)
    course_code = serializers.CharField(source="course.code", read_only=True)
    state = serializers.CharField(
        read_only=True, help_text="Today: valid, expiring, expired, booked or replaced by a later record."
    )

    class Meta:
        model = TrainingRecord
        validators: list[object] = []
        read_only_fields = ("source",)
        fields = (
            "id",
            "organisation",
            "staff_member",
            "staff_number",
            "course",
            "course_code",
            "completed_on",
            "valid_until",
            "provider",
            "reference",
            "source",
            "state",
        )

    def _organisation(self, attrs: dict[str, Any]) -> Organisation:
        """That of the person."""
        organisation: Organisation = attrs["staff_member"].organisation
        attrs["organisation"] = organisation
        return organisation

    def validate_staff_member(self, person: StaffMember) -> StaffMember:
        user = asking(self)
        if user and not user.access.may_touch("training.change", person):
            raise serializers.ValidationError("Your roles do not let you record training of this person.")
        if self.instance and self.instance.staff_member_id != person.pk:
            raise serializers.ValidationError("A record stays with its person. Delete it and add another.")
        return person

    def create(self, validated_data: dict[str, Any]) -> TrainingRecord:
        record = TrainingRecord(**validated_data)
        record_training(record=record, source=RecordSource.API)
        return TrainingRecord.objects.with_state().get(pk=record.pk)

    def update(self, instance: Any, validated_data: dict[str, Any]) -> TrainingRecord:
        for name, value in validated_data.items():
            setattr(instance, name, value)
        facts.save(instance)
        return TrainingRecord.objects.with_state().get(pk=instance.pk)
