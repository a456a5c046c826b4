"""Classification schemes, classifications, and how one scheme becomes another, in the API."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from fleet.api.serializers.parts import FactsSerializer, OrganisationField, VisibleField, asking
from fleet.models import Classification, ClassificationMapping, ClassificationScheme, SchemeSwitch
from fleet.services.schemes.switching import change_draft


class SchemeField(serializers.SlugRelatedField[ClassificationScheme]):
    """A scheme by its code, of the organisation that the row belongs or is added to."""

    default_error_messages = {
        "does_not_exist": "No scheme here has the code {value}. Add it under classification-schemes first."
    }

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("queryset", ClassificationScheme.objects.all())
        super().__init__(slug_field="code", **kwargs)

    def to_internal_value(self, data: Any) -> ClassificationScheme:
        found = self._among().filter(code=str(data))[:2]
        if len(found) > 1:
            raise serializers.ValidationError("Say in which organisation, by its code.")
        if not found:
            self.fail("does_not_exist", value=data)
        scheme: ClassificationScheme = found[0]
        return scheme

    def _among(self) -> Any:
        user, parent = asking(self), self.parent
        schemes = ClassificationScheme.objects.all()
        visible = schemes.visible_to(user) if user else schemes.none()
        if row := getattr(parent, "instance", None):
            return visible.filter(organisation=row.organisation_id)
        code = getattr(parent, "initial_data", {}).get("organisation")
        return visible.filter(organisation__code=code) if code else visible


class ClassificationSchemeSerializer(FactsSerializer):
    organisation = OrganisationField("assurance.change", required=False)

    class Meta:
        model = ClassificationScheme
        validators: list[object] = []
        fields = ("id", "organisation", "code", "name", "valid_from", "valid_until")


class ClassificationSerializer(FactsSerializer):
    organisation = OrganisationField("assurance.change", required=False)
    scheme = SchemeField(help_text="The scheme's code.")

    class Meta:
        model = Classification
        validators: list[object] = []
        fields = ("id", "organisation", "scheme", "code", "name", "rank", "valid_from", "valid_until")


class MappedField(VisibleField):
    """The row itself, whose scheme the rules ask for."""

    def use_pk_only_optimization(self) -> bool:
        return False


class ClassificationMappingSerializer(FactsSerializer):
    """What a classification becomes in another scheme; `approvals` says whether they carry over."""

    organisation = OrganisationField("assurance.change", required=False)
    classification = MappedField(Classification)
    becomes = MappedField(Classification)
    to_scheme = serializers.SlugRelatedField(slug_field="code", read_only=True)  # type: ignore[var-annotated]

    class Meta:
        model = ClassificationMapping
        validators: list[object] = []
        fields = ("id", "organisation", "classification", "becomes", "to_scheme", "approvals", "note")


class SchemeSwitchSerializer(FactsSerializer):
    """A draft until it is scheduled."""

    organisation = OrganisationField("assurance.change", required=False)
    from_scheme = SchemeField(help_text="The code of the scheme that ends.")
    to_scheme = SchemeField(help_text="The code of the scheme that takes its place.")
    scheduled_by = serializers.SlugRelatedField(slug_field="name", read_only=True)  # type: ignore[var-annotated]

    class Meta:
        model = SchemeSwitch
        validators: list[object] = []
        read_only_fields = ("state", "scheduled_at", "done_at", "request_id", "report")
        fields = (
            *("id", "organisation", "from_scheme", "to_scheme", "switches_on", "state", "scheduled_at"),
            *("scheduled_by", "done_at", "request_id", "report"),
        )

    def update(self, instance: SchemeSwitch, validated_data: dict[str, Any]) -> SchemeSwitch:
        for name in ("from_scheme", "to_scheme", "switches_on"):
            setattr(instance, name, validated_data.get(name, getattr(instance, name)))
        change_draft(switch=instance)
        return instance


class ClassificationChangeSerializer(serializers.Serializer[Any]):
    """With a count for each kind of row that names the classification."""

    id = serializers.IntegerField(help_text="Of the classification.")
    classification = serializers.CharField()
    becomes = serializers.CharField(allow_null=True)
    approvals_carry = serializers.CharField(allow_null=True, help_text="full, renew or end")
    people = serializers.IntegerField()
    programmes = serializers.IntegerField()
    approvals = serializers.IntegerField()


class ApprovalChangeSerializer(serializers.Serializer[Any]):
    approval = serializers.IntegerField()
    platform = serializers.CharField()
    minimum_version = serializers.CharField()
    reference = serializers.CharField()
    before = serializers.CharField(help_text="The classification that it covers today.")
    after = serializers.CharField(allow_null=True, help_text="And from the switch on; none where it ends.")
    starts_on = serializers.DateField(allow_null=True)
    valid_until = serializers.DateField(allow_null=True)
    outcome = serializers.CharField()
    conditions = serializers.ListField(child=serializers.CharField())
    outstanding = serializers.CharField(allow_blank=True)


class GroupSerializer(serializers.Serializer[Any]):
    title = serializers.CharField(help_text="The tranche.")
    people = serializers.IntegerField(help_text="Handed over on the switch's day or later.")
    blocked = serializers.IntegerField(help_text="Of them, blocked by the switch.")
    released = serializers.IntegerField(help_text="Of them, blocked today and not after it.")


class AffectedSerializer(serializers.Serializer[Any]):
    group = serializers.CharField(help_text="The tranche.")
    name = serializers.CharField()
    day = serializers.DateField(help_text="Of the handover.")
    before = serializers.CharField(help_text="What they handle.")
    after = serializers.CharField()
    state_before = serializers.CharField()
    state_after = serializers.CharField()
    because = serializers.CharField()


class SwitchPreviewSerializer(serializers.Serializer[Any]):
    problems = serializers.ListField(child=serializers.CharField())
    classifications = ClassificationChangeSerializer(many=True)
    approvals = ApprovalChangeSerializer(many=True)
    tranches = GroupSerializer(many=True)
    people = AffectedSerializer(many=True)
