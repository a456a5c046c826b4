"""Imports of comments and an organisation's rules in the API: the pages' verbs."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import mixins, serializers, status
from rest_framework.decorators import action
from rest_framework.parsers import JSONParser, MultiPartParser
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from feedback.api.parts import Asking, person
from feedback.filters import FeedbackImportFilter
from feedback.models import FeedbackImport
from feedback.services.importing import deciding, undoing
from feedback.services.importing.reports import read_report
from fleet.api.serializers.parts import OrganisationField
from fleet.api.views.parts import VisibleRows
from fleet.errors import Forbidden
from fleet.services.imports.receiving import refuse_size

PERMISSION = "feedback.moderate"


class RefusedSerializer(serializers.Serializer[Any]):
    row = serializers.IntegerField(source="number")
    column = serializers.CharField()
    reason = serializers.CharField()


class FeedbackImportSerializer(serializers.ModelSerializer[FeedbackImport]):
    """`counts`: threads, replies, of these official, changed, unchanged and refused; what it would do while
    it is checked, what it did afterwards."""

    organisation: Any = serializers.SlugRelatedField("code", read_only=True)
    by = serializers.CharField(source="by.email", default=None)
    counts = serializers.SerializerMethodField()

    class Meta:
        model = FeedbackImport
        fields = (
            *("id", "organisation", "source", "name", "digest", "status", "counts", "by"),
            *("created_at", "decided_at"),
        )
        read_only_fields = fields

    def get_counts(self, row: FeedbackImport) -> dict[str, int]:
        return {name: count for name, count in row.counts.items() if isinstance(count, int)}


class NewFeedbackImportSerializer(serializers.Serializer[Any]):
    """A file as on the page: CSV, XLSX, ODS or JSON."""

    organisation: Any = OrganisationField(PERMISSION)
    source: Any = serializers.CharField(max_length=100, help_text="Where they were said.")
    file = serializers.FileField()

    class Meta:
        model = FeedbackImport


@extend_schema_view(
    list=extend_schema(summary="Imports of comments"),
    retrieve=extend_schema(summary="One import of comments and its numbers"),
)
class FeedbackImportViewSet(Asking, mixins.ListModelMixin, mixins.RetrieveModelMixin, VisibleRows):
    model = FeedbackImport
    serializer_class = FeedbackImportSerializer
    filterset_class = FeedbackImportFilter
    default_sort = "-created_at"
    permission_classes = [IsAuthenticated]
    parser_classes = [JSONParser, MultiPartParser]

    def get_queryset(self) -> QuerySet[FeedbackImport]:
        rows: QuerySet[FeedbackImport] = super().get_queryset()
        return rows.select_related("organisation", "by").defer("content")

    @extend_schema(
        summary="Bring a file of comments in, to be looked at",
        request={"multipart/form-data": NewFeedbackImportSerializer},
        responses={201: FeedbackImportSerializer},
    )
    def create(self, request: Request) -> Response:
        if not person(request).access.whole_organisation_ids(PERMISSION):
            raise Forbidden("Your roles do not let you import comments.")
        given = self.asked(NewFeedbackImportSerializer)
        file = given.pop("file")
        refuse_size(file.size)
        found = deciding.receive(name=file.name, content=file.read(), by=person(request), **given)
        return Response(self.get_serializer(found).data, status=status.HTTP_201_CREATED)

    @extend_schema(
        summary="Rows that are not taken in, each with what to do", responses=RefusedSerializer(many=True)
    )
    @action(detail=True, filterset_class=None, pagination_class=None)
    def refused(self, request: Request, pk: str) -> Response:
        return Response(RefusedSerializer(read_report(self.get_object().report).refused, many=True).data)

    @extend_schema(summary="Take it in", request=None, responses=FeedbackImportSerializer)
    @action(detail=True, methods=["post"], filterset_class=None)
    def confirm(self, request: Request, pk: str) -> Response:
        found = self.get_object()
        deciding.confirm(imported=found)
        return Response(self.get_serializer(found).data)

    @extend_schema(summary="Let the file go", request=None, responses=FeedbackImportSerializer)
    @action(detail=True, methods=["post"], filterset_class=None)
    def discard(self, request: Request, pk: str) -> Response:
        found = self.get_object()
        deciding.discard(imported=found)
        return Response(self.get_serializer(found).data)

    @extend_schema(
        summary="Take it back while nobody has added to it", request=None, responses=FeedbackImportSerializer
    )
    @action(detail=True, methods=["post"], filterset_class=None)
    def undo(self, request: Request, pk: str) -> Response:
        found = self.get_object()
        undoing.undo(imported=found, by=person(request))
        return Response(self.get_serializer(found).data)
