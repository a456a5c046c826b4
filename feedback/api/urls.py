"""The addresses of feedback in the REST API, below /api/v1/."""

from django.urls import path
from rest_framework.routers import SimpleRouter

from feedback.api.views import CommitmentViewSet, FiguresView, ThreadViewSet, TopicViewSet

router = SimpleRouter()
router.register("feedback/threads", ThreadViewSet, basename="api-thread")
router.register("feedback/topics", TopicViewSet, basename="api-topic")
router.register("feedback/commitments", CommitmentViewSet, basename="api-commitment")

urlpatterns = [path("feedback/figures/", FiguresView.as_view(), name="api-feedback-figures"), *router.urls]
