"""An organisation's topics and rules in the API."""

from __future__ import annotations

from typing import Any

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from feedback.api.parts import person
from feedback.models import FeedbackPolicy
from feedback.services.policies import save_policy
from feedback.views.policy import moderated_by, policy_of
from feedback.vocabulary import ShownAs
from fleet.models import Organisation
from fleet.vocabulary import BankHolidays


class PolicySerializer(serializers.ModelSerializer[FeedbackPolicy]):
    """Days are working days, counted without the `bank_holidays` of a part of the country."""

    organisation: Any = serializers.SlugRelatedField("code", read_only=True)
    ways_to_be_shown: Any = serializers.ListField(
        child=serializers.ChoiceField(ShownAs.choices), allow_empty=False
    )
    bank_holidays = serializers.ChoiceField(BankHolidays.choices, source="organisation.bank_holidays")

    class Meta:
        model = FeedbackPolicy
        fields = (
            *("organisation", "ways_to_be_shown", "shown_as", "answer_within_days", "update_every_days"),
            "bank_holidays",
        )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        policy: Any = self.instance
        ways = attrs.get("ways_to_be_shown", policy.ways_to_be_shown)
        if attrs.get("shown_as", policy.shown_as) not in ways:
            raise serializers.ValidationError(
                {"shown_as": "Give one of the ways in which people may be shown."}
            )
        return attrs


class PoliciesView(APIView):
    @extend_schema(summary="Rules for feedback", responses=PolicySerializer(many=True))
    def get(self, request: Request) -> Response:
        found = [policy_of(one) for one in moderated_by(person(request))]
        return Response(PolicySerializer(found, many=True).data)


class PolicyView(APIView):
    @extend_schema(summary="An organisation's rules for feedback", responses=PolicySerializer)
    def get(self, request: Request, pk: int) -> Response:
        return Response(PolicySerializer(self._policy(request, pk)).data)

    @extend_schema(summary="Change them", request=PolicySerializer(partial=True), responses=PolicySerializer)
    def patch(self, request: Request, pk: int) -> Response:
        policy = self._policy(request, pk)
        asked = PolicySerializer(policy, data=request.data, partial=True)
        asked.is_valid(raise_exception=True)
        given = dict(asked.validated_data)
        holidays = given.pop("organisation", {}).get("bank_holidays", policy.organisation.bank_holidays)
        for name, value in given.items():
            setattr(policy, name, value)
        save_policy(policy=policy, bank_holidays=holidays)
        return Response(PolicySerializer(policy).data)

    def _policy(self, request: Request, pk: int) -> FeedbackPolicy:
        organisation: Organisation = get_object_or_404(moderated_by(person(request)), pk=pk)
        return policy_of(organisation)
