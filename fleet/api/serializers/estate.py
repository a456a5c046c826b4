"""The fleet over time in the API: the same numbers as on its pages."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers


class ShareSerializer(serializers.Serializer[Any]):
    """Numbers of devices in use: at or above the version, below it, and of no known version."""

    day = serializers.DateField()
    reached = serializers.IntegerField()
    below = serializers.IntegerField()
    unknown = serializers.IntegerField()
    n = serializers.IntegerField(help_text="Of how many the version is known: what the share is of.")
    percent = serializers.FloatField(allow_null=True, help_text="0 to 100; null where no version is known.")


class VersionCountSerializer(serializers.Serializer[Any]):
    version = serializers.CharField(help_text="Empty where nobody reported one.")
    count = serializers.IntegerField()


class EstateForecastSerializer(serializers.Serializer[Any]):
    due_on = serializers.DateField(allow_null=True, help_text="When the target is reached; null: see words.")
    words = serializers.CharField()
    method = serializers.CharField()
    days = serializers.IntegerField(help_text="On how many measured days it rests.")
    n = serializers.IntegerField()


class VersionShareSerializer(serializers.Serializer[Any]):
    version = serializers.CharField()
    target_percent = serializers.IntegerField()
    today = ShareSerializer(help_text="Counted now.")
    forecast = EstateForecastSerializer()
    versions = VersionCountSerializer(many=True, help_text="Counted now, the newest first.")
    days = ShareSerializer(many=True, source="history", help_text="Each measured day of a year.")


class GroupLineSerializer(serializers.Serializer[Any]):
    group = serializers.CharField()
    name = serializers.CharField(source="label", help_text="The group in words.")
    count = serializers.IntegerField()
    n = serializers.IntegerField(help_text="All devices in use.")


class MonthLineSerializer(GroupLineSerializer):
    day = serializers.DateField(help_text="The last measured day of the month.")


class GroupsSerializer(serializers.Serializer[Any]):
    measure = serializers.CharField()
    today = GroupLineSerializer(many=True)
    months = MonthLineSerializer(many=True)


class SupportLineSerializer(serializers.Serializer[Any]):
    model = serializers.IntegerField(source="model.pk")
    name = serializers.CharField(source="model")
    supported_until = serializers.DateField(allow_null=True)
    devices = serializers.IntegerField()
    pence = serializers.IntegerField(allow_null=True, help_text="To replace them; null: price not known.")
