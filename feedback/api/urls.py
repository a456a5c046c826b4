"""The addresses of feedback in the REST API, below /api/v1/."""

from django.urls import path
from rest_framework.routers import SimpleRouter

from feedback.api.gatherings import GatheringViewSet
from feedback.api.pain import PainView
from feedback.api.posts import AttachmentViewSet, PostViewSet
from feedback.api.surveys import SurveyViewSet
from feedback.api.views import CommitmentViewSet, FiguresView, SettledViewSet, ThreadViewSet, TopicViewSet

router = SimpleRouter()
router.register("feedback/threads", ThreadViewSet, basename="api-thread")
router.register("feedback/posts", PostViewSet, basename="api-post")
router.register("feedback/attachments", AttachmentViewSet, basename="api-attachment")
router.register("feedback/settled", SettledViewSet, basename="api-settled")
router.register("feedback/topics", TopicViewSet, basename="api-topic")
router.register("feedback/sessions", GatheringViewSet, basename="api-gathering")
router.register("surveys", SurveyViewSet, basename="api-survey")
router.register("feedback/commitments", CommitmentViewSet, basename="api-commitment")

urlpatterns = [
    path("feedback/figures/", FiguresView.as_view(), name="api-feedback-figures"),
    path("feedback/pain/", PainView.as_view(), name="api-feedback-pain"),
    *router.urls,
]
