"""Roles, who holds them and who is invited to them, in the API."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from fleet.api.serializers.parts import VisibleField, asking
from fleet.models import Grant, Invitation, Organisation, Role, SignInEvent, Site, StaffMember
from fleet.services.access_review import flags
from fleet.services.grants import MANAGE
from fleet.vocabulary import InvitationState


class RoleSerializer(serializers.ModelSerializer[Role]):
    """`organisation` is empty for a role that all organisations share."""

    organisation: Any = serializers.SlugRelatedField("code", read_only=True)

    class Meta:
        model = Role
        fields = (
            "key",
            "name",
            "description",
            "organisation",
            "permissions",
            "requires_second_factor",
            "retired_at",
        )


class GrantSerializer(serializers.ModelSerializer[Grant]):
    """`sites` are codes; none means all of the organisation's."""

    email = serializers.EmailField(source="user.email")
    name = serializers.CharField(source="user.name")
    role: Any = serializers.SlugRelatedField("key", read_only=True)
    organisation: Any = serializers.SlugRelatedField("code", read_only=True)
    sites: Any = serializers.SlugRelatedField("code", many=True, read_only=True)
    given_by = serializers.EmailField(source="given_by.email", read_only=True, allow_null=True)

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
            "given_by",
        )


class ReviewedGrantSerializer(GrantSerializer):
    """`permissions` are what the role permits at present; `flags` what to look at."""

    permissions = serializers.ListField(source="role.permissions", child=serializers.CharField())
    last_sign_in = serializers.DateTimeField(source="user.last_login", allow_null=True)
    has_second_factor = serializers.BooleanField()
    tokens_live = serializers.IntegerField()
    token_used_at = serializers.DateTimeField(allow_null=True)
    flags = serializers.SerializerMethodField()

    class Meta(GrantSerializer.Meta):
        fields: tuple[str, ...] = (
            *GrantSerializer.Meta.fields,
            "permissions",
            "last_sign_in",
            "has_second_factor",
            "tokens_live",
            "token_used_at",
            "flags",
        )

    def get_flags(self, grant: Grant) -> list[str]:
        return [*flags(grant)]


class EndRoleSerializer(serializers.Serializer[Any]):
    last_day = serializers.DateField(
        required=False, allow_null=True, help_text="The role ends with this day; without it, now."
    )


class InvitationSerializer(serializers.ModelSerializer[Invitation]):
    """`sites` are codes; none means all of the organisation's. The link works until `expires_at`."""

    role: Any = serializers.SlugRelatedField("key", read_only=True)
    organisation: Any = serializers.SlugRelatedField("code", read_only=True)
    sites: Any = serializers.SlugRelatedField("code", many=True, read_only=True)
    state = serializers.ChoiceField(InvitationState.choices, source="shown_state", read_only=True)
    invited_by = serializers.EmailField(source="invited_by.email", read_only=True, allow_null=True)

    class Meta:
        model = Invitation
        fields: tuple[str, ...] = (
            "id",
            "email",
            "name",
            "role",
            "organisation",
            "sites",
            "staff_member",
            "ends_on",
            "state",
            "invited_at",
            "invited_by",
            "expires_at",
            "mailed_at",
            "accepted_at",
            "withdrawn_at",
            "grant",
        )


class SentInvitationSerializer(InvitationSerializer):
    """`link` is answered this once, and only where no mail is sent."""

    link = serializers.CharField(help_text="Empty where it is mailed.")

    class Meta(InvitationSerializer.Meta):
        fields: tuple[str, ...] = (*InvitationSerializer.Meta.fields, "link")


class ManagedOrganisationField(serializers.SlugRelatedField[Organisation]):
    """By its code, among those in which the person gives roles."""

    def get_queryset(self) -> Any:
        user = asking(self)
        managed = user.access.whole_organisation_ids(MANAGE) if user else ()
        return Organisation.objects.filter(pk__in=managed)


class InviteSerializer(serializers.Serializer[Any]):
    email = serializers.EmailField()
    name = serializers.CharField(required=False, max_length=200)
    role = serializers.SlugRelatedField("key", queryset=Role.objects.offered())
    organisation = ManagedOrganisationField("code", queryset=Organisation.objects.all())
    sites = serializers.ListField(
        child=serializers.CharField(), required=False, help_text="Codes; none for all of the organisation's."
    )
    ends_on = serializers.DateField(required=False, allow_null=True, help_text="Last day of the role.")
    staff_member = VisibleField(StaffMember, required=False, allow_null=True)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        codes = attrs.pop("sites", [])
        found, unknown = Site.objects.coded(attrs["organisation"], codes)
        if unknown:
            raise serializers.ValidationError({"sites": f"No site has the code {', '.join(unknown)}."})
        return attrs | {"sites": found}


class SignInSerializer(serializers.ModelSerializer[SignInEvent]):
    """`email` and `name` are null where nobody has the address that was typed; `by` ended the session."""

    email = serializers.EmailField(source="user.email", default=None)
    name = serializers.CharField(source="user.name", default=None)
    by = serializers.CharField(source="by.email", default=None)

    class Meta:
        model = SignInEvent
        fields = ("id", "at", "email", "name", "outcome", "method", "ip_address", "browser", "by")
