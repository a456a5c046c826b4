"""The addresses of feedback in the REST API, below /api/v1/."""

from django.urls import path
from rest_framework.routers import SimpleRouter

from feedback.api.gatherings import GatheringViewSet
from feedback.api.imports import FeedbackImportViewSet
from feedback.api.moderation import PostModerationViewSet, QueueChangeViewSet, ThreadModerationViewSet
from feedback.api.pain import PainView
from feedback.api.policies import PoliciesView, PolicyView
from feedback.api.posts import AttachmentViewSet, PostViewSet
from feedback.api.surveys import SurveyViewSet
from feedback.api.views import CommitmentViewSet, FiguresView, SettledViewSet, ThreadViewSet, TopicViewSet

router = SimpleRouter()
# The verbs for several threads before what would take their names for a thread's key.
router.register("feedback/threads", ThreadModerationViewSet, basename="api-thread-moderation")
router.register("feedback/threads", ThreadViewSet, basename="api-thread")
router.register("feedback/posts", PostModerationViewSet, basename="api-post-moderation")
router.register("feedback/queue-changes", QueueChangeViewSet, basename="api-queue-change")
router.register("feedback/imports", FeedbackImportViewSet, basename="api-feedback-import")
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
    path("feedback/policies/", PoliciesView.as_view(), name="api-feedback-policies"),
    path("feedback/policies/<int:pk>/", PolicyView.as_view(), name="api-feedback-policy"),
    *router.urls,
]
