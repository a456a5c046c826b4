"""Devices, their models, SIMs and custody in the API."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from rest_framework import serializers

from fleet import rules
from fleet.api.serializers.parts import FactsSerializer, OrganisationField, VisibleField
from fleet.models import CustodyEvent, Device, DeviceModel, Sim, Site, StaffMember
from fleet.vocabulary import LifeCycle

REGISTER = ("asset_tag", "serial", "hw_id", "imei", "imei2", "model", "purchased_on", "warranty_until")
REPORTED = (
    "meid",
    "wifi_mac",
    "manufacturer",
    "reported_model",
    "reported_model_id",
    "reported_asset_tag",
    "platform",
    "os_version",
    "os_build",
    "user_upn",
    "user_email",
    "user_name",
    "enrolment",
    "compliance",
    "supervised",
    "encrypted",
    "passcode",
    "lost_mode",
    "wipe",
    "ownership",
    "enrolled_at",
    "storage_total_bytes",
)
BY_CUSTODY = ("life_cycle", "site", "holder", "issued_at")
BY_HEARTBEAT = ("last_seen_at", "battery_level", "storage_free_bytes")
MOVED = "It moves by custody: post what happened to /api/v1/devices/{id}/custody/."
REPORTED_ONLY = "Only an MDM reports it: it is not changed here."


class DeviceModelSerializer(FactsSerializer):
    organisation = OrganisationField("devices.change", required=False)

    class Meta:
        model = DeviceModel
        validators: list[object] = []
        fields = (
            "id",
            "organisation",
            "manufacturer",
            "name",
            "identifier",
            "platform",
            "form_factor",
            "price_pence",
            "supported_until",
            "assistive_supported",
        )


class SimSerializer(serializers.ModelSerializer[Sim]):
    class Meta:
        model = Sim
        fields = ("iccid", "msisdn", "eid", "carrier")


class DeviceSerializer(FactsSerializer):
    """Register facts can be changed; holder, site and life cycle move by custody, the rest by MDM."""

    spellings = rules.SPELLINGS
    elsewhere = dict.fromkeys(BY_CUSTODY, MOVED) | dict.fromkeys((*REPORTED, *BY_HEARTBEAT), REPORTED_ONLY)

    organisation = OrganisationField("devices.change", required=False)
    model = VisibleField(DeviceModel, required=False, allow_null=True)
    model_name = serializers.CharField(read_only=True)
    site = VisibleField(read_only=True)
    site_code = serializers.CharField(source="site.code", read_only=True, default=None)
    holder = VisibleField(read_only=True)
    holder_staff_number = serializers.CharField(source="holder.staff_number", read_only=True, default=None)
    last_seen_at = serializers.DateTimeField(source="heartbeat.last_seen_at", read_only=True, default=None)
    battery_level = serializers.IntegerField(source="heartbeat.battery_level", read_only=True, default=None)
    storage_free_bytes = serializers.IntegerField(
        source="heartbeat.storage_free_bytes", read_only=True, default=None
    )
    sims = SimSerializer(many=True, read_only=True)
    missing_from = serializers.SerializerMethodField(
        help_text="Slugs of the MDM sources whose last complete sync did not name it."
    )

    class Meta:
        model = Device
        validators: list[object] = []
        read_only_fields: tuple[str, ...] = (*REPORTED, *BY_CUSTODY)
        fields = (
            "id",
            "organisation",
            *REGISTER,
            "model_name",
            *BY_CUSTODY,
            "site_code",
            "holder_staff_number",
            *REPORTED,
            *BY_HEARTBEAT,
            "sims",
            "missing_from",
        )

    def get_missing_from(self, device: Device) -> list[str]:
        # A device that is being added is in no source, so nobody has looked for it there.
        return sorted({record.mdm_source.slug for record in getattr(device, "missing_records", ())})


class NewDeviceSerializer(DeviceSerializer):
    """A device that is added says whether it is ordered or in stock, and where."""

    life_cycle = serializers.ChoiceField(
        choices=[(life.value, life.label) for life in (LifeCycle.IN_STOCK, LifeCycle.ORDERED)],
        default=LifeCycle.IN_STOCK,
    )
    site = VisibleField(Site, required=False, allow_null=True)

    class Meta(DeviceSerializer.Meta):
        read_only_fields = (*REPORTED, "holder", "issued_at")


class CustodyEventSerializer(serializers.ModelSerializer[CustodyEvent]):
    """`at` is now unless it is given; `holder` is needed to issue or lend, `site` to receive or move."""

    at = serializers.DateTimeField(required=False)
    holder = VisibleField(StaffMember, required=False, allow_null=True)
    site = VisibleField(Site, required=False, allow_null=True)
    despite_reservation = serializers.BooleanField(
        default=False,
        write_only=True,
        help_text="Issue or lend it even where it is kept for somebody else.",
    )
    recorded_by = serializers.CharField(source="recorded_by.email", read_only=True, default=None)

    class Meta:
        model = CustodyEvent
        fields = (
            "id",
            "kind",
            "at",
            "holder",
            "site",
            "note",
            "despite_reservation",
            "recorded_at",
            "recorded_by",
        )
        read_only_fields = ("recorded_at",)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        return {"at": timezone.now(), **attrs}
