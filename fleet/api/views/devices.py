"""Devices, their custody and their models."""

from __future__ import annotations

from typing import Any, cast

from django.db.models import Prefetch, QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import generics, status
from rest_framework.request import Request
from rest_framework.response import Response

from fleet.api.permissions import MayChange
from fleet.api.serializers.devices import (
    CustodyEventSerializer,
    DeviceModelSerializer,
    DeviceSerializer,
    NewDeviceSerializer,
)
from fleet.api.views.parts import FactsViewSet
from fleet.api.watched import Watched
from fleet.filters import DeviceApiFilter, DeviceModelFilter
from fleet.models import CustodyEvent, Device, DeviceModel, SourceRecord
from fleet.models.devices import DeviceModelQuerySet
from fleet.services.custody import record_custody


@extend_schema_view(
    list=extend_schema(summary="Devices"),
    retrieve=extend_schema(summary="One device"),
    create=extend_schema(
        summary="Add a device", request=NewDeviceSerializer, responses={201: DeviceSerializer}
    ),
    update=extend_schema(summary="Replace a device's register facts"),
    partial_update=extend_schema(summary="Change some of a device's register facts"),
)
class DeviceViewSet(FactsViewSet):
    model = Device
    seen = "devices"
    serializer_class = DeviceSerializer
    filterset_class = DeviceApiFilter
    change_permission = "devices.change"

    def get_queryset(self) -> QuerySet[Device]:
        rows: QuerySet[Device] = super().get_queryset()
        related = rows.select_related("organisation", "model", "site", "holder", "heartbeat")
        missing = SourceRecord.objects.missing().select_related("mdm_source").defer("facts", "field_times")
        told = Prefetch("source_records", missing, to_attr="missing_records")
        return related.prefetch_related("sims", told).defer("software")

    def get_serializer_class(self) -> type[DeviceSerializer]:
        return NewDeviceSerializer if self.action == "create" else DeviceSerializer


class DeviceCustody(Watched, generics.ListCreateAPIView[CustodyEvent]):
    """What happened to a device: received, issued, returned, lost …"""

    seen = "device"
    serializer_class = CustodyEventSerializer
    permission_classes = [MayChange]
    change_permission = "custody.record"

    def device(self) -> Device:
        devices = Device.objects.visible_to(self.request.user)  # type: ignore[arg-type]
        device: Device = generics.get_object_or_404(devices, pk=self.kwargs["pk"])
        self.check_object_permissions(self.request, device)
        self.shown = device
        return device

    def get_queryset(self) -> QuerySet[CustodyEvent]:
        if getattr(self, "swagger_fake_view", False):
            return CustodyEvent.objects.none()
        return self.device().custody_events.select_related("recorded_by")

    @extend_schema(summary="The hand-overs of a device, newest first")
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().get(request, *args, **kwargs)

    @extend_schema(summary="Record what happened to a device")
    def post(self, request: Request, *_args: Any, **_kwargs: Any) -> Response:
        device = self.device()
        serializer = self.get_serializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        event = record_custody(device=device, by=request.user, **serializer.validated_data)  # type: ignore[arg-type]
        return Response(self.get_serializer(event).data, status=status.HTTP_201_CREATED)


@extend_schema_view(
    list=extend_schema(summary="Device models"),
    retrieve=extend_schema(summary="One device model"),
    create=extend_schema(summary="Add a device model"),
    update=extend_schema(summary="Replace a device model's facts"),
    partial_update=extend_schema(summary="Change some of a device model's facts"),
)
class DeviceModelViewSet(FactsViewSet):
    model = DeviceModel
    serializer_class = DeviceModelSerializer
    filterset_class = DeviceModelFilter
    change_permission = "devices.change"

    def get_queryset(self) -> QuerySet[DeviceModel]:
        models = cast(DeviceModelQuerySet, super().get_queryset())
        return models.with_counts().select_related("organisation")
