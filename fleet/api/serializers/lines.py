"""Lines and tariffs in the API, and what becomes of a line."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from rest_framework import serializers

from fleet import phone_numbers
from fleet.api.serializers.parts import FactsSerializer, OrganisationField, VisibleField
from fleet.models import Contract, Line, StaffMember, Tariff


def _number(text: str) -> str:
    """Raises ValidationError."""
    number = phone_numbers.msisdn(text)
    if text and not number:
        raise ValidationError("Give a phone number with its 3 to 15 digits, such as +447700900123.")
    return number


class TariffSerializer(FactsSerializer):
    organisation = OrganisationField("lines.manage", required=False)
    open_lines = serializers.IntegerField(read_only=True, default=0)

    class Meta:
        model = Tariff
        validators: list[object] = []
        fields = (
            "id",
            "organisation",
            "carrier",
            "name",
            "rental_pence",
            "data_allowance_bytes",
            "minutes",
            "texts",
            "over_pence",
            "over_per",
            "megabyte_bytes",
            "is_vat_included",
            "open_lines",
        )


class PhoneLineSerializer(FactsSerializer):
    """A number as one holder has it. `hand-over`, `sim` and `end` say what becomes of it."""

    spellings = {"msisdn": _number}
    elsewhere = {"ends_on": "End it with `end`.", "iccid": "Put it on a SIM with `sim`."}

    organisation = OrganisationField("lines.manage", required=False)
    msisdn = serializers.CharField(max_length=40, help_text="E.164, such as +447700900123.")
    iccid = serializers.CharField(source="sim.iccid", read_only=True, default=None)
    device = serializers.IntegerField(source="sim.device_id", read_only=True, default=None)
    tariff = VisibleField(Tariff, required=False, allow_null=True)
    contract = VisibleField(Contract, required=False, allow_null=True)
    holder = VisibleField(StaffMember, required=False, allow_null=True)
    holder_staff_number = serializers.CharField(source="holder.staff_number", read_only=True, default=None)
    last_used_on = serializers.DateField(
        read_only=True, default=None, help_text="The last day of the newest figures that show any use."
    )

    class Meta:
        model = Line
        validators: list[object] = []
        read_only_fields = ("origin", "ends_on")
        fields = (
            "id",
            "organisation",
            "msisdn",
            "carrier",
            "iccid",
            "device",
            "holder",
            "holder_staff_number",
            "tariff",
            "contract",
            "justification",
            "justification_note",
            "origin",
            "starts_on",
            "ends_on",
            "last_used_on",
        )


class PutOnSimSerializer(serializers.Serializer[Any]):
    iccid = serializers.CharField(max_length=40)
    on = serializers.DateField(required=False, allow_null=True, help_text="Since when; today if left out.")


class HandOverLineSerializer(serializers.Serializer[Any]):
    holder = VisibleField(StaffMember, allow_null=True, help_text="null: back to the pool.")
    on = serializers.DateField(help_text="The first day of the new row.")


class EndLineSerializer(serializers.Serializer[Any]):
    on = serializers.DateField(help_text="The last day for which the carrier bills it.")
