"""Contracts and the decisions on them, in the API."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from rest_framework import serializers

from fleet.api.serializers.parts import FactsSerializer, OrganisationField, VisibleField
from fleet.models import Contract, DeviceModel, User


class ContractSerializer(FactsSerializer):
    """Without `notice_by`, notice is due a notice period before the end."""

    organisation = OrganisationField("contracts.change", required=False)
    device_models = VisibleField(DeviceModel, many=True, required=False)
    owner = serializers.SlugRelatedField[User](
        slug_field="email", queryset=User.objects.all(), required=False, allow_null=True
    )
    state = serializers.CharField(
        read_only=True,
        help_text="Today: planned, active, notice_due, notice_passed, notice_given, renewed or ended.",
    )

    class Meta:
        model = Contract
        validators: list[object] = []
        read_only_fields = ("notice_given_on",)
        fields = (
            "id",
            "organisation",
            "supplier",
            "reference",
            "title",
            "kind",
            "covers",
            "device_models",
            "device_count",
            "starts_on",
            "ends_on",
            "notice_by",
            "notice_period",
            "notice_unit",
            "renews_itself",
            "notice_given_on",
            "value_pence",
            "owner",
            "state",
        )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        checked = super().validate(attrs)
        row: Any = self.instance
        organisation = checked.get("organisation") or row.organisation
        owner = checked.get("owner")
        if owner and not User.objects.with_roles_in([organisation.pk]).filter(pk=owner.pk).exists():
            raise serializers.ValidationError({"owner": "Name somebody who holds a role here."})
        if any(model.organisation_id != organisation.pk for model in checked.get("device_models", ())):
            raise serializers.ValidationError({"device_models": f"Choose models of {organisation}."})
        return checked

    @transaction.atomic
    def create(self, validated_data: dict[str, Any]) -> Contract:
        models = validated_data.pop("device_models", [])
        contract: Contract = super().create(validated_data)
        contract.device_models.set(models)
        return Contract.objects.with_state().get(pk=contract.pk)

    @transaction.atomic
    def update(self, instance: Any, validated_data: dict[str, Any]) -> Contract:
        models = validated_data.pop("device_models", None)
        super().update(instance, validated_data)
        if models is not None:
            instance.device_models.set(models)
        return Contract.objects.with_state().get(pk=instance.pk)


class NoticeSerializer(serializers.Serializer[Any]):
    given_on = serializers.DateField()


class RenewalSerializer(serializers.Serializer[Any]):
    ends_on = serializers.DateField()
    notice_by = serializers.DateField(required=False, allow_null=True)
