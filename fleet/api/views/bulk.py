"""Bulk changes in the API: the same verbs, checks and undo as on the pages."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import transaction
from django.db.models import QuerySet
from django.http import QueryDict
from django.urls import reverse
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import mixins, viewsets
from rest_framework.decorators import action
from rest_framework.exceptions import ValidationError
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer
from rest_framework.views import APIView

from fleet.api.errors import ProblemSerializer, problem_response
from fleet.api.serializers import bulk as said
from fleet.errors import Forbidden
from fleet.filters.bulk import BulkChangeFilter
from fleet.forms.bulk import api_form_of
from fleet.models import BulkChange, Organisation, User
from fleet.services import bulk
from fleet.services.undo import Plan
from fleet.tasks import wake_bulk
from fleet.vocabulary import BulkSubject
from fleet.web.requests import asked_in


class BulkView(APIView):
    """One verb for many rows: `dry_run` says what it would do; else it is done if the count is right."""

    subject: ClassVar[str]
    request_serializer: ClassVar[type[BaseSerializer[Any]]]

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        verbs = [verb for verb in bulk.VERBS.values() if verb.subject == self.subject]
        if not request.user.access.may_any({verb.permission for verb in verbs}):  # type: ignore[union-attr]
            raise Forbidden("Your roles do not let you change these.")

    def answer(self, request: Request) -> Response:
        serializer = self.request_serializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        asked = serializer.validated_data
        try:
            with transaction.atomic():
                return self.done(request, asked)
        except bulk.Moved as moved:
            response = problem_response(409, str(moved), _at("expected_count", str(moved)))
            response.data["count"] = moved.check.matched
            return response

    def done(self, request: Request, asked: dict[str, Any]) -> Response:
        """201 once it is done, 202 where a worker does it. Raises Moved, which takes everything back."""
        user: Any = request.user
        change = self.proposed(user, asked)
        if asked["dry_run"]:
            check = bulk.check_of(change, by=user)
            change.delete()
            return Response(said.BulkCheckSerializer(_told(check)).data)
        change = bulk.confirm(
            change=change,
            fingerprint=asked.get("fingerprint"),
            matched=asked["expected_count"],
            by=user,
            **asked_in(request),
        )
        return taken(change) if change.is_working else Response(_shown(change), status=201)

    def proposed(self, user: User, asked: dict[str, Any]) -> BulkChange:
        verb = bulk.verb_of(self.subject, asked["change"])
        if not user.access.may(verb.permission):
            raise Forbidden("Your roles do not let you change this.")
        given, organisation = _given(verb, asked, user)
        return bulk.propose(
            verb=verb, selection=self.selection(asked), given=given, organisation=organisation, by=user
        )

    def selection(self, asked: dict[str, Any]) -> bulk.Selection:
        subject = bulk.SUBJECTS[self.subject]
        if "ids" in asked:
            return bulk.Selection(subject, ticked=tuple(asked["ids"]))
        params = QueryDict(mutable=True)
        for name, value in asked["filters"].items():
            params.setlist(name, [str(one) for one in (value if isinstance(value, list) else [value])])
        return bulk.Selection.matching(subject, params)


def _shown(change: BulkChange) -> dict[str, Any]:
    return dict(said.BulkChangeSerializer(change).data)


def taken(change: BulkChange) -> Response:
    """A worker goes on from here; the row says when it is done."""
    transaction.on_commit(lambda: wake_bulk(change.pk))
    url = reverse("api-bulk-change-detail", args=[change.pk])
    return Response(_shown(change), status=202, headers={"Location": url})


def _at(field: str, message: str) -> list[dict[str, str]]:
    return [{"field": field, "code": "conflict", "message": message}]


def _given(verb: bulk.Verb, asked: dict[str, Any], user: User) -> tuple[dict[str, Any], Organisation]:
    """The value as the page's form reads it. Raises ValidationError."""
    data = dict(asked["value"])
    if code := asked.get("organisation"):
        data["organisation"] = Organisation.objects.filter(code=code).values_list("pk", flat=True).first()
    form = api_form_of(verb)(data, user=user, verb=verb)
    if unknown := [name for name in data if name not in (*form.fields, "organisation", "devices")]:
        raise ValidationError({f"value.{unknown[0]}": "There is no such field of this change. Leave it out."})
    if not form.is_valid():
        refused = form.errors.items()
        raise ValidationError({f"value.{name}": [str(one) for one in errors] for name, errors in refused})
    return form.given, form.cleaned_data["organisation"]


def _told(check: bulk.Check) -> dict[str, Any]:
    return {
        "matched": check.matched,
        "changing": len(check.changing),
        "unchanged": check.same,
        "left_out": len(check.left),
        "reasons": [{"why": why, "count": count} for why, count in check.reasons],
        "fingerprint": check.fingerprint,
    }


ANSWERS = {
    200: said.BulkCheckSerializer,
    201: said.BulkChangeSerializer,
    202: said.BulkChangeSerializer,
    409: ProblemSerializer,
}


class DevicesBulk(BulkView):
    subject = BulkSubject.DEVICES
    request_serializer = said.DevicesBulkRequestSerializer

    @extend_schema(
        summary="Change many devices", request=said.DevicesBulkRequestSerializer, responses=ANSWERS
    )
    def post(self, request: Request) -> Response:
        return self.answer(request)


class PeopleBulk(BulkView):
    subject = BulkSubject.PEOPLE
    request_serializer = said.PeopleBulkRequestSerializer

    @extend_schema(summary="Change many people", request=said.PeopleBulkRequestSerializer, responses=ANSWERS)
    def post(self, request: Request) -> Response:
        return self.answer(request)


@extend_schema_view(
    list=extend_schema(summary="Bulk changes"), retrieve=extend_schema(summary="One bulk change")
)
class BulkChangeViewSet(
    mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[BulkChange]
):
    """What was changed in bulk, newest first, and taking it back."""

    queryset = BulkChange.objects.none()
    serializer_class = said.BulkChangeSerializer
    filterset_class = BulkChangeFilter
    default_sort = "-made_at"
    permission_classes = [IsAuthenticated]

    def get_queryset(self) -> QuerySet[BulkChange]:
        rows = BulkChange.objects.visible_to(self.request.user)  # type: ignore[arg-type]
        return rows.select_related("organisation", "made_by")

    @extend_schema(
        summary="Take a bulk change back",
        request=said.UndoRequestSerializer,
        responses={200: said.UndoneSerializer, 202: said.BulkChangeSerializer, 409: ProblemSerializer},
    )
    @action(detail=True, methods=["post"], url_path="undo")
    def undo(self, request: Request, **_: Any) -> Response:
        """`dry_run` says how many would go back and which would not and why. A worker takes back a large one:
        then the answer is 202 with its address to look at."""
        asked = said.UndoRequestSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        user: Any = request.user
        change = self.get_object()
        if asked.validated_data["dry_run"]:
            plan: Plan | None = bulk.plan_undo(change=change, by=user)
        else:
            plan = bulk.undo_change(change=change, by=user, **asked_in(request))
        if plan is None:
            return taken(self.get_object())
        return Response(said.UndoneSerializer(_undone(plan)).data)


def _undone(plan: Plan) -> dict[str, Any]:
    return {
        "put_back": plan.going_back,
        "back_already": plan.done,
        "staying": len(plan.kept),
        "reasons": [{"why": why, "count": count} for why, count in plan.reasons.items()],
    }
