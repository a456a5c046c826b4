"""Sessions in person in the API: the same verbs as on the pages."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import mixins, serializers, status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from feedback.api.parts import Asking, MayPost, only_one, person
from feedback.api.serializers import ThreadSerializer
from feedback.filters import GatheringFilter
from feedback.models import Gathering, Topic
from feedback.services import meeting
from feedback.tasks import tell_those_coming
from feedback.vocabulary import GatheringKind, ThreadKind
from fleet.api.serializers.parts import OrganisationField, VisibleField
from fleet.api.views.parts import VisibleRows
from fleet.errors import Forbidden
from fleet.models import Site


class GatheringSerializer(serializers.ModelSerializer[Gathering]):
    """`coming` counts those who signed up; who they are stays on the page of those who announce sessions."""

    organisation: Any = serializers.SlugRelatedField("code", read_only=True)
    coming = serializers.IntegerField()

    class Meta:
        model = Gathering
        fields = (
            *("id", "organisation", "kind", "title", "about", "site", "place", "starts_at", "ends_at"),
            *("places", "coming", "cancelled_at", "cancelled_because"),
        )
        read_only_fields = fields


class NewGatheringSerializer(serializers.Serializer[Any]):
    organisation: Any = OrganisationField("feedback.respond", required=False)
    kind = serializers.ChoiceField(GatheringKind.choices, required=False, default=GatheringKind.WORKSHOP)
    title = serializers.CharField(max_length=150)
    about = serializers.CharField(required=False, default="", allow_blank=True)
    site = VisibleField(Site, required=False, allow_null=True, default=None)
    place = serializers.CharField(max_length=200, required=False, default="", allow_blank=True)
    starts_at = serializers.DateTimeField()
    ends_at = serializers.DateTimeField()
    places = serializers.IntegerField(min_value=1, required=False, allow_null=True, default=None)

    class Meta:
        model = Gathering


class CancelSerializer(serializers.Serializer[Any]):
    because = serializers.CharField(max_length=300)


class NoteSerializer(serializers.Serializer[Any]):
    title = serializers.CharField(max_length=150)
    body = serializers.CharField(max_length=10_000)
    kind = serializers.ChoiceField(ThreadKind.choices, required=False, default=ThreadKind.PROBLEM)
    topic = VisibleField(Topic, required=False, allow_null=True, default=None)


@extend_schema_view(
    list=extend_schema(summary="Sessions in person"),
    retrieve=extend_schema(summary="One session in person"),
)
class GatheringViewSet(Asking, mixins.ListModelMixin, mixins.RetrieveModelMixin, VisibleRows):
    model = Gathering
    serializer_class = GatheringSerializer
    filterset_class = GatheringFilter
    permission_classes = [MayPost]

    def get_queryset(self) -> QuerySet[Gathering]:
        rows: Any = super().get_queryset()
        found: QuerySet[Gathering] = rows.with_coming().select_related("organisation", "site")
        return found

    @extend_schema(
        summary="Announce a session", request=NewGatheringSerializer, responses={201: GatheringSerializer}
    )
    def create(self, request: Request) -> Response:
        someone = person(request)
        where = someone.access.organisation_ids(meeting.PERMISSION)
        if not where:
            raise Forbidden("Your roles do not let you announce sessions.")
        given = self.asked(NewGatheringSerializer)
        organisation = given.pop("organisation", None) or only_one(where)
        gathering = Gathering(organisation=organisation, **given)
        meeting.save_gathering(gathering=gathering, by=someone)
        return self._answer(gathering, status.HTTP_201_CREATED)

    @extend_schema(summary="Sign up", request=None)
    @action(detail=True, methods=["post"], url_path="sign-up", filterset_class=None)
    def sign_up(self, request: Request, pk: str) -> Response:
        gathering = self.get_object()
        meeting.sign_up(gathering=gathering, by=person(request))
        return self._answer(gathering)

    @extend_schema(summary="Withdraw", request=None)
    @action(detail=True, methods=["post"], filterset_class=None)
    def withdraw(self, request: Request, pk: str) -> Response:
        gathering = self.get_object()
        meeting.withdraw(gathering=gathering, by=person(request))
        return self._answer(gathering)

    @extend_schema(summary="Cancel a session", request=CancelSerializer)
    @action(detail=True, methods=["post"], filterset_class=None)
    def cancel(self, request: Request, pk: str) -> Response:
        gathering, someone = self.get_object(), person(request)
        meeting.check_announces(someone, gathering.organisation)
        meeting.cancel_gathering(gathering=gathering, by=someone, **self.asked(CancelSerializer))
        tell_those_coming(gathering)
        return self._answer(gathering)

    @extend_schema(
        summary="Raise what was said there as a thread",
        request=NoteSerializer,
        responses={201: ThreadSerializer},
    )
    @action(detail=True, methods=["post"], filterset_class=None)
    def notes(self, request: Request, pk: str) -> Response:
        gathering, someone = self.get_object(), person(request)
        meeting.check_announces(someone, gathering.organisation)
        thread = meeting.note(gathering=gathering, by=someone, **self.asked(NoteSerializer))
        thread.refresh_from_db()
        return Response(ThreadSerializer(thread).data, status=status.HTTP_201_CREATED)

    def _answer(self, gathering: Gathering, code: int = status.HTTP_200_OK) -> Response:
        return Response(self.get_serializer(self.get_queryset().get(pk=gathering.pk)).data, status=code)
