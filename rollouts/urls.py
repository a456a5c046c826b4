"""The addresses of rollouts' pages."""

from django.urls import path

from rollouts.views import (
    allocation,
    feedback,
    gate_downloads,
    gates,
    hypercare,
    people,
    places,
    planning,
    programmes,
    running,
    tranche,
    tranche_forms,
    waivers,
)

app_name = "rollouts"

PROGRAMMES = [
    path("programmes/", programmes.ProgrammeList.as_view(), name="programme-list"),
    path("programmes/new/", planning.ProgrammeCreate.as_view(), name="programme-create"),
    path("programmes/<int:pk>/", programmes.programme_detail, name="programme-detail"),
    path("programmes/<int:pk>/edit/", planning.ProgrammeEdit.as_view(), name="programme-edit"),
    path("programmes/<int:pk>/delete/", planning.ProgrammeDelete.as_view(), name="programme-delete"),
    path("programmes/<int:pk>/people/", people.ProgrammePeople.as_view(), name="programme-people"),
    path("programmes/<int:pk>/handovers.csv", programmes.programme_curve, name="programme-curve"),
    path(
        "programmes/<int:pk>/entitlements/new/",
        planning.EntitlementCreate.as_view(),
        name="entitlement-create",
    ),
    path("entitlements/<int:pk>/edit/", planning.EntitlementEdit.as_view(), name="entitlement-edit"),
    path("entitlements/<int:pk>/delete/", planning.EntitlementDelete.as_view(), name="entitlement-delete"),
    path("programmes/<int:pk>/minimums/new/", planning.MinimumCreate.as_view(), name="minimum-create"),
    path("minimums/<int:pk>/edit/", planning.MinimumEdit.as_view(), name="minimum-edit"),
    path("minimums/<int:pk>/delete/", planning.MinimumDelete.as_view(), name="minimum-delete"),
    path("programmes/<int:pk>/tranches/new/", tranche_forms.TrancheCreate.as_view(), name="tranche-create"),
]

TRANCHES = [
    path("tranches/<int:pk>/", tranche.tranche_detail, name="tranche-detail"),
    path("tranches/<int:pk>/edit/", tranche_forms.TrancheEdit.as_view(), name="tranche-edit"),
    path("tranches/<int:pk>/recompute/", running.Recompute.as_view(), name="tranche-recompute"),
    path("tranches/<int:pk>/sites/", tranche.tranche_sites, name="tranche-sites"),
    path("tranches/<int:pk>/readiness.csv", tranche.tranche_trend, name="tranche-trend"),
    path("tranches/<int:pk>/feedback/", feedback.tranche_feedback, name="tranche-feedback"),
    path("tranches/<int:pk>/history/", tranche.tranche_history, name="tranche-history"),
    path("tranches/<int:pk>/plan/", running.Plan.as_view(), name="tranche-plan"),
    path("tranches/<int:pk>/unplan/", running.Unplan.as_view(), name="tranche-unplan"),
    path("tranches/<int:pk>/delete/", running.Delete.as_view(), name="tranche-delete"),
    path("tranches/<int:pk>/hold/", running.HoldTranche.as_view(), name="tranche-hold"),
    path("tranches/<int:pk>/release/", running.ReleaseTranche.as_view(), name="tranche-release"),
    path("tranches/<int:pk>/close/", hypercare.Close.as_view(), name="tranche-close"),
]

HYPERCARE = [
    path("tranches/<int:pk>/hypercare/", hypercare.tranche_hypercare, name="tranche-hypercare"),
    path(
        "tranches/<int:pk>/hypercare/start/",
        hypercare.StartHypercare.as_view(),
        name="tranche-start-hypercare",
    ),
    path("tranches/<int:pk>/hypercare/end/", hypercare.EndHypercare.as_view(), name="tranche-end-hypercare"),
    path("tranches/<int:pk>/hypercare/criteria/new/", hypercare.AddCriterion.as_view(), name="criterion-add"),
    path("exit-criteria/<int:pk>/meet/", hypercare.MeetCriterion.as_view(), name="criterion-meet"),
    path("tranches/<int:pk>/reflection/", hypercare.Reflect.as_view(), name="tranche-reflect"),
]

PEOPLE = [
    path("tranches/<int:pk>/people/", people.TranchePeople.as_view(), name="tranche-people"),
    path("tranches/<int:pk>/allocation/", allocation.tranche_allocation, name="tranche-allocation"),
    path("tranches/<int:pk>/allocation/allocate/", allocation.Allocate.as_view(), name="tranche-allocate"),
    path("tranche-people/<int:pk>/", places.place_detail, name="place-detail"),
    path("tranche-people/<int:pk>/defer/", places.Defer.as_view(), name="place-defer"),
    path("tranche-people/<int:pk>/withdraw/", places.Withdraw.as_view(), name="place-withdraw"),
    path("tranche-people/<int:pk>/reinstate/", places.Reinstate.as_view(), name="place-reinstate"),
    path("tranche-people/<int:pk>/release/", places.ReleaseDevice.as_view(), name="place-release"),
    path("tranche-people/<int:pk>/accept/", places.Accept.as_view(), name="place-accept"),
]

GATES = [
    path("tranches/<int:pk>/gate/", gates.tranche_gate, name="tranche-gate"),
    path("tranches/<int:pk>/gate/propose/", gates.Propose.as_view(), name="gate-propose"),
    path("gates/<int:pk>/", gates.gate_detail, name="gate-detail"),
    path("gates/<int:pk>/decide/", gates.Decide.as_view(), name="gate-decide"),
    path("gates/<int:pk>/refresh/", gates.Reseal.as_view(), name="gate-reseal"),
    path("gates/<int:pk>/withdraw/", gates.WithdrawProposal.as_view(), name="gate-withdraw"),
    path("gates/<int:pk>/evidence.json", gate_downloads.evidence_json, name="gate-evidence-json"),
    path("gates/<int:pk>/evidence.csv", gate_downloads.evidence_csv, name="gate-evidence-csv"),
    path("gates/<int:pk>/blocked.csv", gate_downloads.blocked_csv, name="gate-blocked-csv"),
    path("tranches/<int:pk>/waivers/", waivers.waiver_list, name="waiver-list"),
    path("tranches/<int:pk>/waivers/new/", waivers.Grant.as_view(), name="waiver-grant"),
    path("waivers/<int:pk>/end/", waivers.End.as_view(), name="waiver-end"),
]

urlpatterns = [*PROGRAMMES, *TRANCHES, *HYPERCARE, *PEOPLE, *GATES]
