"""The fleet over time: shares of versions, groups by month, and ends of support."""

from __future__ import annotations

from typing import Any, ClassVar

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.exceptions import NotFound, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from fleet.api.serializers.estate import GroupsSerializer, SupportLineSerializer, VersionShareSerializer
from fleet.forms.estate import GroupForm, PlaceForm, ShareForm
from fleet.services.estate.groups import GROUPED, groups_today, month_lines
from fleet.services.estate.support import support_of_models
from fleet.vocabulary import Measure

PLACE = [
    OpenApiParameter("organisation", description="By its code; the first that you see where it is absent."),
    OpenApiParameter("site", OpenApiTypes.INT, description="All that you see where it is absent."),
]
SHARE = [
    OpenApiParameter("platform", description="The most frequent one where it is absent."),
    OpenApiParameter("product", description="A followed product, by its name, instead of the platform."),
    OpenApiParameter("version", description="This or a later one; the newest where it is absent."),
    OpenApiParameter("target", OpenApiTypes.INT, description="Per cent, 1 to 100; 95 where it is absent."),
]
MEASURE = [OpenApiParameter("measure", enum=[one.value for one in GROUPED])]


class EstateView(APIView):
    """Reads the question as the page does, and refuses it by the same rules."""

    form_class: ClassVar[type[PlaceForm]] = PlaceForm

    def asked(self, request: Request) -> Any:
        user: Any = request.user
        if not user.access.may("devices.view"):
            raise NotFound
        form = self.form_class(request.query_params, user=user)
        if not form.is_valid():
            raise ValidationError(
                {name: [str(error) for error in errors] for name, errors in form.errors.items()}
            )
        return form


class EstateShares(EstateView):
    form_class = ShareForm

    @extend_schema(
        summary="The share of devices in use that run a version or a later one",
        parameters=[*SHARE, *PLACE],
        responses=VersionShareSerializer,
    )
    def get(self, request: Request) -> Response:
        found = self.asked(request).ask()
        return Response(VersionShareSerializer(found).data)


class EstateGroups(EstateView):
    form_class = GroupForm

    @extend_schema(
        summary="Devices in use by compliance, age and more, now and by month",
        parameters=[*MEASURE, *PLACE],
        responses=GroupsSerializer,
    )
    def get(self, request: Request) -> Response:
        form = self.asked(request)
        measure, place = Measure(form.cleaned_data["measure"]), form.place
        found = {
            "measure": measure,
            "today": groups_today(place, measure),
            "months": month_lines(place, measure),
        }
        return Response(GroupsSerializer(found).data)


class EstateSupport(EstateView):
    @extend_schema(
        summary="Models of devices in use, by the end of their support",
        parameters=PLACE,
        responses=SupportLineSerializer(many=True),
    )
    def get(self, request: Request) -> Response:
        lines = support_of_models(self.asked(request).place)
        return Response(SupportLineSerializer(lines, many=True).data)
