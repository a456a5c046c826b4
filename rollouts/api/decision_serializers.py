"""Gates, waivers and what is sent with an action."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from fleet.models import Site, User
from rollouts.api.base import offer
from rollouts.models import Gate, Tranche, TranchePerson, Waiver
from rollouts.vocabulary import GateOutcome


class ReasonSerializer(serializers.Serializer[Any]):
    reason = serializers.CharField(max_length=500)


class OptionalReasonSerializer(serializers.Serializer[Any]):
    reason = serializers.CharField(max_length=300, required=False, default="", allow_blank=True)


class ReflectionSerializer(serializers.Serializer[Any]):
    what_happened = serializers.CharField()
    lessons = serializers.CharField()


class ProposalSerializer(serializers.Serializer[Any]):
    recommendation = serializers.ChoiceField(choices=GateOutcome.choices)
    proposal = serializers.CharField(help_text="Why this is recommended.")


class VerdictSerializer(serializers.Serializer[Any]):
    outcome = serializers.ChoiceField(choices=GateOutcome.choices)
    rationale = serializers.CharField(help_text="Why; of a conditional go, its conditions.")
    seal = serializers.CharField(help_text="The seal of the evidence that the decider was shown.")


class GateSummarySerializer(serializers.ModelSerializer[Gate]):
    """A gate without its evidence, which may be long; `seal` is the SHA-256 of its canonical JSON."""

    class Meta:
        model = Gate
        fields = [
            *("id", "tranche", "status", "recommendation", "proposal", "proposed_by", "proposed_at"),
            *("outcome", "rationale", "decided_by", "decided_at", "seal"),
        ]
        read_only_fields = fields


class GateSerializer(GateSummarySerializer):
    """A gate with its sealed evidence; `seal` is the SHA-256 of its canonical JSON."""

    evidence = serializers.DictField()

    class Meta(GateSummarySerializer.Meta):
        fields = [*GateSummarySerializer.Meta.fields, "evidence"]
        read_only_fields = fields


class StockNeedSerializer(serializers.Serializer[Any]):
    model_id = serializers.IntegerField()
    model = serializers.CharField()
    wanted = serializers.IntegerField()
    in_stock = serializers.IntegerField()
    short = serializers.IntegerField()


class AllocationSerializer(serializers.Serializer[Any]):
    """How many people got a device, and the models of which there were too few."""

    allocated = serializers.IntegerField()
    shortfall = StockNeedSerializer(many=True)


class WaiverSerializer(serializers.ModelSerializer[Waiver]):
    """A waiver for a person, for a site, or (both null) for the whole tranche."""

    owner = serializers.SlugRelatedField(slug_field="email", queryset=User.objects.none())
    person: serializers.PrimaryKeyRelatedField[TranchePerson] = serializers.PrimaryKeyRelatedField(
        queryset=TranchePerson.objects.none(), allow_null=True, required=False
    )

    class Meta:
        model = Waiver
        fields = [
            *("id", "tranche", "check_key", "person", "site", "owner", "reason", "expires_on"),
            *("created_by", "created_at", "ended_at", "ended_by"),
        ]
        read_only_fields = ["created_by", "created_at", "ended_at", "ended_by"]
        # Whether it is open already is the verb's to say, with a 409.
        validators: list[Any] = []

    def get_fields(self) -> dict[str, Any]:
        """Only what this person may see can be named."""
        fields = super().get_fields()
        offer(
            self,
            fields,
            tranche=lambda user: Tranche.objects.visible_to(user).select_related("programme"),
            person=TranchePerson.objects.visible_to,
            site=Site.objects.visible_to,
            owner=lambda user: User.objects.filter(
                grants__organisation__in=user.access.organisation_ids("rollouts.view")
            ).distinct(),
        )
        return fields
