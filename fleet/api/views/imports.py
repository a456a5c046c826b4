"""Imports: bring a file in, look at what it would do, confirm, follow and undo."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import mixins, status
from rest_framework.decorators import action
from rest_framework.parsers import JSONParser, MultiPartParser
from rest_framework.permissions import SAFE_METHODS, IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from fleet.api.serializers import imports as shapes
from fleet.api.serializers.usage import MappingSerializer
from fleet.api.views.parts import VisibleRows
from fleet.errors import Invalid
from fleet.filters.imports import ImportFilter
from fleet.forms.imports import loadable
from fleet.models import Import, Site, User
from fleet.services.imports import deciding
from fleet.services.imports.receiving import receive, refuse_size
from fleet.services.usage.mapping import map_file
from fleet.tasks import wake_importer
from fleet.views.imports.downloads import rejected_csv
from fleet.vocabulary import ImportOutcome

OUTCOME = OpenApiParameter("outcome", str, enum=ImportOutcome.values)
TAKEN = {202: shapes.ImportSerializer}
FILE = {"multipart/form-data": shapes.NewImportSerializer}
LINES = shapes.ImportLineSerializer(many=True)
CSV: Any = {(200, "text/csv"): OpenApiTypes.STR}


class MayDecide(IsAuthenticated):
    """Bringing a file in needs a kind that one may load; deciding, the permission of the file's kind."""

    def has_permission(self, request: Request, view: APIView) -> bool:
        if not super().has_permission(request, view):
            return False
        return request.method in SAFE_METHODS or bool(loadable(_person(request)))

    def has_object_permission(self, request: Request, view: APIView, obj: Import) -> bool:
        return request.method in SAFE_METHODS or obj.may_be_decided_by(_person(request))


@extend_schema_view(
    list=extend_schema(summary="Imports"), retrieve=extend_schema(summary="One import and its numbers")
)
class ImportViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, VisibleRows):
    model = Import
    serializer_class = shapes.ImportSerializer
    filterset_class = ImportFilter
    permission_classes = [MayDecide]
    parser_classes = [JSONParser, MultiPartParser]
    lookup_value_regex = "[0-9a-f-]{36}"

    def get_queryset(self) -> QuerySet[Import]:
        rows: QuerySet[Import] = super().get_queryset()
        return rows.select_related("organisation").defer("content")

    @extend_schema(
        summary="Bring a file in",
        request=FILE,
        responses=TAKEN,
    )
    def create(self, request: Request) -> Response:
        asked = shapes.NewImportSerializer(data=request.data, context=self.get_serializer_context())
        asked.is_valid(raise_exception=True)
        given: dict[str, Any] = dict(asked.validated_data)
        file = given.pop("file")
        refuse_size(file.size)
        found = receive(file_name=file.name, content=file.read(), by=_person(request), **given)
        return self._taken(found)

    @extend_schema(
        summary="What it does, row by row",
        parameters=[OUTCOME],
        responses=LINES,
    )
    @action(detail=True, filterset_class=None)
    def lines(self, request: Request, pk: str) -> Response:
        rows = self.get_object().lines.all()
        if outcome := request.query_params.get("outcome"):
            if outcome not in ImportOutcome.values:
                raise Invalid(f"Choose one of {', '.join(ImportOutcome.values)}.", field="outcome")
            rows = rows.filter(outcome=outcome)
        page = self.paginate_queryset(rows) or []
        return self.get_paginated_response(shapes.ImportLineSerializer(page, many=True).data)

    @extend_schema(
        summary="Rejected rows in the file's own columns (CSV)",
        responses=CSV,
    )
    @action(detail=True, filterset_class=None)
    def rejected(self, request: Request, pk: str) -> HttpResponseBase:
        return rejected_csv(self.get_object())

    @extend_schema(summary="Say what headers mean", request=shapes.ColumnsSerializer, responses=TAKEN)
    @action(detail=True, methods=["post"])
    def columns(self, request: Request, pk: str) -> Response:
        found = self.get_object()
        deciding.name_columns(found=found, **self._asked(shapes.ColumnsSerializer))
        return self._taken(found)

    @extend_schema(summary="Say which sites are meant", request=shapes.SpellingsSerializer, responses=TAKEN)
    @action(detail=True, methods=["post"])
    def sites(self, request: Request, pk: str) -> Response:
        found = self.get_object()
        given = self._asked(shapes.SpellingsSerializer)["sites"]
        known = {site.code: site for site in Site.objects.filter(organisation=found.organisation)}
        if wrong := sorted(set(given.values()) - set(known)):
            raise Invalid(f"No site has the code {wrong[0]}.", field="sites")
        deciding.name_sites(found=found, sites={spelling: known[code] for spelling, code in given.items()})
        return self._taken(found)

    @extend_schema(summary="Say how a carrier's bill is read", request=MappingSerializer, responses=TAKEN)
    @action(detail=True, methods=["post"])
    def mapping(self, request: Request, pk: str) -> Response:
        found = self.get_object()
        if not found.is_bill:
            raise Invalid("Only a carrier's bill is read so. Send `columns`.")
        map_file(found=found, said=self._asked(MappingSerializer))
        return self._taken(found)

    @extend_schema(summary="Apply it", request=shapes.ConfirmSerializer, responses=TAKEN)
    @action(detail=True, methods=["post"])
    def confirm(self, request: Request, pk: str) -> Response:
        found = self.get_object()
        deciding.confirm(found=found, by=_person(request), **self._asked(shapes.ConfirmSerializer))
        return self._taken(found)

    @extend_schema(summary="Forget a file that changed nothing", request=None, responses=TAKEN)
    @action(detail=True, methods=["post"])
    def discard(self, request: Request, pk: str) -> Response:
        found = self.get_object()
        deciding.discard(found=found)
        return self._taken(found)

    @extend_schema(summary="Try again what failed", request=None, responses=TAKEN)
    @action(detail=True, methods=["post"])
    def retry(self, request: Request, pk: str) -> Response:
        found = self.get_object()
        deciding.retry(found=found)
        return self._taken(found)

    @extend_schema(summary="Undo it", request=None, responses=TAKEN)
    @action(detail=True, methods=["post"])
    def undo(self, request: Request, pk: str) -> Response:
        found = self.get_object()
        deciding.undo_import(found=found, by=_person(request))
        return self._taken(found)

    def _asked(self, shape: Any) -> dict[str, Any]:
        asked = shape(data=self.request.data)
        asked.is_valid(raise_exception=True)
        return dict(asked.validated_data)

    def _taken(self, found: Import) -> Response:
        """The row as it is now, and where it is; a worker goes on from here."""
        wake_importer(found.pk)
        found.refresh_from_db(fields=["status", "attempts", "error", "unknown"])
        url = self.reverse_action("detail", args=[found.pk])
        return Response(
            self.get_serializer(found).data, status=status.HTTP_202_ACCEPTED, headers={"Location": url}
        )


def _person(request: Request | HttpRequest) -> User:
    assert isinstance(request.user, User)
    return request.user
