"""Usage of lines, by line, person and device, and forecasts: the same figures as on the pages."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import mixins
from rest_framework.permissions import IsAuthenticated

from fleet.api.serializers import usage as shapes
from fleet.api.views.parts import VisibleRows
from fleet.filters.usage import DeviceUsageFilter, ForecastFilter, PersonUsageFilter, UsageFilter
from fleet.models import Device, StaffMember, UsageForecast, UsageRecord
from fleet.services.usage.summing import (
    DEVICES,
    PEOPLE,
    Grouping,
    asked_month,
    asked_origin,
    by_line,
    summed,
)


class _Listed(mixins.ListModelMixin, VisibleRows):
    permission_classes = [IsAuthenticated]


@extend_schema_view(list=extend_schema(summary="Usage by line and billing month"))
class UsageViewSet(_Listed):
    model = UsageRecord
    seen = "lines"
    serializer_class = shapes.UsageRecordSerializer
    filterset_class = UsageFilter

    def get_queryset(self) -> QuerySet[UsageRecord]:
        if getattr(self, "swagger_fake_view", False):
            return UsageRecord.objects.none()
        return by_line(self.request.user)  # type: ignore[arg-type]


class _OfMonth(_Listed):
    grouping: Grouping

    def get_queryset(self) -> QuerySet[Any]:
        if getattr(self, "swagger_fake_view", False):
            return self.model._default_manager.none()
        user: Any = self.request.user
        asked = self.request.query_params
        origin = asked_origin(asked.get("origin", ""))
        month = asked_month(user, asked.get("month", ""), self.grouping, origin)
        return summed(user, self.grouping, month=month, origin=origin)


@extend_schema_view(list=extend_schema(summary="Usage by person in a month, the newest unless asked"))
class PersonUsageViewSet(_OfMonth):
    model = StaffMember
    seen = "people"
    serializer_class = shapes.PersonUsageSerializer
    filterset_class = PersonUsageFilter
    grouping = PEOPLE


@extend_schema_view(list=extend_schema(summary="Usage by device in a month, the newest unless asked"))
class DeviceUsageViewSet(_OfMonth):
    model = Device
    seen = "devices"
    serializer_class = shapes.DeviceUsageSerializer
    filterset_class = DeviceUsageFilter
    grouping = DEVICES


@extend_schema_view(list=extend_schema(summary="What billing months are expected to come to"))
class UsageForecastViewSet(_Listed):
    model = UsageForecast
    seen = "lines"
    serializer_class = shapes.UsageForecastSerializer
    filterset_class = ForecastFilter

    def get_queryset(self) -> QuerySet[UsageForecast]:
        rows: QuerySet[UsageForecast] = super().get_queryset()
        return rows.select_related("line")
