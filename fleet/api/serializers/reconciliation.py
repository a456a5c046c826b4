"""Discrepancies in the API."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from fleet.models import Discrepancy
from fleet.services.reconciliation import KINDS
from fleet.vocabulary import DiscrepancyKind, DiscrepancyState, Stake


class DiscrepancySerializer(serializers.ModelSerializer[Discrepancy]):
    """One contradiction, as the last comparison found it."""

    state = serializers.ChoiceField(choices=DiscrepancyState.choices, read_only=True)
    name = serializers.CharField(source="about", read_only=True, help_text="As the device or line is called.")
    stake = serializers.ChoiceField(
        choices=Stake.choices, read_only=True, help_text="What the pence at stake are."
    )
    owner = serializers.SerializerMethodField(help_text="Whose job it is, as a role is called.")
    action = serializers.SerializerMethodField(help_text="What mends it.")

    class Meta:
        model = Discrepancy
        fields = (
            "id",
            "organisation",
            "kind",
            "name",
            "device",
            "line",
            "person",
            "other_person",
            "site",
            "since",
            "pence_at_stake",
            "stake",
            "state",
            "owner",
            "action",
            "first_found_at",
            "last_found_at",
        )
        read_only_fields = fields

    def get_owner(self, row: Discrepancy) -> str:
        return KINDS[row.kind].owner

    def get_action(self, row: Discrepancy) -> str:
        return KINDS[row.kind].action


class DismissalSerializer(serializers.Serializer[Any]):
    reason = serializers.CharField(max_length=500)
    until = serializers.DateField(help_text="Open again on the day after; a year at most.")


class KindLineSerializer(serializers.Serializer[Any]):
    """One kind: how many are open and dismissed, and what the open ones are worth where that is known."""

    kind = serializers.ChoiceField(choices=DiscrepancyKind.choices, source="kind.key")
    rule = serializers.CharField(source="kind.rule")
    owner = serializers.CharField(source="kind.owner")
    open = serializers.IntegerField()
    dismissed = serializers.IntegerField()
    stake = serializers.ChoiceField(
        choices=Stake.choices, source="kind.stake", help_text="What its pounds are; never add the two up."
    )
    pence_at_stake = serializers.IntegerField()
    priced = serializers.IntegerField(help_text="Of how many open ones the price is known.")
    open_30_days_ago = serializers.IntegerField(source="before", allow_null=True)


class DayLineSerializer(serializers.Serializer[Any]):
    day = serializers.DateField()
    open = serializers.IntegerField()
    dismissed = serializers.IntegerField()
    device_pence = serializers.IntegerField(help_text="Of open and dismissed ones, as it was then.")
    month_pence = serializers.IntegerField(help_text="What their lines cost a month, in the same way.")


class WorthSerializer(serializers.Serializer[Any]):
    """What is open is worth, by what the price is; each device or line counted once."""

    stake = serializers.ChoiceField(choices=Stake.choices)
    pence = serializers.IntegerField()
    counted = serializers.IntegerField(help_text="Of how many devices or lines.")


class ReconciliationSerializer(serializers.Serializer[Any]):
    kinds = KindLineSerializer(many=True, help_text="Of what your roles show.")
    at_stake = WorthSerializer(many=True)
    days = DayLineSerializer(many=True)
