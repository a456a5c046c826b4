"""Classification schemes on pages, in files and in the API: drafted, mapped, foreseen, scheduled, done."""

from __future__ import annotations

import csv
import io
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from fleet.models import ClassificationMapping, ClassificationScheme, Organisation, SchemeSwitch, User
from fleet.services.imports import load_csv
from fleet.services.schemes.switching import schedule_switch, switch_what_is_due
from fleet.switch_decisions import switches_ahead
from rollouts.models import TranchePerson
from rollouts.services.assessing import assess
from tests.factories import (
    ClassificationFactory,
    ClassificationMappingFactory,
    ClassificationSchemeFactory,
    SchemeSwitchFactory,
    StaffMemberFactory,
)
from tests.rollouts.factories import ProgrammeFactory, ready_place, ready_tranche

pytestmark = pytest.mark.django_db


def day_parts(name: str, day: Any) -> dict[str, Any]:
    return {f"{name}_day": day.day, f"{name}_month": day.month, f"{name}_year": day.year}


@pytest.fixture
def switch(department: Organisation) -> SchemeSwitch:
    """In four weeks; an approval must be renewed, and one of two people is handed over after it."""
    programme = ProgrammeFactory(organisation=department)
    old, tranche = programme.classification, ready_tranche(programme)
    assert old is not None
    new = ClassificationFactory(organisation=department, scheme__code="New scheme", code="NEW", name="New")
    ClassificationMappingFactory(organisation=department, classification=old, becomes=new, approvals="renew")
    switch = SchemeSwitchFactory(organisation=department, from_scheme=old.scheme, to_scheme=new.scheme)
    for days in (-1, 0):
        day = switch.switches_on + timedelta(days=days)
        TranchePerson.objects.filter(pk=ready_place(tranche).pk).update(planned_on=day)
    assess(tranche, at=timezone.now())
    return switch


def rows(response: Any) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(b"".join(response.streaming_content).decode())))


def test_a_switch_from_draft_to_schedule_on_pages(
    department: Organisation, it_manager: User, client_of: Any
) -> None:
    client = client_of(it_manager)
    old = ClassificationFactory(organisation=department, name="Restricted")
    StaffMemberFactory(organisation=department, classification=old)
    client.post(reverse("fleet:scheme-add"), {"code": "GSC", "name": "Security classifications"})
    scheme = ClassificationScheme.objects.get(code="GSC")
    client.post(
        reverse("fleet:classification-add"),
        {"scheme": scheme.pk, "code": "OFFICIAL", "name": "Official", "rank": "1"},
    )
    new = scheme.classifications.get()
    in_time = timezone.localdate() + timedelta(days=30)
    draft = {"from_scheme": old.scheme_id, "to_scheme": scheme.pk}
    client.post(reverse("fleet:switch-add"), draft | day_parts("switches_on", in_time))
    switch = SchemeSwitch.objects.get()
    page = client.get(reverse("fleet:switch-detail", args=[switch.pk])).content.decode()
    assert "Restricted is in use and has no classification in Security classifications." in page
    schedule = reverse("fleet:switch-schedule", args=[switch.pk])
    assert "Say what each becomes" in client.post(schedule).content.decode()
    client.post(
        reverse("fleet:switch-map", args=[switch.pk]),
        {f"becomes_{old.pk}": new.pk, f"approvals_{old.pk}": "renew", f"note_{old.pk}": "Decide anew"},
    )
    mapping = ClassificationMapping.objects.get()
    assert (mapping.becomes, mapping.approvals, mapping.note) == (new, "renew", "Decide anew")
    assert client.post(schedule).status_code == 302
    switch.refresh_from_db()
    assert (switch.state, switch.scheduled_by) == ("scheduled", it_manager)


def test_a_draft_needs_two_schemes_and_a_day_to_come(
    department: Organisation, it_manager: User, client_of: Any
) -> None:
    scheme = ClassificationSchemeFactory(organisation=department)
    data = {"from_scheme": scheme.pk, "to_scheme": scheme.pk}
    response = client_of(it_manager).post(
        reverse("fleet:switch-add"), data | day_parts("switches_on", timezone.localdate())
    )
    assert set(response.context["form"].errors) == {"to_scheme", "switches_on"}


def test_numbers_of_the_page_are_those_of_csv_and_api(
    switch: SchemeSwitch, it_manager: User, client_of: Any, api_of: Any
) -> None:
    client, api = client_of(it_manager), api_of(it_manager)
    page = client.get(reverse("fleet:switch-detail", args=[switch.pk]))
    shown = {card.label: card.value for card in page.context["cards"]}
    found = api.get(reverse("api-switch-preview", args=[switch.pk])).json()
    [tranche] = found["tranches"]
    assert (tranche["people"], tranche["blocked"], tranche["released"]) == (1, 1, 0)
    [person] = found["people"]
    parts = {
        part: rows(client.get(reverse("fleet:switch-csv", args=[switch.pk, part])))
        for part in ("classifications", "approvals", "people", "blocked", "released")
    }
    by_api = api.get(reverse("api-switch-csv", args=[switch.pk, "people"]))
    assert rows(by_api) == parts["people"]
    assert [row["name"] for row in parts["people"]] == [person["name"]]
    assert parts["blocked"] == parts["people"]
    assert (shown["people blocked"], shown["people released"], parts["released"]) == ("1", "0", [])
    assert shown["approvals with something to be done"] == str(
        sum(bool(row["outstanding"]) for row in parts["approvals"])
    )
    assert parts["approvals"][0]["outstanding"] == found["approvals"][0]["outstanding"]
    assert [int(row["programmes"]) for row in parts["classifications"]] == [
        row["programmes"] for row in found["classifications"]
    ]
    assert client.get(reverse("fleet:switch-csv", args=[switch.pk, "nonsense"])).status_code == 404


def test_the_page_takes_the_same_queries_for_more_people_and_approvals(
    switch: SchemeSwitch, it_manager: User, client_of: Any
) -> None:
    from tests.factories import ApprovalFactory
    from tests.queries import queries_of

    client, url = client_of(it_manager), reverse("fleet:switch-detail", args=[switch.pk])
    few = queries_of(client, url)
    place = TranchePerson.objects.latest("pk")
    classification = switch.from_scheme.classifications.get()
    for _ in range(9):
        ApprovalFactory(organisation=switch.organisation, classification=classification)
        added = ready_place(place.tranche)
        TranchePerson.objects.filter(pk=added.pk).update(planned_on=switch.switches_on)
    assert queries_of(client, url) == few


def test_the_report_stands_on_the_page_once_it_is_done(
    switch: SchemeSwitch, it_manager: User, client_of: Any
) -> None:
    schedule_switch(switch=switch, by=it_manager)
    SchemeSwitch.objects.update(switches_on=timezone.localdate())
    client, url = client_of(it_manager), reverse("fleet:switch-detail", args=[switch.pk])
    before = client.get(url).context["approvals"].rows
    switch_what_is_due(timezone.localdate())
    page = client.get(url)
    assert page.context["approvals"].rows == before
    assert "What the switch changed" in page.content.decode()
    assert not page.context["may_change"]


def test_somebody_who_may_not_see_tranches_is_told_of_none(
    switch: SchemeSwitch, auditor: User, client_of: Any
) -> None:
    role = auditor.grants.get().role
    role.permissions = ["assurance.view"]
    role.save()
    page = client_of(auditor).get(reverse("fleet:switch-detail", args=[switch.pk]))
    assert page.context["people"].rows == []
    assert "Tranches with handovers" not in page.content.decode()


class TestToday:
    def test_a_draft_that_is_near(self, switch: SchemeSwitch, it_manager: User, auditor: User) -> None:
        asked = [one.what for one in switches_ahead(it_manager)]
        assert asked == [
            "Renew 1 approval for New scheme",
            "Schedule or cancel the switch to New scheme",
        ]
        assert list(switches_ahead(auditor)) == []

    def test_a_draft_that_is_far_away(self, switch: SchemeSwitch, it_manager: User) -> None:
        SchemeSwitch.objects.update(switches_on=timezone.localdate() + timedelta(weeks=7))
        assert list(switches_ahead(it_manager)) == []

    def test_a_scheduled_one_whose_mapping_is_not_complete_is_overdue(
        self, switch: SchemeSwitch, it_manager: User
    ) -> None:
        schedule_switch(switch=switch, by=it_manager)
        ClassificationMapping.objects.all().delete()
        [asked] = switches_ahead(it_manager)
        assert (asked.what, asked.urgency) == ("Complete the mapping to New scheme", "overdue")


class TestApi:
    def test_a_switch_goes_through_its_life(
        self, switch: SchemeSwitch, it_manager: User, api_of: Any
    ) -> None:
        api = api_of(it_manager)
        url = reverse("api-switch-detail", args=[switch.pk])
        later = (switch.switches_on + timedelta(days=1)).isoformat()
        assert api.patch(url, {"switches_on": later}).json()["switches_on"] == later
        scheduled = api.post(reverse("api-switch-schedule", args=[switch.pk])).json()
        assert (scheduled["state"], scheduled["from_scheme"]) == ("scheduled", "Marking scheme")
        assert api.patch(url, {"switches_on": later}).status_code == 409
        assert api.post(reverse("api-switch-schedule", args=[switch.pk])).status_code == 409
        assert api.post(reverse("api-switch-cancel", args=[switch.pk])).json()["state"] == "cancelled"

    def test_a_mapping_says_what_is_wrong_with_it(
        self, switch: SchemeSwitch, it_manager: User, api_of: Any
    ) -> None:
        api, url = api_of(it_manager), reverse("api-mapping-list")
        known = ClassificationMapping.objects.get()
        again = api.post(url, {"classification": known.classification_id, "becomes": known.becomes_id})
        assert [one["field"] for one in again.json()["errors"]] == ["classification"]
        within = api.post(url, {"classification": known.becomes_id, "becomes": known.becomes_id})
        assert [one["field"] for one in within.json()["errors"]] == ["becomes"]
        assert api.delete(reverse("api-mapping-detail", args=[known.pk])).status_code == 204

    def test_a_classification_names_its_scheme_by_code(
        self, department: Organisation, council: Organisation, it_manager: User, api_of: Any
    ) -> None:
        ClassificationSchemeFactory(organisation=department, code="GSC")
        ClassificationSchemeFactory(organisation=council, code="ELSEWHERE")
        api, url = api_of(it_manager), reverse("api-classification-list")
        data = {"code": "O", "name": "Official", "rank": 1}
        assert api.post(url, data | {"scheme": "GSC"}).json()["scheme"] == "GSC"
        for code in ("ELSEWHERE", "NONE"):
            refused = api.post(url, data | {"scheme": code}).json()["errors"]
            assert [one["field"] for one in refused] == ["scheme"]


class TestFiles:
    def test_a_scheme_that_there_is_not_yet_is_made_once(self, department: Organisation) -> None:
        text = b"scheme,code,name,rank\nGSC,O,Official,1\nGSC,S,Secret,2\n"
        checked = load_csv(kind="classifications", content=text, organisation=department, is_check=True)
        assert (checked.created, ClassificationScheme.objects.count()) == (2, 0)
        load_csv(kind="classifications", content=text, organisation=department)
        assert ClassificationScheme.objects.get().classifications.count() == 2
        again = load_csv(kind="classifications", content=text, organisation=department)
        assert (again.created, again.changed, again.unchanged) == (0, 0, 2)

    def test_our_own_export_loads_without_a_change(
        self, switch: SchemeSwitch, it_manager: User, client_of: Any
    ) -> None:
        answer = client_of(it_manager).get(reverse("fleet:classification-list"), {"format": "csv"})
        content = b"".join(answer.streaming_content)
        report = load_csv(kind="classifications", content=content, organisation=switch.organisation)
        assert (report.created, report.changed, report.rejections) == (0, 0, [])

    def test_an_old_code_means_what_it_became_once_it_is_done(
        self, switch: SchemeSwitch, it_manager: User
    ) -> None:
        old = switch.from_scheme.classifications.get()
        person = StaffMemberFactory(organisation=switch.organisation, classification=old)
        schedule_switch(switch=switch, by=it_manager)
        SchemeSwitch.objects.update(switches_on=timezone.localdate())
        switch_what_is_due(timezone.localdate())
        text = f"staff_number,name,classification\n{person.staff_number},{person.name},{old.code}\n"
        report = load_csv(kind="staff", content=text.encode(), organisation=switch.organisation)
        assert (report.changed, report.unchanged, report.rejections) == (0, 1, [])
