"""What happened to devices in their MDM, in the API."""

from __future__ import annotations

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import generics, serializers
from rest_framework.request import Request
from rest_framework.response import Response

from fleet.filters.mdm import DeviceEventApiFilter
from fleet.models import DeviceEvent


class DeviceEventSerializer(serializers.ModelSerializer[DeviceEvent]):
    source = serializers.CharField(source="source.slug", read_only=True)  # type: ignore[assignment]
    serial = serializers.CharField(source="device.serial", read_only=True)
    delivery = serializers.UUIDField(
        source="delivery_id", read_only=True, allow_null=True, help_text="The one that told of it first."
    )
    is_exact = serializers.BooleanField(
        read_only=True,
        help_text="The source gave the time; otherwise a report of that time was the first to show it.",
    )
    began_at = serializers.DateTimeField(
        read_only=True,
        allow_null=True,
        help_text="Of `unenrolled`: when the enrolment began that ended; null where nobody knows.",
    )

    class Meta:
        model = DeviceEvent
        fields = (
            *("id", "device", "serial", "kind", "at", "is_exact", "began_at", "source", "delivery"),
            "recorded_at",
        )


class DeviceEventList(generics.ListAPIView[DeviceEvent]):
    """Enrolments, lost mode, wipes and changes of ownership, newest first; `device` narrows to one device."""

    queryset = DeviceEvent.objects.none()
    serializer_class = DeviceEventSerializer
    filterset_class = DeviceEventApiFilter
    default_sort = "-at"

    def get_queryset(self) -> QuerySet[DeviceEvent]:
        rows = DeviceEvent.objects.visible_to(self.request.user)  # type: ignore[arg-type]
        return rows.with_enrolment().select_related("device", "source").defer("device__software")

    @extend_schema(summary="What happened to devices in their MDM")
    def get(self, request: Request, *args: object, **kwargs: object) -> Response:
        return super().get(request, *args, **kwargs)
