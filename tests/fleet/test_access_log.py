"""The access log: who saw whose data, when, through what, and how much of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import InternalError, transaction
from django.test import Client
from django.urls import reverse

from fleet.models import AccessRecord, Organisation, User
from tests.factories import AccessRecordFactory, DeviceFactory, SiteFactory, StaffMemberFactory
from tests.queries import queries_of

pytestmark = pytest.mark.django_db

ClientOf = Callable[[User], Client]


def test_a_look_at_a_person_is_recorded(client_of: ClientOf, it_manager: User, department: Any) -> None:
    person = StaffMemberFactory(organisation=department)
    response = client_of(it_manager).get(reverse("fleet:person-detail", args=[person.pk]))
    record = AccessRecord.objects.get()
    assert (record.user, record.person, record.what, record.channel) == (it_manager, person, "person", "page")
    assert (record.rows, record.organisations) == (1, [department.pk])
    assert record.request_id == response["X-Request-ID"]


def test_a_look_at_a_device_is_one_at_its_holder(
    client_of: ClientOf, it_manager: User, department: Organisation
) -> None:
    device = DeviceFactory(organisation=department, issued=True)
    client_of(it_manager).get(reverse("fleet:device-detail", args=[device.pk]))
    record = AccessRecord.objects.get()
    assert (record.what, record.person, record.object_id) == ("device", device.holder, device.pk)


def test_a_download_says_how_many_and_by_which_filters_but_not_what_was_typed(
    client_of: ClientOf, it_manager: User, department: Organisation
) -> None:
    site = SiteFactory(organisation=department, name="Ash House")
    for _ in range(3):
        StaffMemberFactory(organisation=department, site=site, name="Asha Okoro")
    asked: dict[str, Any] = {"q": "Okoro", "site": site.pk, "format": "csv"}
    client_of(it_manager).get(reverse("fleet:person-list"), asked)
    record = AccessRecord.objects.get()
    assert (record.what, record.rows, record.is_export) == ("people", 3, True)
    assert "Site: Ash House" in record.filters
    assert "Okoro" not in record.filters


def test_the_api_is_recorded_with_its_channel(
    api_of: Callable[[User], Any], it_manager: User, department: Organisation
) -> None:
    person = StaffMemberFactory(organisation=department)
    api_of(it_manager).get(reverse("api-staff-list"))
    api_of(it_manager).get(reverse("api-staff-detail", args=[person.pk]))
    one, listed = AccessRecord.objects.all()
    assert (listed.rows, listed.person, listed.channel) == (1, None, "token")
    assert (one.person, one.channel) == (person, "token")


def test_what_was_not_shown_is_not_recorded(
    client_of: ClientOf, stranger: User, department: Organisation
) -> None:
    person = StaffMemberFactory(organisation=department)
    assert client_of(stranger).get(reverse("fleet:person-detail", args=[person.pk])).status_code == 404
    assert not AccessRecord.objects.exists()


def test_records_are_never_changed() -> None:
    record = AccessRecordFactory()
    for change in (record.delete, lambda: AccessRecord.objects.update(rows=0)):
        with pytest.raises(InternalError, match="append_only"), transaction.atomic():
            change()


def test_an_auditor_reads_who_has_seen_a_person(
    client_of: ClientOf, it_manager: User, auditor: User, department: Organisation
) -> None:
    person, other = (StaffMemberFactory(organisation=department) for _ in range(2))
    for one in (person, other):
        client_of(it_manager).get(reverse("fleet:person-detail", args=[one.pk]))
    client = client_of(auditor)
    page: Any = client.get(reverse("fleet:person-detail", args=[person.pk]))
    log: Any = client.get(page.context["seen_url"])
    assert {row.person for row in log.context["table"].rows} == {person}
    assert {row.user for row in log.context["table"].rows} == {it_manager, auditor}


def test_the_log_keeps_to_organisation_and_sites(
    client_of: ClientOf, auditor: User, stranger: User, department: Organisation
) -> None:
    here, there = (SiteFactory(organisation=department) for _ in range(2))
    for site in (here, there):
        person = StaffMemberFactory(organisation=department, site=site)
        AccessRecordFactory(what="person", person=person, organisations=[department.pk])
    assert AccessRecord.objects.visible_to(auditor).count() == 2
    assert AccessRecord.objects.visible_to(stranger).count() == 0
    auditor.grants.get().sites.add(here)
    limited = User.objects.get(pk=auditor.pk)
    assert list(AccessRecord.objects.visible_to(limited).values_list("person__site", flat=True)) == [here.pk]


def test_the_page_takes_the_same_queries_for_fifty_rows(
    client_of: ClientOf, auditor: User, department: Organisation
) -> None:
    client, url = client_of(auditor), reverse("fleet:access-log")

    def look() -> None:
        person = StaffMemberFactory(organisation=department)
        AccessRecordFactory(person=person, organisations=[department.pk])

    look()
    one = queries_of(client, url)
    for _ in range(49):
        look()
    assert queries_of(client, url) == one
