"""The change log says who changed what through which channel, bulk SQL included."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from fleet.history import acting
from fleet.models import Device, GrantSite, Organisation, StaffMember, User
from fleet.services.change_log import PAGE, Change, changes_of, told
from tests.factories import (
    ClassificationMappingFactory,
    ConditionFactory,
    DeviceFactory,
    GrantFactory,
    SecondFactorFactory,
    SiteFactory,
    StaffMemberFactory,
    TrainingRecordFactory,
    shipped_role,
)
from tests.rollouts.factories import GateFactory, TranchePersonFactory

pytestmark = pytest.mark.django_db


def test_a_change_is_told_in_words_with_who_and_how(it_manager: User, department: Organisation) -> None:
    before, after = (SiteFactory(organisation=department, name=name) for name in ("Ash House", "Birch House"))
    person = StaffMemberFactory(organisation=department, site=before, work_style="office")
    with acting(channel="page", actor_id=it_manager.pk, request_id="request-1"):
        person.site, person.work_style, person.assistive_needs = after, "mobile", ["screen_reader"]
        person.save()
    latest, added = changes_of(person)
    assert (latest.by, latest.channel, latest.request_id) == (str(it_manager), "on a page", "request-1")
    assert latest.changes == [
        Change("Site", "Ash House", "Birch House"),
        Change("Work style", "Office", "Mobile"),
        Change("Assistive technology needed", "nothing", "Screen reader"),
    ]
    assert (added.action, added.changes) == ("Added", [])


def test_bulk_sql_is_recorded_row_by_row(department: Organisation) -> None:
    devices = [DeviceFactory(organisation=department) for _ in range(3)]
    with acting(channel="worker"):
        Device.objects.update(compliance="noncompliant")
    for device in devices:
        entry = changes_of(device)[0]
        assert entry.changes == [Change("Compliance", "Unknown", "Not compliant")]
        assert (entry.by, entry.channel) == ("", "by a worker")


def test_queries_do_not_grow_with_the_entries(
    department: Organisation, it_manager: User, django_assert_max_num_queries: Any
) -> None:
    device = DeviceFactory(organisation=department)
    for number in range(PAGE + 5):
        with acting(channel="page", actor_id=it_manager.pk):
            Device.objects.filter(pk=device.pk).update(
                asset_tag=f"TAG-{number}", site=SiteFactory(organisation=department)
            )
    # the events with their contexts, those before them, sites by name, people by name
    with django_assert_max_num_queries(4):
        entries = changes_of(device)
    assert len(entries) == PAGE
    assert len(changes_of(device, before=entries[-1].number)) == 6


def test_a_deleted_site_is_named_by_its_number(department: Organisation) -> None:
    site = SiteFactory(organisation=department)
    person = StaffMemberFactory(organisation=department, site=site)
    StaffMember.objects.filter(pk=person.pk).update(site=None)
    number = site.pk
    site.delete()
    assert changes_of(person)[0].changes == [Change("Site", f"number {number}, which is gone", "nothing")]


def test_pages_and_tokens_are_told_apart(
    department: Organisation,
    it_manager: User,
    client_of: Callable[[User], Client],
    api_of: Callable[[User], Any],
) -> None:
    device = DeviceFactory(organisation=department)
    client_of(it_manager).post(reverse("fleet:device-edit", args=[device.pk]), {"asset_tag": "BY-PAGE"})
    api_of(it_manager).patch(reverse("api-device-detail", args=[device.pk]), {"asset_tag": "BY-TOKEN"})
    by_token, by_page, _ = changes_of(device)
    assert by_page.channel == "on a page"
    assert by_token.channel == "through the API, with a personal token"
    assert by_page.by == by_token.by == str(it_manager)


def test_those_who_may_not_read_it_do_not_see_it_on_a_page(
    department: Organisation, engineer: User, auditor: User, client_of: Callable[[User], Client]
) -> None:
    url = reverse("fleet:device-detail", args=[DeviceFactory(organisation=department).pk])
    assert "Change log" in client_of(auditor).get(url).content.decode()
    assert "Change log" not in client_of(engineer).get(url).content.decode()


def test_what_has_no_name_is_called_by_what_it_ties_together(it_manager: User) -> None:
    grant = GrantFactory(user=it_manager, role=shipped_role("auditor"))
    factor = SecondFactorFactory(user=it_manager)
    record, place = TrainingRecordFactory(), TranchePersonFactory()
    gate, mapping, condition = GateFactory(), ClassificationMappingFactory(), ConditionFactory(name="")
    called = {
        grant: f"{it_manager}, {grant.role}",
        factor: str(it_manager),
        record: f"{record.staff_member}, {record.course}",
        place: f"{place.staff_member}, {place.tranche}",
        gate: str(gate.tranche),
        mapping: f"{mapping.becomes}, {mapping.to_scheme}",
        condition: str(condition.approval),
    }
    assert {row: changes_of(row)[-1].subject for row in called} == called


def test_names_of_what_is_tied_together_cost_no_query_a_row(django_assert_max_num_queries: Any) -> None:
    for number in range(5):
        GrantFactory(sites=[SiteFactory(name=f"House {number}")])
    events = GrantSite.changes.rel.related_model.objects.all()
    # the events with their contexts, roles given with whom and what, sites, people by name
    with django_assert_max_num_queries(4):
        entries = told({"role-sites": events})
    assert {entry.subject.rsplit(", ")[-1] for entry in entries} >= {f"House {number}" for number in range(5)}
