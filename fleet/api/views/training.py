"""The catalogue of training, and the records of who did what."""

from __future__ import annotations

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import mixins

from fleet.api.serializers.training import CourseSerializer, TrainingRecordSerializer
from fleet.api.views.parts import FactsViewSet
from fleet.filters import CourseFilter, TrainingRecordFilter
from fleet.models import Course, TrainingRecord
from fleet.services.training import remove_training


@extend_schema_view(
    list=extend_schema(summary="Trainings, briefings and policies of the catalogue"),
    retrieve=extend_schema(summary="One course of the catalogue"),
    create=extend_schema(summary="Add a course to the catalogue"),
    update=extend_schema(summary="Replace a course's facts"),
    partial_update=extend_schema(summary="Change some of a course's facts"),
)
class CourseViewSet(FactsViewSet):
    model = Course
    serializer_class = CourseSerializer
    filterset_class = CourseFilter
    change_permission = "training.change"

    def get_queryset(self) -> QuerySet[Course]:
        courses: QuerySet[Course] = super().get_queryset()
        return courses.select_related("organisation")


@extend_schema_view(
    list=extend_schema(summary="Training records"),
    retrieve=extend_schema(summary="One training record"),
    create=extend_schema(summary="Record that somebody did a course"),
    update=extend_schema(summary="Replace a record's facts"),
    partial_update=extend_schema(summary="Change some of a record's facts"),
    destroy=extend_schema(summary="Remove a record that was wrong"),
)
class TrainingRecordViewSet(mixins.DestroyModelMixin, FactsViewSet):
    model = TrainingRecord
    seen = "training"
    serializer_class = TrainingRecordSerializer
    filterset_class = TrainingRecordFilter
    change_permission = "training.change"

    def get_queryset(self) -> QuerySet[TrainingRecord]:
        records: QuerySet[TrainingRecord] = super().get_queryset().with_state()
        return records.select_related("organisation", "staff_member", "course")

    def perform_destroy(self, instance: TrainingRecord) -> None:
        remove_training(record=instance)
