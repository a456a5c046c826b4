"""The change log page: narrowed by object, person, channel, time, field, request; grouped; exported."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from fleet.history import acting
from fleet.models import AccessRecord, Device, Organisation, Role, Site, StaffMember, User
from fleet.services.change_log import PAGE
from tests.conftest import person_with
from tests.factories import (
    ApprovalFactory,
    DeliveryFactory,
    DeviceFactory,
    GrantFactory,
    MdmSourceFactory,
    RoleFactory,
    SiteFactory,
    StaffMemberFactory,
)
from tests.queries import queries_of

pytestmark = pytest.mark.django_db

URL = "/settings/changes/"
ClientOf = Callable[[User], Client]


def shown(client: Any, **asked: Any) -> list[tuple[str, str]]:
    """(kind, what it was called) of each entry on the page."""
    groups = client.get(URL, asked).context["groups"]
    return [(entry.kind, entry.subject) for group in groups for entry in group.entries]


def exported(client: Any, **asked: Any) -> list[dict[str, str]]:
    response: Any = client.get(URL, {**asked, "format": "csv"})
    return list(csv.DictReader(io.StringIO(response.getvalue().decode())))


@pytest.fixture
def client(client_of: ClientOf, it_manager: User) -> Any:
    return client_of(it_manager)


@pytest.fixture
def bulk(department: Organisation, it_manager: User) -> list[Device]:
    """Three devices and a person that one request changed."""
    devices = [DeviceFactory(organisation=department, asset_tag=f"TAG-{number}") for number in range(3)]
    StaffMemberFactory(organisation=department, name="Asha Okoro")
    with acting(channel="page", actor_id=it_manager.pk, request_id="request-1"):
        Device.objects.update(compliance="noncompliant", os_build="A1")
        StaffMember.objects.filter(name="Asha Okoro").update(job_role="Auditor")
    return devices


def test_what_one_request_changed_stands_together_across_kinds(client: Any, bulk: list[Device]) -> None:
    (group,) = client.get(URL, {"request": "request-1"}).context["groups"]
    assert group.summary == "3 devices changed, 1 person changed"
    assert (group.first.by, group.first.channel) == ("It manager", "on a page")
    assert [entry.subject for entry in group.entries] == ["TAG-2", "TAG-1", "TAG-0", "Asha Okoro"]
    assert shown(client, request="request-2") == []


def test_a_group_leads_to_everything_that_its_request_changed(client: Any, bulk: list[Device]) -> None:
    group = client.get(URL, {"kind": "devices"}).context["groups"][0]
    assert group.summary == "3 devices changed"
    assert group.url == f"{URL}?request=request-1"


def test_a_group_that_goes_over_a_page_says_how_much_there_is(
    client: Any, department: Organisation, it_manager: User
) -> None:
    for number in range(PAGE + 5):
        DeviceFactory(organisation=department, asset_tag=f"TAG-{number:03}")
    with acting(channel="page", actor_id=it_manager.pk, request_id="request-1"):
        Device.objects.update(compliance="noncompliant")
    page = client.get(URL, {"request": "request-1"})
    assert page.context["groups"][0].total == PAGE + 5
    assert f"{PAGE} of {PAGE + 5} on this page" in " ".join(page.content.decode().split())
    rest = client.get(f"{URL}{page.context['older_url']}").context["groups"]
    assert [len(group.entries) for group in rest] == [5]


def test_it_is_narrowed_to_one_object(client: Any, bulk: list[Device]) -> None:
    assert shown(client, kind="devices", row=bulk[1].pk) == [("devices", "TAG-1")] * 2
    heading = client.get(URL, {"kind": "devices", "row": bulk[1].pk}).content.decode()
    assert "Change log of TAG-1" in heading


def test_it_is_narrowed_to_a_field(client: Any, bulk: list[Device], department: Organisation) -> None:
    assert [name for _, name in shown(client, field="compliance")] == ["TAG-2", "TAG-1", "TAG-0"]
    assert shown(client, field="job_role") == [("people", "Asha Okoro")]
    assert shown(client, kind="devices", field="asset_tag") == []
    Device.objects.filter(pk=bulk[0].pk).update(site=SiteFactory(organisation=department))
    Device.objects.filter(pk=bulk[1].pk).update(site=None)
    assert len(shown(client, kind="devices", field="site")) == 2


def test_it_is_narrowed_to_a_person_by_number_and_not_by_address(
    client: Any, bulk: list[Device], it_manager: User
) -> None:
    assert len(shown(client, by=it_manager.pk)) == 4
    page = client.get(URL, {"who": it_manager.email})
    assert "There is no filter “who”" in page.content.decode()
    other = person_with("auditor", Organisation.objects.get())
    assert shown(client, by=other.pk, kind="devices") == []


def test_it_is_narrowed_to_channel_and_days(client: Any, bulk: list[Device]) -> None:
    today = timezone.localdate()
    assert len(shown(client, channel="page")) == 4
    assert shown(client, channel="worker") == []
    assert len(shown(client, channel="page", since=today, until=today)) == 4
    assert shown(client, until=today - timedelta(days=1)) == []
    page = client.get(URL, {"since": today, "until": today - timedelta(days=1)})
    assert "To must be the same day as From or later" in page.content.decode()


def test_it_is_narrowed_to_a_delivery(client: Any, department: Organisation) -> None:
    device = DeviceFactory(organisation=department)
    delivery = DeliveryFactory(source=MdmSourceFactory(organisation=department))
    with acting(channel="worker", delivery=str(delivery.pk), source="Jamf"):
        Device.objects.filter(pk=device.pk).update(compliance="noncompliant")
    assert shown(client, delivery=delivery.pk) == [("devices", device.asset_tag)]


def test_pages_neither_repeat_nor_skip(client: Any, department: Organisation) -> None:
    """All rows of one statement have the same time, and so may rows of two kinds."""
    for number in range(PAGE):
        SiteFactory(organisation=department, name=f"Site {number}")
        StaffMemberFactory(organisation=department, site=None, name=f"Person {number}")
    with acting(channel="command"):
        Site.objects.update(region="North")
        StaffMember.objects.update(job_role="Auditor")
    whole, url = [], URL
    while url:
        context = client.get(url).context
        whole += [(entry.kind, entry.number) for group in context["groups"] for entry in group.entries]
        url = f"{URL}{context['older_url']}" if context["older_url"] else ""
    assert len(whole) == len(set(whole))
    assert sum(kind in ("sites", "people") for kind, _ in whole) == 4 * PAGE


def test_the_export_is_the_page_field_by_field(client: Any, bulk: list[Device], it_manager: User) -> None:
    found = exported(client, request="request-1")
    assert [(line["object"], line["field"]) for line in found] == [
        ("TAG-2", "os_build"),
        ("TAG-2", "compliance"),
        ("TAG-1", "os_build"),
        ("TAG-1", "compliance"),
        ("TAG-0", "os_build"),
        ("TAG-0", "compliance"),
        ("Asha Okoro", "job_role"),
    ]
    assert found[1] | {"at": ""} == {
        "at": "",
        "kind": "devices",
        "object": "TAG-2",
        "number": str(bulk[2].pk),
        "action": "Changed",
        "field": "compliance",
        "before": "Unknown",
        "after": "Not compliant",
        "by": str(it_manager),
        "channel": "on a page",
        "request_id": "request-1",
        "delivery": "",
    }
    on_the_page = [
        (entry.kind, entry.subject, change.key if change else "")
        for group in client.get(URL).context["groups"]
        for entry in group.entries
        for change in entry.changes or [None]
    ]
    assert [(line["kind"], line["object"], line["field"]) for line in exported(client)] == on_the_page
    record = AccessRecord.objects.filter(what="changes", is_export=True).latest("pk")
    assert record.rows == len(shown(client))


def test_another_organisation_s_changes_are_absent(
    client_of: ClientOf, stranger: User, bulk: list[Device]
) -> None:
    names = [name for _, name in shown(client_of(stranger))]
    assert "Asha Okoro" not in names
    assert not any(name.startswith("TAG-") for name in names)


def test_a_role_at_one_site_reads_of_the_rows_there(
    client_of: ClientOf, auditor: User, department: Organisation
) -> None:
    here, there = (SiteFactory(organisation=department, name=name) for name in ("Ash", "Birch"))
    for site in (here, there):
        person = StaffMemberFactory(organisation=department, site=site, name=f"Person at {site}")
        DeviceFactory(organisation=department, site=None, holder=person, asset_tag=f"TAG-{site}")
    auditor.grants.get().sites.add(here)
    found = set(shown(client_of(auditor)))
    assert {("sites", "Ash"), ("people", "Person at Ash"), ("devices", "TAG-Ash")} <= found
    assert not any("Birch" in name for _, name in found)


def test_a_row_is_a_link_where_one_may_open_it(
    client: Any, client_of: ClientOf, department: Organisation, bulk: list[Device]
) -> None:
    address = reverse("fleet:device-detail", args=[bulk[0].pk])
    assert address in client.get(URL).content.decode()
    reader = GrantFactory(organisation=department, role=RoleFactory(permissions=["history.view"])).user
    page = client_of(reader).get(URL).content.decode()
    assert "TAG-0" in page
    assert address not in page
    bulk[0].delete()
    assert address not in client.get(URL).content.decode()


def test_no_two_fields_are_called_the_same(client: Any) -> None:
    labels = [said for _, said in client.get(URL).context["form"].fields["field"].choices]
    assert len(labels) == len(set(labels))
    assert {"Number (phone lines)", "Job role"} <= set(labels)


def test_what_makes_no_sense_is_an_error_and_not_passed_over(client: Any) -> None:
    for asked in ({"kind": "nonsense"}, {"field": "nonsense"}, {"by": "x"}, {"before": "x"}, {"row": 1}):
        page = client.get(URL, asked)
        assert page.context["form"].errors, asked
        assert client.get(URL, {**asked, "format": "csv"}).status_code == 400
    errors = client.get(URL, {"delivery": "1"}).context["form"].errors
    assert errors["delivery"] == ["By which MDM delivery must be its number, as its page's address has it"]


def test_the_page_takes_the_same_queries_for_more_rows(
    client: Any, department: Organisation, it_manager: User
) -> None:
    def change(count: int) -> None:
        """`count` rows of three kinds, each with names to look up, in requests of their own."""
        for _ in range(count):
            with acting(channel="page", actor_id=it_manager.pk):
                ApprovalFactory(organisation=department)
                person = StaffMemberFactory(organisation=department)
                DeviceFactory(organisation=department, holder=person)
                Device.objects.filter(holder=person).update(site=SiteFactory(organisation=department))
                StaffMember.objects.filter(pk=person.pk).update(site=SiteFactory(organisation=department))

    change(1)
    one = queries_of(client, f"{URL}?channel=page")
    change(2)
    assert queries_of(client, f"{URL}?channel=page") == one


def test_roles_are_not_an_organisation_s(client: Any) -> None:
    """The shipped roles belong to all; their changes stand on their own page."""
    Role.objects.filter(key="staff").update(description="Changed")
    assert all(kind != "role" for kind, _ in shown(client))
    assert client.get(reverse("fleet:change-log")).status_code == 200


def test_a_group_of_many_kinds_names_the_largest_and_counts_the_rest(
    client: Any, department: Organisation, it_manager: User
) -> None:
    with acting(channel="import", actor_id=it_manager.pk, request_id="request-9"):
        for factory in (DeviceFactory, StaffMemberFactory, ApprovalFactory, SiteFactory):
            factory.create_batch(2, organisation=department)
    group = client.get(URL, {"request": "request-9"}).context["groups"][0]
    named, _, others = group.summary.partition(" and ")
    counted = [int(words.split()[0]) for words in named.split(", ")]
    assert len(counted) == 3
    assert counted == sorted(counted, reverse=True)
    assert (
        sum(counted) + int(others.removesuffix(" more"))
        == group.total
        == len(exported(client, request="request-9"))
    )


def test_a_wrong_filter_is_named_once(client: Any) -> None:
    page = client.get(URL, {"kind": "nonsense"}).content.decode()
    assert page.count("There is a problem") == 1
    assert page.count("<title>Error: Change log") == 1
