"""Programmes and tranches over REST: what is told, what is done, and to whom it is absent."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from rest_framework.test import APIClient

from fleet.models import Organisation, User
from rollouts.models import Gate, Programme, Tranche, TranchePerson, Waiver
from tests.factories import (
    ClassificationFactory,
    DeviceModelFactory,
    GrantFactory,
    SiteFactory,
    UserFactory,
    shipped_role,
)
from tests.rollouts.factories import (
    EntitlementFactory,
    GateFactory,
    TrancheFactory,
    TranchePersonFactory,
    WaiverFactory,
    device_facts,
    ready_place,
)
from tests.rollouts.words import assessed

ApiOf = Callable[[User], APIClient]
TODAY = timezone.localdate()


@pytest.fixture
def api(api_of: ApiOf, it_manager: User) -> APIClient:
    return api_of(it_manager)


@pytest.fixture
def blocked(tranche: Tranche) -> TranchePerson:
    """Assessed, beside somebody who is ready."""
    ready_place(tranche)
    place = ready_place(tranche)
    device_facts(place, encrypted=False)
    assessed(tranche)
    return place


class TestProgrammes:
    def test_a_classification_is_the_organisations_own_where_two_use_the_code(
        self, api: APIClient, it_manager: User, department: Organisation, council: Organisation
    ) -> None:
        GrantFactory(user=it_manager, organisation=council, role=shipped_role("it-manager"))
        for owner in (council, department):
            ClassificationFactory(organisation=owner, code="SECRET")
        body = {"code": "t", "name": "T", "goal_quantity": 1, "starts_on": TODAY, "ends_on": TODAY}
        made = api.post("/api/v1/programmes/", body | {"organisation": "DEPT", "classification": "SECRET"})
        assert made.status_code == 201, made.json()
        programme = Programme.objects.get(pk=made.json()["id"])
        assert programme.classification is not None
        assert programme.classification.organisation == department
        answer = api.patch(f"/api/v1/programmes/{programme.pk}/", {"classification": "SECRET"})
        assert answer.status_code == 200

    def test_create_read_and_change(self, api: APIClient, department: Organisation) -> None:
        body = {
            "organisation": "DEPT",
            "code": "tablets",
            "name": "Tablets",
            "goal_quantity": 7000,
            "starts_on": "2030-01-01",
            "ends_on": "2030-12-31",
        }
        made = api.post("/api/v1/programmes/", body)
        assert made.status_code == 201, made.json()
        address = f"/api/v1/programmes/{made.json()['id']}/"
        changed = api.patch(address, {"seen_within_days": 3})
        assert changed.json()["seen_within_days"] == 3
        listed = api.get("/api/v1/programmes/", {"q": "Tablets"}).json()
        assert [one["code"] for one in listed["results"]] == ["tablets"]
        assert api.get(f"{address}figures/").json()["not_planned"] == 7000

    @pytest.mark.parametrize(
        ("change", "field"),
        [
            ({"ends_on": "2029-01-01"}, "ends_on"),
            ({"organisation": "SHIRE"}, "organisation"),
            ({"goal_quantity": 0}, "goal_quantity"),
            ({"name": ""}, "name"),
        ],
    )
    def test_bad_input_names_its_field(
        self, api: APIClient, council: Organisation, change: dict[str, Any], field: str
    ) -> None:
        body = {
            "organisation": "DEPT",
            "code": "tablets",
            "name": "Tablets",
            "goal_quantity": 7000,
            "starts_on": "2030-01-01",
            "ends_on": "2030-12-31",
            **change,
        }
        refused = api.post("/api/v1/programmes/", body)
        assert refused.status_code == 400
        assert [error["field"] for error in refused.json()["errors"]] == [field]

    def test_those_who_do_not_plan_change_nothing(
        self, api_of: ApiOf, auditor: User, tranche: Tranche
    ) -> None:
        address = f"/api/v1/programmes/{tranche.programme_id}/"
        assert api_of(auditor).patch(address, {"name": "Mine"}).status_code == 403
        assert Programme.objects.get().name != "Mine"


def test_entitlements(api: APIClient, tranche: Tranche, council: Organisation) -> None:
    programme = tranche.programme
    model = DeviceModelFactory(organisation=programme.organisation)
    body = {"programme": programme.pk, "user_case": "Executive", "device_model": model.pk, "priority": 900}
    made = api.post("/api/v1/entitlements/", body)
    assert made.status_code == 201, made.json()
    address = f"/api/v1/entitlements/{made.json()['id']}/"
    assert api.patch(address, {"job_roles": ["Director"]}).json()["job_roles"] == ["Director"]
    foreign = DeviceModelFactory(organisation=council)
    assert api.patch(address, {"device_model": foreign.pk}).status_code == 400
    assert api.delete(address).status_code == 204
    assert programme.entitlements.count() == 1


class TestTranches:
    def test_what_cannot_be_names_its_field(self, api: APIClient, tranche: Tranche) -> None:
        late = tranche.programme.ends_on + timedelta(days=1)
        values = {"handover_ends_on": late, "decision_due_on": late, "hypercare_days": 0}
        refused = api.patch(f"/api/v1/tranches/{tranche.pk}/", values, format="json")
        assert refused.status_code == 400
        assert {error["field"] for error in refused.json()["errors"]} == {*values}

    def test_create_chooses_people(self, api: APIClient, tranche: Tranche) -> None:
        ready_place(tranche, job_role="Diver")
        body = {
            "programme": tranche.programme_id,
            "number": 77,
            "name": "Divers",
            "handover_starts_on": tranche.handover_starts_on.isoformat(),
            "handover_ends_on": tranche.handover_ends_on.isoformat(),
            "job_roles": ["Diver"],
        }
        made = api.post("/api/v1/tranches/", body)
        assert made.status_code == 201, made.json()
        assert made.json()["state"] == "draft"
        created = Tranche.objects.get(number=77)
        assert created.people.count() == 1
        assert api.patch(f"/api/v1/tranches/{created.pk}/", {"job_roles": []}).status_code == 200
        assert created.people.count() == 0

    def test_a_locked_tranche_is_not_edited(self, api: APIClient, department: Organisation) -> None:
        locked = TrancheFactory(programme__organisation=department, state="gate")
        refused = api.patch(f"/api/v1/tranches/{locked.pk}/", {"name": "New"})
        assert refused.status_code == 409
        assert refused.json()["title"] == "Conflict"

    def test_sites_and_dates_are_checked(self, api: APIClient, tranche: Tranche) -> None:
        address = f"/api/v1/tranches/{tranche.pk}/"
        foreign = SiteFactory(organisation__code="SHIRE")
        for change, field in (
            ({"sites": [foreign.pk]}, "sites"),
            ({"handover_ends_on": "2001-01-01"}, "handover_ends_on"),
        ):
            refused = api.patch(address, change)
            assert refused.status_code == 400
            assert refused.json()["errors"][0]["field"] == field


class TestReadiness:
    def test_the_stored_word(self, api: APIClient, blocked: TranchePerson) -> None:
        told = api.get(f"/api/v1/tranches/{blocked.tranche_id}/readiness/").json()
        assert told["assessment"]["state"] == "blocked"
        assert told["as_of"] is not None
        assert told["is_pending"] is False
        [encrypted] = [check for check in told["checks"] if check["key"] == "encrypted"]
        assert (encrypted["failed"], encrypted["would_release"], encrypted["owner"]) == (1, 1, "engineer")
        checks = api.get(f"/api/v1/tranches/{blocked.tranche_id}/checks/").json()
        assert checks == told["checks"]

    def test_before_the_first_run(self, api: APIClient, tranche: Tranche) -> None:
        told = api.get(f"/api/v1/tranches/{tranche.pk}/readiness/").json()
        assert told["assessment"] is None
        assert told["checks"] == []

    @pytest.mark.parametrize(
        ("query", "people"),
        [
            ({}, 2),
            ({"readiness": "blocked"}, 1),
            ({"check": "encrypted"}, 1),
            ({"check": "compliant"}, 0),
            ({"state": "allocated"}, 2),
            ({"state": "planned"}, 0),
            ({"q": "Zoe"}, 0),
        ],
    )
    def test_people(self, api: APIClient, blocked: TranchePerson, query: dict[str, str], people: int) -> None:
        told = api.get(f"/api/v1/tranches/{blocked.tranche_id}/people/", query).json()
        assert told["count"] == people

    def test_a_person_with_reasons(self, api: APIClient, blocked: TranchePerson) -> None:
        [told] = api.get(f"/api/v1/tranches/{blocked.tranche_id}/people/", {"readiness": "blocked"}).json()[
            "results"
        ]
        assert told["blocking"] == ["encrypted"]
        assert told["findings"][0]["reason"] == f"{blocked.device} is not encrypted"

    def test_a_site_lead_sees_the_people_of_their_sites(
        self, api_of: ApiOf, blocked: TranchePerson, department: Organisation
    ) -> None:
        lead = UserFactory()
        grant = GrantFactory(user=lead, role=shipped_role("site-lead"), organisation=department)
        assert blocked.staff_member.site is not None
        grant.sites.add(blocked.staff_member.site)
        told = api_of(lead).get(f"/api/v1/tranches/{blocked.tranche_id}/people/").json()
        assert [one["id"] for one in told["results"]] == [blocked.pk]

    def test_recompute_is_asked_for(self, api: APIClient, tranche: Tranche) -> None:
        assert api.post(f"/api/v1/tranches/{tranche.pk}/recompute/").status_code == 202
        assert api.get(f"/api/v1/tranches/{tranche.pk}/readiness/").json()["is_pending"] is True


def test_from_planned_to_deploying(
    api_of: ApiOf, it_manager: User, technology_lead: User, blocked: TranchePerson
) -> None:
    lead, manager = api_of(technology_lead), api_of(it_manager)
    address = f"/api/v1/tranches/{blocked.tranche_id}/"
    body = {"recommendation": "go", "proposal": "Nearly all are ready."}
    gate = lead.post(f"{address}propose/", body).json()
    go = {"outcome": "go", "rationale": "Ready", "seal": gate["seal"]}
    assert lead.post(f"/api/v1/gates/{gate['id']}/decide/", go).status_code == 403
    refused = manager.post(f"/api/v1/gates/{gate['id']}/decide/", go)
    assert refused.status_code == 409
    assert "“Device is encrypted” fails for 1 person" in refused.json()["detail"]
    waiver = {
        "tranche": blocked.tranche_id,
        "check_key": "encrypted",
        "person": blocked.pk,
        "owner": it_manager.email,
        "reason": "Encrypted on the day",
        "expires_on": str(TODAY + timedelta(days=9)),
    }
    assert manager.post("/api/v1/waivers/", waiver).status_code == 201
    assert manager.post("/api/v1/waivers/", waiver).status_code == 409
    go["seal"] = manager.post(f"/api/v1/gates/{gate['id']}/reseal/").json()["seal"]
    assert manager.post(f"/api/v1/gates/{gate['id']}/decide/", go).json()["outcome"] == "go"
    held = manager.post(f"{address}hold/", {"reason": "Strike"})
    assert held.json()["state"] == "held"
    assert manager.post(f"{address}hold/", {"reason": "Strike"}).status_code == 409
    assert manager.post(f"{address}release/", {}).json()["errors"][0]["field"] == "reason"
    assert manager.post(f"{address}release/", {"reason": "Over"}).json()["state"] == "deploying"


def test_from_deploying_to_closed(api: APIClient, department: Organisation) -> None:
    tranche = TrancheFactory(programme__organisation=department, state="deploying", hypercare_days=0)
    address = f"/api/v1/tranches/{tranche.pk}/"
    assert api.post(f"{address}start-hypercare/").json()["state"] == "hypercare"
    assert api.post(f"{address}end-hypercare/").json()["state"] == "reflecting"
    assert api.post(f"{address}close/").status_code == 409
    lessons = {"what_happened": "All well", "lessons": "Order early"}
    assert api.post(f"{address}reflection/", lessons).status_code == 200
    assert api.post(f"{address}close/").json()["state"] == "closed"


def test_a_draft_is_planned_and_gets_devices(api: APIClient, tranche: Tranche) -> None:
    draft = TrancheFactory(programme=tranche.programme, state="draft")
    TranchePersonFactory(
        tranche=draft,
        entitlement=tranche.programme.entitlements.get(),
        state="planned",
        staff_member__job_role="Diver",
    )
    draft.job_roles = ["Diver"]
    draft.save()
    assert api.post(f"/api/v1/tranches/{draft.pk}/plan/").json()["state"] == "planned"
    result = api.post(f"/api/v1/tranches/{draft.pk}/allocate/").json()
    assert (result["allocated"], result["shortfall"][0]["short"]) == (0, 1)


def test_a_place(api: APIClient, blocked: TranchePerson) -> None:
    address = f"/api/v1/tranche-people/{blocked.pk}/"
    assert api.post(f"{address}accept/").status_code == 409
    assert api.post(f"{address}release-allocation/").json()["state"] == "planned"
    assert api.post(f"{address}defer/", {"reason": "On leave"}).json()["reason"] == "On leave"
    assert api.post(f"{address}reinstate/").json()["state"] == "planned"
    assert api.post(f"{address}withdraw/", {"reason": "Left"}).json()["state"] == "withdrawn"


def test_gates_and_waivers_are_listed_and_ended(api: APIClient, tranche: Tranche) -> None:
    waiver = WaiverFactory(tranche=tranche)
    gate = GateFactory(tranche=TrancheFactory(programme=tranche.programme, state="gate"))
    open_ones = api.get("/api/v1/waivers/", {"is_open": "true"}).json()
    assert [one["id"] for one in open_ones["results"]] == [waiver.pk]
    assert api.post(f"/api/v1/waivers/{waiver.pk}/end/").json()["ended_at"] is not None
    assert Waiver.objects.get().ended_by is not None
    assert api.get("/api/v1/gates/", {"status": "open"}).json()["count"] == 1
    assert api.post(f"/api/v1/gates/{gate.pk}/withdraw/").json()["status"] == "withdrawn"
    assert Gate.objects.get().status == "withdrawn"


def test_to_a_stranger_all_of_it_is_absent(api_of: ApiOf, stranger: User, blocked: TranchePerson) -> None:
    tranche = blocked.tranche
    waiver, gate = WaiverFactory(tranche=tranche), GateFactory(tranche=tranche)
    entitlement = tranche.programme.entitlements.get()
    api = api_of(stranger)
    for kind, pk in (
        ("programmes", tranche.programme_id),
        ("entitlements", entitlement.pk),
        ("tranches", tranche.pk),
        ("gates", gate.pk),
        ("waivers", waiver.pk),
    ):
        assert api.get(f"/api/v1/{kind}/").json()["count"] == 0
        assert api.get(f"/api/v1/{kind}/{pk}/").status_code == 404
    for path in ("readiness", "checks", "people"):
        assert api.get(f"/api/v1/tranches/{tranche.pk}/{path}/").status_code == 404
    for path in ("plan", "propose", "allocate", "recompute", "hold", "close"):
        assert api.post(f"/api/v1/tranches/{tranche.pk}/{path}/").status_code == 404
    assert api.post(f"/api/v1/tranche-people/{blocked.pk}/defer/", {"reason": "x"}).status_code == 404


LISTS = ["programmes", "entitlements", "tranches", "gates", "waivers"]


def a_row_of_each(department: Organisation) -> None:
    tranche = TrancheFactory(programme__organisation=department, state="gate")
    EntitlementFactory(programme=tranche.programme)
    GateFactory(tranche=tranche)
    WaiverFactory(tranche=tranche)


@pytest.mark.parametrize("kind", LISTS)
def test_as_many_queries_for_fifty_rows_as_for_one(
    api: APIClient, department: Organisation, kind: str
) -> None:
    a_row_of_each(department)
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as captured:
            api.get(f"/api/v1/{kind}/")
        counts.append(len(captured))
        for _ in range(49):
            a_row_of_each(department)
    # the token, its use (once a minute), grants and their sites, the count, the page, what it prefetches
    assert counts[1] <= counts[0] <= 9


def test_people_take_as_many_queries_for_fifty_as_for_one(api: APIClient, tranche: Tranche) -> None:
    ready_place(tranche)
    assessed(tranche)
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as captured:
            api.get(f"/api/v1/tranches/{tranche.pk}/people/")
        counts.append(len(captured))
        for _ in range(49):
            ready_place(tranche)
        assessed(tranche)
    assert counts[1] <= counts[0] <= 10
