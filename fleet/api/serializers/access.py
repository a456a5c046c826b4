"""Roles and who holds them in the API."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from fleet.api.serializers.parts import asking
from fleet.models import Grant, Organisation, Role, Site
from fleet.services.accounts import MANAGE


class RoleSerializer(serializers.ModelSerializer[Role]):
    class Meta:
        model = Role
        fields = ("key", "name", "description", "permissions", "requires_second_factor")


class GrantSerializer(serializers.ModelSerializer[Grant]):
    """`sites` are codes; none means all of the organisation's."""

    email = serializers.EmailField(source="user.email")
    name = serializers.CharField(source="user.name")
    role: Any = serializers.SlugRelatedField("key", read_only=True)
    organisation: Any = serializers.SlugRelatedField("code", read_only=True)
    sites: Any = serializers.SlugRelatedField("code", many=True, read_only=True)

    class Meta:
        model = Grant
        fields: tuple[str, ...] = (
            "id",
            "email",
            "name",
            "role",
            "organisation",
            "sites",
            "starts_at",
            "ends_at",
        )


class ManagedOrganisationField(serializers.SlugRelatedField[Organisation]):
    """By its code, among those in which the person gives roles."""

    def get_queryset(self) -> Any:
        user = asking(self)
        managed = user.access.whole_organisation_ids(MANAGE) if user else ()
        return Organisation.objects.filter(pk__in=managed)


class GiveRoleSerializer(serializers.Serializer[Any]):
    email = serializers.EmailField()
    name = serializers.CharField(required=False, max_length=200, help_text="Of somebody new.")
    role = serializers.SlugRelatedField("key", queryset=Role.objects.all())
    organisation = ManagedOrganisationField("code", queryset=Organisation.objects.all())
    sites = serializers.ListField(
        child=serializers.CharField(), required=False, help_text="Codes; none for all of the organisation's."
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        codes = attrs.pop("sites", [])
        found = list(Site.objects.filter(organisation=attrs["organisation"], code__in=codes))
        if unknown := sorted(set(codes) - {site.code for site in found}):
            raise serializers.ValidationError({"sites": f"No site has the code {', '.join(unknown)}."})
        return attrs | {"sites": found}


class GivenRoleSerializer(GrantSerializer):
    """`password`, of a new account, is answered this once."""

    password = serializers.CharField(help_text="Empty where the person had an account.")

    class Meta(GrantSerializer.Meta):
        fields: tuple[str, ...] = (*GrantSerializer.Meta.fields, "password")
