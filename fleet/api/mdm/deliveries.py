"""Deliveries in the API: what became of a push, record by record."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import generics
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse

from fleet.api.authentication import ApiTokenAuthentication, SessionAuthentication
from fleet.api.mdm import schema
from fleet.api.mdm.serializers import DeliveryRowSerializer
from fleet.api.pagination import PARAMETERS, numbered_page, paged
from fleet.api.source_authentication import IsSourceOrUser, SourceTokenAuthentication
from fleet.errors import Forbidden, Invalid
from fleet.filters.mdm import DeliveryFilter
from fleet.mdm import applying, ledger
from fleet.models import Delivery, SourceToken
from fleet.tasks import wake_worker
from fleet.vocabulary import Outcome
from fleet.web.filters import unknown_filters


def url_of(request: Request, delivery: Delivery) -> str:
    return str(reverse("api-delivery-detail", args=[delivery.pk], request=request))


def deliveries_of(request: Request) -> QuerySet[Delivery]:
    """A source sees its own; a person those that their roles show."""
    if isinstance(request.auth, SourceToken):
        return Delivery.objects.filter(source=request.auth.source_id)
    return Delivery.objects.visible_to(request.user)  # type: ignore[arg-type]


def result_of(request: Request, delivery: Delivery) -> dict[str, Any]:
    """The delivery with its counts and one page of its records."""
    positions = _positions(delivery, request.query_params.get("outcome"))
    page, links = numbered_page(request, positions)
    lines = [_line(line) for line in ledger.lines_at(delivery, page)]
    return {
        "id": str(delivery.pk),
        "status": delivery.status,
        "url": url_of(request, delivery),
        "received_at": delivery.received_at,
        "applied_at": delivery.applied_at,
        "error": delivery.error,
        "counts": ledger.counts_of(delivery.outcomes),
        "notes": delivery.notes,
        "records": paged(request, len(positions), links, lines),
    }


def _positions(delivery: Delivery, name: str | None) -> Sequence[int]:
    if not name:
        return range(len(delivery.outcomes))
    outcomes = {one.label: one for one in Outcome}
    if name not in outcomes:
        raise Invalid(f"Choose one of {', '.join(outcomes)}.", field="outcome")
    return ledger.positions_of(delivery, outcomes[name])


def _line(line: ledger.Line) -> dict[str, Any]:
    return {
        "position": line.position,
        "outcome": line.outcome.label,
        "device": line.device,
        "errors": line.errors,
    }


class DeliveryList(generics.ListAPIView[Delivery]):
    """The ledger of deliveries, newest first."""

    queryset = Delivery.objects.none()
    serializer_class = DeliveryRowSerializer
    filterset_class = DeliveryFilter
    default_sort = "-received_at"

    def get_queryset(self) -> QuerySet[Delivery]:
        rows = Delivery.objects.visible_to(self.request.user)  # type: ignore[arg-type]
        return rows.select_related("source").defer("body", "device_ids", "problems")


class DeliveryDetail(generics.GenericAPIView[Delivery]):
    """One delivery and what became of its records, in pages."""

    authentication_classes = (SourceTokenAuthentication, ApiTokenAuthentication, SessionAuthentication)
    permission_classes = (IsSourceOrUser,)
    serializer_class = DeliveryRowSerializer

    def get_queryset(self) -> QuerySet[Delivery]:
        return deliveries_of(self.request).defer("body")

    @extend_schema(**schema.DELIVERY)
    def get(self, request: Request, pk: str) -> Response:
        known = ("outcome", *PARAMETERS)
        if refused := unknown_filters(request.query_params, None, besides=known):
            raise ValidationError(refused)
        return Response(result_of(request, self.get_object()))


class DeliveryRetry(generics.GenericAPIView[Delivery]):
    """Puts a failed delivery back into the queue."""

    serializer_class = DeliveryRowSerializer

    def get_queryset(self) -> QuerySet[Delivery]:
        return Delivery.objects.visible_to(self.request.user)  # type: ignore[arg-type]

    @extend_schema(**schema.RETRY)
    def post(self, request: Request, pk: str) -> Response:
        delivery = self.get_object()
        must_manage(request, delivery.source.organisation_id)
        applying.retry_delivery(delivery=delivery)
        transaction.on_commit(lambda: wake_worker(delivery.pk))
        delivery.refresh_from_db()
        return Response(DeliveryRowSerializer(delivery, context={"request": request}).data, status=202)


def must_manage(request: Request, organisation_id: int) -> None:
    """Raises Forbidden for somebody who may look but not decide."""
    if not request.user.access.may_change("mdm.manage", organisation_id=organisation_id):  # type: ignore[union-attr]
        raise Forbidden("Your role shows MDM intake and does not let you change it.")
