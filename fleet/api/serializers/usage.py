"""Usage of lines and forecasts in the API."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from fleet.models import UsageForecast, UsageRecord


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
