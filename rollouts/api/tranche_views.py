"""Tranches and their readiness."""

from __future__ import annotations

from typing import Any, cast

from django.db import transaction
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import generics, mixins
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer

from fleet.api.watched import Watched
from fleet.models import User
from rollouts.api.base import ScopedViewSet
from rollouts.api.feedback_serializers import TrancheFeedbackSerializer
from rollouts.api.readiness_serializers import CheckResultSerializer, PlaceSerializer, ReadinessSerializer
from rollouts.api.serializers import TrancheSerializer
from rollouts.filters import TrancheFilter, TranchePeopleFilter
from rollouts.models import Computation, Tranche, TranchePerson
from rollouts.services.membership import replan
from rollouts.services.reading import read
from rollouts.services.removal import delete_tranche
from rollouts.services.transitions import require
from rollouts.views.feedback import require_reader, said_since_handover
from rollouts.views.frame import whole_tranche


class TrancheViewSet(
    mixins.ListModelMixin,
    mixins.RetrieveModelMixin,
    mixins.CreateModelMixin,
    mixins.UpdateModelMixin,
    mixins.DestroyModelMixin,
    ScopedViewSet[Tranche],
):
    """Tranches: batches of a programme that are decided on as one."""

    adding = ("rollouts.plan",)
    queryset = Tranche.objects.none()
    serializer_class = TrancheSerializer
    filterset_class = TrancheFilter
    http_method_names = ["get", "post", "patch", "delete", "head", "options"]

    def get_queryset(self) -> QuerySet[Tranche]:
        visible = Tranche.objects.visible_to(self.user)
        return visible.select_related("programme").prefetch_related("sites")

    def perform_create(self, serializer: BaseSerializer[Tranche]) -> None:
        programme = serializer.validated_data["programme"]
        self.require_planner(programme.organisation_id)
        self._save(serializer)

    def perform_update(self, serializer: BaseSerializer[Tranche]) -> None:
        tranche = self.get_object()
        require(self.user, tranche, "edit")
        self._save(serializer, programme=tranche.programme)

    def perform_destroy(self, instance: Tranche) -> None:
        """Drafts alone; 409 otherwise."""
        delete_tranche(tranche=instance, by=self.user)

    def _save(self, serializer: BaseSerializer[Tranche], **fixed: Any) -> None:
        with transaction.atomic():
            replan(tranche=serializer.save(**fixed), by=self.user)

    @extend_schema(responses=ReadinessSerializer)
    @action(detail=True, filterset_class=None, pagination_class=None)
    def readiness(self, request: Request, **_: Any) -> Response:
        """Whether the tranche can go: overall, check by check, and what sites and the tranche lack."""
        return Response(ReadinessSerializer(self._computation(), context={"by": self.user}).data)

    @extend_schema(responses=TrancheFeedbackSerializer)
    @action(detail=True, filterset_class=None, pagination_class=None)
    def feedback(self, request: Request, pk: str, **_: Any) -> Response:
        """What its people say since their handover, by name or role; of few people nothing is counted out."""
        tranche = whole_tranche(self.user, int(pk))
        require_reader(self.user, tranche)
        return Response(TrancheFeedbackSerializer(said_since_handover(tranche, self.user)).data)

    @extend_schema(responses=CheckResultSerializer(many=True))
    @action(detail=True, filterset_class=None, pagination_class=None)
    def checks(self, request: Request, **_: Any) -> Response:
        """Each check of the latest assessment, with its counts and who mends it."""
        latest = read(self._computation(), by=self.user)
        return Response(CheckResultSerializer(latest.results if latest else [], many=True).data)

    def _computation(self) -> Computation:
        tranche = self.get_object()
        found = Computation.objects.select_related("assessment", "tranche__programme")
        return found.filter(tranche=tranche).first() or Computation(tranche=tranche)


class TranchePeople(Watched, generics.ListAPIView[TranchePerson]):
    """The people of one tranche, with what holds each of them up."""

    seen = "tranche-people"

    queryset = TranchePerson.objects.none()
    serializer_class = PlaceSerializer
    filterset_class = TranchePeopleFilter

    def get_queryset(self) -> QuerySet[TranchePerson]:
        user = cast(User, self.request.user)
        tranche = get_object_or_404(Tranche.objects.visible_to(user), pk=self.kwargs["pk"])
        visible = TranchePerson.objects.visible_to(user).filter(tranche=tranche)
        return visible.select_related("staff_member", "entitlement", "readiness").order_by("pk")
