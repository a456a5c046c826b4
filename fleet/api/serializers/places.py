"""Sites and people in the API."""

from __future__ import annotations

from rest_framework import serializers

from fleet.api.serializers.parts import FactsSerializer, OrganisationField, VisibleField
from fleet.models import Classification, Site, StaffMember


class SiteSerializer(FactsSerializer):
    organisation = OrganisationField("sites.change", required=False)
    replaced_by = VisibleField(Site, required=False, allow_null=True)
    people = serializers.IntegerField(read_only=True, help_text="At work there today.")
    devices = serializers.IntegerField(source="devices_here", read_only=True, help_text="On the books there.")

    class Meta:
        model = Site
        validators: list[object] = []
        fields = (
            "id",
            "organisation",
            "code",
            "name",
            "kind",
            "region",
            "postcode",
            "latitude",
            "longitude",
            "capacity_desks",
            "network_mbps",
            "has_wifi",
            "has_training_room",
            "opens_on",
            "closes_on",
            "replaced_by",
            "people",
            "devices",
        )


class StaffMemberSerializer(FactsSerializer):
    organisation = OrganisationField("people.change", required=False)
    site = VisibleField(Site, required=False, allow_null=True)
    site_code = serializers.CharField(source="site.code", read_only=True, default=None)
    classification = VisibleField(Classification, required=False, allow_null=True)

    class Meta:
        model = StaffMember
        validators: list[object] = []
        fields = (
            "id",
            "organisation",
            "staff_number",
            "name",
            "email",
            "upn",
            "site",
            "site_code",
            "job_role",
            "fte",
            "work_style",
            "group",
            "assistive_needs",
            "classification",
            "starts_on",
            "leaves_on",
        )
