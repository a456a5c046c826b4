"""Replays in the API: a delivery tried with today's adapter, and applied again."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import generics, serializers
from rest_framework.request import Request
from rest_framework.response import Response

from fleet.api.errors import FieldErrorSerializer, ProblemSerializer
from fleet.api.mdm.deliveries import must_manage
from fleet.api.mdm.serializers import CountsSerializer, DeliveryRowSerializer
from fleet.api.watched import Watched
from fleet.mdm import ledger
from fleet.mdm.replaying import replay_delivery
from fleet.mdm.trying import try_delivery
from fleet.models import Delivery
from fleet.tasks import wake_worker

LABELS = [label for label, _ in ledger.OUTCOMES]


class FactChangeSerializer(serializers.Serializer[Any]):
    field = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]
    before = serializers.CharField(help_text="In words; empty where it is not known.")
    after = serializers.CharField()


class TriedRecordSerializer(serializers.Serializer[Any]):
    """One record that a replay would treat otherwise, or that would change its device."""

    position = serializers.IntegerField(help_text="Counted from 0 in the order sent.")
    then = serializers.ChoiceField(choices=ledger.OUTCOMES, allow_null=True)
    now = serializers.ChoiceField(choices=ledger.OUTCOMES)
    device = serializers.IntegerField(allow_null=True)
    changes = FactChangeSerializer(many=True)
    errors = FieldErrorSerializer(many=True)  # type: ignore[assignment]


class TrialSerializer(serializers.Serializer[Any]):
    """What a replay would do to the fleet as it is now. Nothing has been written."""

    counts_then = CountsSerializer()
    counts_now = CountsSerializer()
    dropped_anew = serializers.ListField(child=serializers.CharField(), help_text="Fields no longer kept.")
    kept_anew = serializers.ListField(child=serializers.CharField(), help_text="Fields kept now, not then.")
    ignored_anew = serializers.ListField(child=serializers.CharField(), help_text="Events no longer read.")
    read_anew = serializers.ListField(child=serializers.CharField(), help_text="Events read now, not then.")
    records = TriedRecordSerializer(many=True)


class OfDelivery(generics.GenericAPIView[Delivery]):
    queryset = Delivery.objects.none()
    serializer_class = DeliveryRowSerializer
    filter_backends = ()

    def get_queryset(self) -> QuerySet[Delivery]:
        rows = Delivery.objects.visible_to(self.request.user)  # type: ignore[arg-type]
        return rows.select_related("source__organisation")


class DeliveryTrial(Watched, OfDelivery):
    """Runs today's adapter over a stored delivery without writing."""

    seen = "mdm"

    @extend_schema(
        summary="Try a delivery with today's adapter",
        responses={200: TrialSerializer, 400: OpenApiResponse(ProblemSerializer, "It cannot be read.")},
    )
    def get(self, request: Request, pk: str) -> Response:
        delivery = self.get_object()
        must_manage(request, delivery.source.organisation_id)
        trial = try_delivery(delivery)
        names = ("dropped_anew", "kept_anew", "ignored_anew", "read_anew")
        records = [
            {
                "position": line.position,
                "then": line.then.label if line.then else None,
                "now": line.now.label,
                "device": line.device,
                "changes": [change._asdict() for change in line.changes],
                "errors": line.errors,
            }
            for line in trial.news
        ]
        counts = {
            "counts_then": {label: trial.counts_then[label] for label in LABELS},
            "counts_now": {label: trial.counts_now[label] for label in LABELS},
        }
        told = {name: getattr(trial, name) for name in names}
        return Response(TrialSerializer(counts | told | {"records": records}).data)


class DeliveryReplay(OfDelivery):
    """Puts a delivery that was applied, failed or is in quarantine back into the queue."""

    @extend_schema(
        summary="Replay a delivery with today's adapter",
        request=None,
        responses={
            202: DeliveryRowSerializer,
            400: OpenApiResponse(ProblemSerializer, "Its body is deleted, or cannot be read today either."),
            409: OpenApiResponse(ProblemSerializer, "It waits to be applied already."),
        },
    )
    def post(self, request: Request, pk: str) -> Response:
        delivery = self.get_object()
        must_manage(request, delivery.source.organisation_id)
        replay_delivery(delivery=delivery, by=request.user)  # type: ignore[arg-type]
        transaction.on_commit(lambda: wake_worker(delivery.pk))
        delivery.refresh_from_db()
        return Response(self.get_serializer(delivery).data, status=202)
