"""The addresses of facts in the REST API, below /api/v1/."""

from django.urls import URLPattern, URLResolver, include, path
from drf_spectacular.views import SpectacularAPIView
from rest_framework.routers import SimpleRouter

from fleet.api.docs import Docs
from fleet.api.mdm.ranks import DeviceSaid
from fleet.api.views.access import (
    AccessReviewViewSet,
    GrantViewSet,
    InvitationViewSet,
    RoleViewSet,
    SignInViewSet,
)
from fleet.api.views.assurance import ApprovalViewSet
from fleet.api.views.bills import BillDetail, BillUpload
from fleet.api.views.bulk import BulkChangeViewSet, DevicesBulk, PeopleBulk
from fleet.api.views.carrier_mappings import CarrierMappingViewSet
from fleet.api.views.contracts import ContractViewSet
from fleet.api.views.devices import DeviceCustody, DeviceModelViewSet, DeviceViewSet
from fleet.api.views.estate import EstateGroups, EstateShares, EstateSupport
from fleet.api.views.handing_over import HandOvers
from fleet.api.views.history import AccessRecordViewSet, Changes
from fleet.api.views.imports import ImportViewSet
from fleet.api.views.lines import LineViewSet, TariffViewSet
from fleet.api.views.own_mail import OwnMail
from fleet.api.views.places import SiteViewSet, StaffMemberViewSet
from fleet.api.views.reconciliation import DiscrepancyViewSet, Reconciliation
from fleet.api.views.saved_views import SavedViewViewSet
from fleet.api.views.schemes import (
    ClassificationMappingViewSet,
    ClassificationSchemeViewSet,
    ClassificationViewSet,
    SchemeSwitchViewSet,
)
from fleet.api.views.tokens import ApiTokenViewSet
from fleet.api.views.training import CourseViewSet, TrainingRecordViewSet
from fleet.api.views.usage import (
    DeviceUsageViewSet,
    PersonUsageViewSet,
    UsageForecastViewSet,
    UsageViewSet,
)

router = SimpleRouter()
router.register("access-log", AccessRecordViewSet, basename="api-access-log")
router.register("devices", DeviceViewSet, basename="api-device")
router.register("device-models", DeviceModelViewSet, basename="api-device-model")
router.register("bulk-changes", BulkChangeViewSet, basename="api-bulk-change")
router.register("sites", SiteViewSet, basename="api-site")
router.register("staff", StaffMemberViewSet, basename="api-staff")
router.register("classification-schemes", ClassificationSchemeViewSet, basename="api-scheme")
router.register("classifications", ClassificationViewSet, basename="api-classification")
router.register("classification-mappings", ClassificationMappingViewSet, basename="api-mapping")
router.register("scheme-switches", SchemeSwitchViewSet, basename="api-switch")
router.register("approvals", ApprovalViewSet, basename="api-approval")
router.register("courses", CourseViewSet, basename="api-course")
router.register("training", TrainingRecordViewSet, basename="api-training")
router.register("contracts", ContractViewSet, basename="api-contract")
router.register("discrepancies", DiscrepancyViewSet, basename="api-discrepancy")
router.register("usage/people", PersonUsageViewSet, basename="api-usage-person")
router.register("usage/devices", DeviceUsageViewSet, basename="api-usage-device")
router.register("usage/forecasts", UsageForecastViewSet, basename="api-usage-forecast")
router.register("usage", UsageViewSet, basename="api-usage")
router.register("lines", LineViewSet, basename="api-line")
router.register("tariffs", TariffViewSet, basename="api-tariff")
router.register("carrier-mappings", CarrierMappingViewSet, basename="api-carrier-mapping")
router.register("imports", ImportViewSet, basename="api-import")
router.register("views", SavedViewViewSet, basename="api-view")
router.register("roles", RoleViewSet, basename="api-role")
router.register("grants", GrantViewSet, basename="api-grant")
router.register("access-review", AccessReviewViewSet, basename="api-access-review")
router.register("tokens", ApiTokenViewSet, basename="api-personal-token")
router.register("invitations", InvitationViewSet, basename="api-invitation")
router.register("sign-ins", SignInViewSet, basename="api-sign-in")

urlpatterns: list[URLPattern | URLResolver] = [
    path("schema/", SpectacularAPIView.as_view(), name="api-schema"),
    path("docs/", Docs.as_view(), name="api-docs"),
    path("mdm/", include("fleet.api.mdm.urls")),
    path("fleet-over-time/shares/", EstateShares.as_view(), name="api-estate-shares"),
    path("fleet-over-time/groups/", EstateGroups.as_view(), name="api-estate-groups"),
    path("fleet-over-time/support/", EstateSupport.as_view(), name="api-estate-support"),
    path("reconciliation/", Reconciliation.as_view(), name="api-reconciliation"),
    path("account/mail/", OwnMail.as_view(), name="api-own-mail"),
    path("hand-overs/", HandOvers.as_view(), name="api-hand-over"),
    path("devices/<int:pk>/mdm/", DeviceSaid.as_view(), name="api-device-said"),
    path("devices/<int:pk>/custody/", DeviceCustody.as_view(), name="api-device-custody"),
    path("changes/", Changes.as_view(), name="api-changes"),
    path("devices/bulk/", DevicesBulk.as_view(), name="api-devices-bulk"),
    path("staff/bulk/", PeopleBulk.as_view(), name="api-staff-bulk"),
    path("usage/files/", BillUpload.as_view(), name="api-usage-file"),
    path("usage/files/<uuid:pk>/", BillDetail.as_view(), name="api-usage-file-detail"),
    *router.urls,
]
