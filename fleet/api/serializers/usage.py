"""Usage of lines and forecasts in the API."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from fleet.models import CarrierMapping, Organisation, UsageForecast, UsageRecord
from fleet.services.imports.reading import folded
from fleet.services.usage.layouts import FIELDS, KEPT, WORDS
from fleet.services.usage.mapping import change_mapping
from fleet.vocabulary import AmountUnit, BillShape, ChargeUnit, MegabyteBase, TimeUnit


class UsageRecordSerializer(serializers.ModelSerializer[UsageRecord]):
    """What a line was used for in one billing month, by one origin: never add carriers' to devices'."""

    msisdn = serializers.CharField(source="line.msisdn", read_only=True)
    holder_staff_number = serializers.CharField(
        source="line.holder.staff_number", read_only=True, default=None
    )
    device: Any = serializers.IntegerField(
        source="device_pk", read_only=True, help_text="In which its SIM was on the last day."
    )
    allowance_bytes = serializers.IntegerField(source="allowance", read_only=True)
    share = serializers.IntegerField(read_only=True, help_text="Data in percent of the allowance.")
    file_name = serializers.CharField(source="batch.name", read_only=True)
    file_digest = serializers.CharField(source="batch.digest", read_only=True)

    class Meta:
        model = UsageRecord
        fields = (
            *("id", "line", "msisdn", "holder_staff_number", "device", "origin", "month", "period_start"),
            *("period_end", "through_on", "data_bytes", "data_out_bytes", "voice_seconds"),
            *("voice_out_seconds", "calls_made", "calls_received", "texts", "texts_out", "charge_pence"),
            *("is_vat_included", "allowance_bytes", "share", "file_name", "file_digest", "rows"),
        )
        read_only_fields = fields


class BillSerializer(serializers.Serializer[Any]):
    """A carrier's file. A person says in which organisation; a source's token has its own."""

    file = serializers.FileField(help_text="CSV, XLSX or ODS, itemised or with totals.")
    carrier = serializers.CharField(max_length=100)
    organisation = serializers.SlugRelatedField(
        "code", queryset=Organisation.objects.all(), required=False, help_text="Its code."
    )
    period_start = serializers.DateField(required=False, help_text="Where the rows do not say it.")
    period_end = serializers.DateField(required=False)


class MappingSerializer(serializers.Serializer[Any]):
    """How a carrier's files with these headers are read; kept for the next one."""

    shape = serializers.ChoiceField(choices=BillShape.choices)
    columns = serializers.DictField(
        child=serializers.ChoiceField(choices=["", *FIELDS]),
        help_text="Header → field, empty to leave it out.",
    )
    words = serializers.DictField(
        child=serializers.ListField(child=serializers.CharField(max_length=100)),
        default=dict,
        help_text=f"Of itemised rows: {', '.join(WORDS)} → words that mean it.",
    )
    data_unit = serializers.ChoiceField(choices=AmountUnit.choices, default=AmountUnit.MEGABYTES)
    megabyte_bytes = serializers.ChoiceField(choices=MegabyteBase.choices)
    time_unit = serializers.ChoiceField(choices=TimeUnit.choices, default=TimeUnit.SECONDS)
    charge_unit = serializers.ChoiceField(choices=ChargeUnit.choices, default=ChargeUnit.POUNDS)
    billing_day = serializers.IntegerField(min_value=1, max_value=28, default=1)
    is_vat_included = serializers.BooleanField(allow_null=True, default=None)

    def validate_columns(self, columns: dict[str, str]) -> dict[str, str]:
        return {folded(header): field for header, field in columns.items()}


class CarrierMappingSerializer(MappingSerializer):
    """What was said once of a carrier's files with these headers; PATCH changes what it names."""

    id = serializers.IntegerField(read_only=True)
    organisation = serializers.CharField(source="organisation.code", read_only=True)
    carrier = serializers.CharField(max_length=100)
    retired_at = serializers.DateTimeField(read_only=True, allow_null=True)

    def update(self, instance: Any, validated_data: Any) -> CarrierMapping:
        asked = {name: validated_data.get(name, getattr(instance, name)) for name in ("carrier", *KEPT)}
        mapping: CarrierMapping = instance
        change_mapping(mapping=mapping, carrier=asked.pop("carrier"), said=asked)
        return mapping


class SumsSerializer(serializers.Serializer[Any]):
    lines_used = serializers.IntegerField()
    data_bytes = serializers.IntegerField(source="data", allow_null=True)
    voice_seconds = serializers.IntegerField(source="seconds", allow_null=True)
    texts = serializers.IntegerField(source="texts_sent", allow_null=True)
    charge_pence = serializers.IntegerField(source="charge", allow_null=True)
    allowance_bytes = serializers.IntegerField(source="allowance", allow_null=True)
    share = serializers.IntegerField(allow_null=True, help_text="Data in percent of the allowance.")


class PersonUsageSerializer(SumsSerializer):
    person = serializers.IntegerField(source="pk")
    staff_number = serializers.CharField()
    name = serializers.CharField()


class DeviceUsageSerializer(SumsSerializer):
    device = serializers.IntegerField(source="pk")
    asset_tag = serializers.CharField()
    serial = serializers.CharField()


class UsageForecastSerializer(serializers.ModelSerializer[UsageForecast]):
    msisdn = serializers.CharField(source="line.msisdn", read_only=True)
    share = serializers.IntegerField(read_only=True, help_text="Expected in percent of the allowance.")
    actual_bytes = serializers.IntegerField(read_only=True, help_text="Once the month is over.")

    class Meta:
        model = UsageForecast
        fields = (
            *("id", "line", "msisdn", "made_on", "period_start", "period_end", "method", "n", "used_bytes"),
            *("expected_bytes", "allowance_bytes", "share", "actual_bytes"),
        )
        read_only_fields = fields
