"""The addresses of rollouts in the REST API, below /api/v1/."""

from django.urls import path
from rest_framework.routers import SimpleRouter

from rollouts.api.actions import PlaceActionViewSet, TrancheActionViewSet
from rollouts.api.decisions import GateViewSet, WaiverViewSet
from rollouts.api.tranche_views import TranchePeople, TrancheViewSet
from rollouts.api.views import EntitlementViewSet, ProgrammeViewSet

router = SimpleRouter()
router.register("programmes", ProgrammeViewSet, basename="api-programme")
router.register("entitlements", EntitlementViewSet, basename="api-entitlement")
router.register("tranches", TrancheViewSet, basename="api-tranche")
router.register("tranches", TrancheActionViewSet, basename="api-tranche-action")
router.register("tranche-people", PlaceActionViewSet, basename="api-place")
router.register("gates", GateViewSet, basename="api-gate")
router.register("waivers", WaiverViewSet, basename="api-waiver")

urlpatterns = [
    path("tranches/<int:pk>/people/", TranchePeople.as_view(), name="api-tranche-people"),
    *router.urls,
]
