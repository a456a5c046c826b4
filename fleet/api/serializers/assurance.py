"""Approvals and their conditions in the API."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from fleet.api.serializers.parts import FactsSerializer, OrganisationField, VisibleField
from fleet.models import Approval, Classification, Condition
from fleet.services.assurance import record_approval
from fleet.vocabulary import Control


class ConditionSerializer(serializers.ModelSerializer[Condition]):
    """`name` is that of the control, or the text of the statement; the other controls have none."""

    class Meta:
        model = Condition
        fields = ("id", "control", "name", "signed_by", "signed_on", "signed_until")
        read_only_fields = ("signed_by", "signed_on", "signed_until")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if attrs["control"] in (Control.SOFTWARE, Control.STATEMENT) and not attrs.get("name"):
            raise serializers.ValidationError({"name": "Name the control, or write the statement."})
        return attrs


class SignatureSerializer(serializers.Serializer[Any]):
    signed_by = serializers.CharField(max_length=200)
    signed_on = serializers.DateField()
    signed_until = serializers.DateField(required=False, allow_null=True)


class ApprovalSerializer(FactsSerializer):
    """An approval is recorded with its conditions and never edited: it is withdrawn and recorded anew."""

    organisation = OrganisationField("assurance.change", required=False)
    classification = VisibleField(Classification)
    conditions = ConditionSerializer(many=True, required=False)
    state = serializers.CharField(read_only=True, help_text="planned, active, expiring, ended or withdrawn")

    class Meta:
        model = Approval
        validators: list[object] = []
        read_only_fields = ("withdrawn_at",)
        fields = (
            "id",
            "organisation",
            "platform",
            "minimum_version",
            "classification",
            "authority",
            "reference",
            "valid_from",
            "valid_until",
            "withdrawn_at",
            "state",
            "conditions",
        )

    def create(self, validated_data: dict[str, Any]) -> Approval:
        conditions = validated_data.pop("conditions", [])
        approval = Approval(**validated_data)
        record_approval(
            approval=approval, conditions=[(one["control"], one.get("name", "")) for one in conditions]
        )
        return approval
