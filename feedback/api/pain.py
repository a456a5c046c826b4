"""What hurts most in the API: the page's figures."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from feedback.api.parts import ORGANISATION, asked_organisation, person
from feedback.services.pain.grouping import GROUPINGS, grouping_of
from feedback.services.pain.reckoning import pain_by, whole
from feedback.services.pain.rising import METHOD, trends


class PainSerializer(serializers.Serializer[Any]):
    """`people_with_minutes` told what the days are the sum of. `threads_query` asks the list of threads for
    the group's; it is empty for small groups that were put together, of which there are `groups`."""

    name = serializers.CharField()
    working_days_a_year = serializers.FloatField()
    people_with_minutes = serializers.IntegerField(source="told")
    people = serializers.IntegerField()
    threads = serializers.IntegerField()
    groups = serializers.IntegerField()
    threads_query = serializers.CharField()


class TrendSerializer(serializers.Serializer[Any]):
    """People who spoke up in the last 28 days, and in the `before_days` before; `usual` is of 28 days."""

    topic = serializers.IntegerField(source="key", allow_null=True)
    name = serializers.CharField()
    recent = serializers.IntegerField()
    before = serializers.IntegerField()
    before_days = serializers.IntegerField()
    usual = serializers.FloatField(allow_null=True)
    p = serializers.FloatField(allow_null=True, help_text="One-sided, with Holm’s correction.")
    verdict = serializers.ChoiceField(["rising", "usual", "too_few", "no_past"])


class HurtsSerializer(serializers.Serializer[Any]):
    organisation = serializers.CharField()
    by = serializers.ChoiceField(list(GROUPINGS))
    whole = PainSerializer()
    groups = PainSerializer(many=True)
    trends = TrendSerializer(many=True)
    method = serializers.CharField(help_text="How a rise is told from chance.")


class PainView(APIView):
    @extend_schema(
        summary="What hurts most, and what hurts more than usual",
        parameters=[
            OpenApiParameter("by", enum=list(GROUPINGS), description="The topic where absent."),
            ORGANISATION,
        ],
        responses=HurtsSerializer,
    )
    def get(self, request: Request) -> Response:
        user, organisation = person(request), asked_organisation(request)
        grouping = grouping_of(request.query_params.get("by", "topic"), user, organisation)
        found = {
            "organisation": organisation.code,
            "by": grouping.key,
            "whole": whole(organisation),
            "groups": pain_by(grouping, organisation, user),
            "trends": trends(organisation, timezone.localdate()),
            "method": METHOD,
        }
        return Response(HurtsSerializer(found).data)
