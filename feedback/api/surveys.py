"""Surveys in the API: the same verbs as on the pages."""

from __future__ import annotations

from typing import Any, cast

from django.db.models import QuerySet
from django.http import Http404
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import mixins, status
from rest_framework.decorators import action
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from feedback.api import survey_serializers as shapes
from feedback.api.parts import Asking, only_one, person
from feedback.filters import SurveyFilter
from feedback.models import Invitee, Survey
from feedback.questionnaires import questionnaire_of
from feedback.services.surveying import answering, making, opening, questions, telling
from feedback.services.surveying.drafts import PERMISSION
from feedback.services.surveying.results import results_of
from feedback.services.surveying.waves import waves_of
from feedback.tasks import mail_survey
from feedback.views.survey_results import site_of, wave_rows
from fleet.api.views.parts import VisibleRows
from fleet.errors import Conflict, Invalid
from fleet.tasks import post_mail


@extend_schema_view(
    list=extend_schema(summary="Surveys, with their questions"), retrieve=extend_schema(summary="One survey")
)
class SurveyViewSet(Asking, mixins.ListModelMixin, mixins.RetrieveModelMixin, VisibleRows):
    model = Survey
    serializer_class = shapes.SurveySerializer
    filterset_class = SurveyFilter
    change_permission = PERMISSION

    def get_queryset(self) -> QuerySet[Survey]:
        rows: Any = super().get_queryset()
        found: QuerySet[Survey] = rows.with_response().select_related("organisation", "site")
        return found.prefetch_related("questions")

    @extend_schema(
        summary="Make a survey", request=shapes.NewSurveySerializer, responses={201: shapes.SurveySerializer}
    )
    def create(self, request: Request) -> Response:
        given = self.asked(shapes.NewSurveySerializer)
        where = person(request).access.adding_organisation_ids(self.change_permission, Survey)
        organisation = given.pop("organisation", None) or only_one(where)
        questions, key = shapes.asked_of(given.pop("questions")), given.pop("questionnaire")
        if key:
            begun = questionnaire_of(key)
            questions = questions or list(begun.questions)
            given["title"] = given["title"] or begun.title
            given["introduction"] = given["introduction"] or begun.introduction
        if not given["title"]:
            raise Invalid("Give a title, or a questionnaire that has one", field="title")
        made = making.make_survey(organisation=organisation, by=person(request), questions=questions, **given)
        return self._answer(made, status.HTTP_201_CREATED)

    @extend_schema(summary="Change a draft", request=shapes.SurveyFactsSerializer)
    def partial_update(self, request: Request, pk: str) -> Response:
        survey = self.get_object()
        asked = shapes.SurveyFactsSerializer(
            data=request.data, partial=True, context=self.get_serializer_context()
        )
        asked.is_valid(raise_exception=True)
        for name, value in asked.validated_data.items():
            setattr(survey, name, value)
        making.save_survey(survey=survey, by=person(request))
        return self._answer(survey)

    @extend_schema(summary="Remove a draft")
    def destroy(self, request: Request, pk: str) -> Response:
        making.remove_survey(survey=self.get_object(), by=person(request))
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(
        summary="Write the questions of a draft, in place of those that it has",
        request=shapes.AskedSerializer(many=True),
        responses=shapes.SurveySerializer,
    )
    @action(detail=True, methods=["put"], filterset_class=None)
    def questions(self, request: Request, pk: str) -> Response:
        survey = self.get_object()
        asked = shapes.AskedSerializer(data=request.data, many=True)
        asked.is_valid(raise_exception=True)
        given = shapes.asked_of(cast(Any, asked.validated_data))
        questions.write_questions(survey=survey, by=person(request), questions=given)
        return self._answer(survey)

    @extend_schema(summary="Open a survey to those who are asked", request=None)
    @action(detail=True, methods=["post"], filterset_class=None)
    def open(self, request: Request, pk: str) -> Response:
        survey = self.get_object()
        opening.open_survey(survey=survey, by=person(request))
        post_mail(mail_survey, survey.pk)
        return self._answer(survey)

    @extend_schema(summary="Remind those who have not answered, once", request=None)
    @action(detail=True, methods=["post"], filterset_class=None)
    def remind(self, request: Request, pk: str) -> Response:
        survey = self.get_object()
        telling.remind(survey=survey, by=person(request))
        post_mail(mail_survey, survey.pk)
        return self._answer(survey)

    @extend_schema(summary="Close a survey before its last day", request=None)
    @action(detail=True, methods=["post"], filterset_class=None)
    def close(self, request: Request, pk: str) -> Response:
        survey = self.get_object()
        opening.close_survey(survey=survey, by=person(request))
        return self._answer(survey)

    @extend_schema(
        summary="Make a draft of the next wave",
        request=shapes.RepeatSerializer,
        responses={201: shapes.SurveySerializer},
    )
    @action(detail=True, methods=["post"], filterset_class=None)
    def repeat(self, request: Request, pk: str) -> Response:
        survey = self.get_object()
        given = self.asked(shapes.RepeatSerializer)
        return self._answer(
            making.repeat(survey=survey, by=person(request), **given), status.HTTP_201_CREATED
        )

    @extend_schema(
        summary="What a survey found",
        parameters=[OpenApiParameter("site", int, description="Of those at one site that can be told.")],
        responses=shapes.SurveyResultsSerializer,
    )
    @action(detail=True, filterset_class=None)
    def results(self, request: Request, pk: str) -> Response:
        survey = self.get_object()
        found = results_of(survey, site=site_of(request, survey))
        if found is None:
            raise Conflict("Results of this survey are shown once it is closed.")
        return Response(shapes.SurveyResultsSerializer(found).data)

    @extend_schema(
        summary="The shares of each answer over the closed waves",
        responses=shapes.WaveShareSerializer(many=True),
    )
    @action(detail=True, filterset_class=None, pagination_class=None)
    def waves(self, request: Request, pk: str) -> Response:
        rows = wave_rows(waves_of(self.get_object()))
        return Response(shapes.WaveShareSerializer(rows, many=True).data)

    @extend_schema(
        summary="Surveys that wait for one’s own answer", responses=shapes.WaitingSerializer(many=True)
    )
    @action(detail=False, filterset_class=None, permission_classes=[IsAuthenticated], pagination_class=None)
    def mine(self, request: Request) -> Response:
        waiting = Invitee.objects.of(person(request)).waiting().values("survey")
        surveys = Survey.objects.filter(pk__in=waiting).select_related("organisation")
        found = surveys.prefetch_related("questions").order_by("closes_on", "pk")
        return Response(shapes.WaitingSerializer(found, many=True).data)

    @extend_schema(summary="Answer a survey", request=shapes.AnswersSerializer, responses={204: None})
    @action(detail=True, methods=["post"], filterset_class=None, permission_classes=[IsAuthenticated])
    def answer(self, request: Request, pk: str) -> Response:
        invitee = self._invitee(pk)
        given = shapes.given_of(self.asked(shapes.AnswersSerializer)["answers"])
        answering.answer(invitee=invitee, given=given)
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(summary="Decline a survey", request=None, responses={204: None})
    @action(detail=True, methods=["post"], filterset_class=None, permission_classes=[IsAuthenticated])
    def decline(self, request: Request, pk: str) -> Response:
        answering.decline(invitee=self._invitee(pk))
        return Response(status=status.HTTP_204_NO_CONTENT)

    def _invitee(self, pk: str) -> Invitee:
        asked = Invitee.objects.of(person(self.request)).select_related("survey", "staff_member")
        found = asked.filter(survey=int(pk)).first() if pk.isdecimal() else None
        if found is None:
            raise Http404
        return found

    def _answer(self, survey: Survey, code: int = status.HTTP_200_OK) -> Response:
        return Response(self.get_serializer(self.get_queryset().get(pk=survey.pk)).data, status=code)
