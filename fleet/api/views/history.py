"""Who did what, and who saw what, in the API."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import mixins
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from fleet.api.serializers.history import AccessRecordSerializer, ChangePageSerializer
from fleet.api.views.parts import VisibleRows
from fleet.api.watched import Watched
from fleet.filters.access_records import AccessRecordFilter
from fleet.forms.history import ChangeLogForm, checked
from fleet.models import AccessRecord, User
from fleet.services.change_search import place_of, search

PAGE = 100
KINDS_OF_PARAMETER = {
    "since": OpenApiTypes.DATE,
    "until": OpenApiTypes.DATE,
    "by": OpenApiTypes.INT,
    "row": OpenApiTypes.INT,
    "delivery": OpenApiTypes.UUID,
}
PARAMETERS = [
    OpenApiParameter(name, KINDS_OF_PARAMETER.get(name, OpenApiTypes.STR), description=str(field.label))
    for name, field in ChangeLogForm.base_fields.items()
] + [OpenApiParameter("before", description="Where the page begins: follow `next`.")]


class Changes(Watched):
    """The change log of what one may see, newest first, 100 entries a page."""

    seen = "changes"

    @extend_schema(parameters=PARAMETERS, responses=ChangePageSerializer, summary="Who did what")
    def get(self, request: Request) -> Response:
        assert isinstance(request.user, User)
        form = ChangeLogForm(request.query_params, user=request.user)
        after = checked(form, request.query_params)
        if not form.is_valid():
            raise ValidationError(
                {field: [str(error) for error in errors] for field, errors in form.errors.items()}
            )
        found = search(form.asked(), by=request.user, after=after, limit=PAGE)
        page = {"next": _next(request, found), "results": found}
        return Response(ChangePageSerializer(page).data)


def _next(request: Request, found: list[Any]) -> str | None:
    if len(found) < PAGE:
        return None
    params = request.query_params.copy()
    params["before"] = str(place_of(found[-1]))
    return request.build_absolute_uri(f"?{params.urlencode()}")


@extend_schema_view(list=extend_schema(summary="Who saw personal data"))
class AccessRecordViewSet(mixins.ListModelMixin, VisibleRows):
    model = AccessRecord
    seen = "access"
    serializer_class = AccessRecordSerializer
    filterset_class = AccessRecordFilter
    change_permission = ""

    def get_queryset(self) -> QuerySet[AccessRecord]:
        found: QuerySet[AccessRecord] = super().get_queryset()
        return found.select_related("user").order_by("-at", "-pk")
