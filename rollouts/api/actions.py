"""What is done to a tranche and to the people in it: one POST for each verb of the services."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from rollouts.api import decision_serializers as said
from rollouts.api.base import ScopedViewSet, checked
from rollouts.api.readiness_serializers import PlaceSerializer
from rollouts.api.serializers import TrancheSerializer
from rollouts.models import Tranche, TranchePerson
from rollouts.services import allocation, computing, gates, lifecycle, people

F = TypeVar("F", bound=Callable[..., Response])


def post(url_path: str) -> Callable[[F], F]:
    """A POST sub-resource."""
    return cast(Callable[[F], F], action(detail=True, methods=["post"], url_path=url_path))


class TrancheActionViewSet(ScopedViewSet[Tranche]):
    """409 where the tranche's state does not allow it, 403 where the person's roles do not."""

    queryset = Tranche.objects.none()
    serializer_class = TrancheSerializer

    def get_queryset(self) -> QuerySet[Tranche]:
        return Tranche.objects.visible_to(self.user).select_related("programme")

    def answer(self, tranche: Tranche) -> Response:
        return Response(TrancheSerializer(tranche, context=self.get_serializer_context()).data)

    @extend_schema(request=None, responses=TrancheSerializer)
    @post("plan")
    def plan(self, request: Request, **_: Any) -> Response:
        """Draft → planned."""
        tranche = self.get_object()
        lifecycle.plan(tranche=tranche, by=self.user)
        return self.answer(tranche)

    @extend_schema(request=None, responses=TrancheSerializer)
    @post("unplan")
    def unplan(self, request: Request, **_: Any) -> Response:
        """Planned → draft."""
        tranche = self.get_object()
        lifecycle.unplan(tranche=tranche, by=self.user)
        return self.answer(tranche)

    @extend_schema(request=said.ProposalSerializer, responses={201: said.GateSerializer})
    @post("propose")
    def propose(self, request: Request, **_: Any) -> Response:
        """Planned → gate: locks the people and seals what readiness says now."""
        tranche, sent = self.get_object(), checked(said.ProposalSerializer(data=request.data))
        gate = gates.propose(tranche=tranche, by=self.user, **sent)
        return Response(said.GateSerializer(gate).data, status=201)

    @extend_schema(request=None, responses=said.AllocationSerializer)
    @post("allocate")
    def allocate(self, request: Request, **_: Any) -> Response:
        """Gives those who wait a device from stock: own site first, then depots, then anywhere."""
        result = allocation.allocate_devices(tranche=self.get_object(), by=self.user)
        return Response(said.AllocationSerializer(result).data)

    @extend_schema(request=None, responses={202: None})
    @post("recompute")
    def recompute(self, request: Request, **_: Any) -> Response:
        """Asks for a new assessment; a worker makes it."""
        computing.recompute(tranche=self.get_object(), by=self.user)
        return Response(status=202)

    @extend_schema(request=said.ReasonSerializer, responses=TrancheSerializer)
    @post("hold")
    def hold(self, request: Request, **_: Any) -> Response:
        """Deploying → held."""
        tranche, sent = self.get_object(), checked(said.ReasonSerializer(data=request.data))
        lifecycle.hold(tranche=tranche, by=self.user, **sent)
        return self.answer(tranche)

    @extend_schema(request=said.ReasonSerializer, responses=TrancheSerializer)
    @post("release")
    def release(self, request: Request, **_: Any) -> Response:
        """Held → deploying."""
        tranche, sent = self.get_object(), checked(said.ReasonSerializer(data=request.data))
        lifecycle.release(tranche=tranche, by=self.user, **sent)
        return self.answer(tranche)

    @extend_schema(request=said.OptionalReasonSerializer, responses=TrancheSerializer)
    @post("start-hypercare")
    def start_hypercare(self, request: Request, **_: Any) -> Response:
        """Deploying → hypercare; where people are outstanding, with a reason, for which they are deferred."""
        tranche, sent = self.get_object(), checked(said.OptionalReasonSerializer(data=request.data))
        lifecycle.start_hypercare(tranche=tranche, by=self.user, **sent)
        return self.answer(tranche)

    @extend_schema(request=None, responses=TrancheSerializer)
    @post("end-hypercare")
    def end_hypercare(self, request: Request, **_: Any) -> Response:
        """Hypercare → reflecting, once its days are over and all exit criteria are met."""
        tranche = self.get_object()
        lifecycle.end_hypercare(tranche=tranche, by=self.user)
        return self.answer(tranche)

    @extend_schema(request=said.ReflectionSerializer, responses=TrancheSerializer)
    @post("reflection")
    def reflection(self, request: Request, **_: Any) -> Response:
        """Records the lessons that the next tranche's check reads; the sender owns them."""
        tranche, sent = self.get_object(), checked(said.ReflectionSerializer(data=request.data))
        lifecycle.record_reflection(tranche=tranche, owner=self.user, by=self.user, **sent)
        return self.answer(tranche)

    @extend_schema(request=None, responses=TrancheSerializer)
    @post("close")
    def close(self, request: Request, **_: Any) -> Response:
        """Reflecting → closed, once the reflection is recorded."""
        tranche = self.get_object()
        lifecycle.close(tranche=tranche, by=self.user)
        return self.answer(tranche)


class PlaceActionViewSet(ScopedViewSet[TranchePerson]):
    """One person's place in a tranche. Handing over is not among the verbs: it follows from facts."""

    queryset = TranchePerson.objects.none()
    serializer_class = PlaceSerializer

    def get_queryset(self) -> QuerySet[TranchePerson]:
        visible = TranchePerson.objects.visible_to(self.user)
        return visible.select_related("tranche__programme", "staff_member", "entitlement", "readiness")

    def answer(self, place: TranchePerson) -> Response:
        return Response(PlaceSerializer(place).data)

    @extend_schema(request=said.ReasonSerializer, responses=PlaceSerializer)
    @post("defer")
    def defer(self, request: Request, **_: Any) -> Response:
        """Out of this tranche for now."""
        place, sent = self.get_object(), checked(said.ReasonSerializer(data=request.data))
        people.defer(person=place, by=self.user, **sent)
        return self.answer(place)

    @extend_schema(request=said.ReasonSerializer, responses=PlaceSerializer)
    @post("withdraw")
    def withdraw(self, request: Request, **_: Any) -> Response:
        """Out of this tranche for good."""
        place, sent = self.get_object(), checked(said.ReasonSerializer(data=request.data))
        people.withdraw(person=place, by=self.user, **sent)
        return self.answer(place)

    @extend_schema(request=None, responses=PlaceSerializer)
    @post("reinstate")
    def reinstate(self, request: Request, **_: Any) -> Response:
        """A deferred or withdrawn person is planned again."""
        place = self.get_object()
        people.reinstate(person=place, by=self.user)
        return self.answer(place)

    @extend_schema(request=None, responses=PlaceSerializer)
    @post("release-allocation")
    def release_allocation(self, request: Request, **_: Any) -> Response:
        """Makes the allocated device free for others."""
        place = self.get_object()
        people.release_allocation(person=place, by=self.user)
        return self.answer(place)

    @extend_schema(request=None, responses=PlaceSerializer)
    @post("accept")
    def accept(self, request: Request, **_: Any) -> Response:
        """The person confirmed that what they were handed works."""
        place = self.get_object()
        people.accept(person=place, by=self.user)
        return self.answer(place)
