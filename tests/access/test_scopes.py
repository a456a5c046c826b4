"""What a role shows where it is limited: to sites, to oneself, to its time; and across organisations."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from fleet.models import Device, DeviceModel, Grant, Organisation, Site, StaffMember, User
from tests.factories import (
    ApprovalFactory,
    BulkChangeFactory,
    ContractFactory,
    DeviceFactory,
    DeviceModelFactory,
    GrantFactory,
    ImportFactory,
    ImportLineFactory,
    MdmSourceFactory,
    SiteFactory,
    StaffMemberFactory,
    TrainingRecordFactory,
    UserFactory,
    shipped_role,
)

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]


@pytest.fixture
def lead_of_one_site(department: Organisation) -> tuple[User, Site]:
    site = SiteFactory(organisation=department, name="Ash House")
    user = UserFactory()
    GrantFactory(user=user, organisation=department, role=shipped_role("site-lead"), sites=[site])
    return user, site


def test_a_role_at_some_sites_is_not_led_to_imports_of_which_it_sees_none(
    lead_of_one_site: tuple[User, Site], site_lead: User, client_of: SignIn
) -> None:
    for user, status in ((lead_of_one_site[0], 404), (site_lead, 200)):
        client = client_of(user)
        assert client.get(reverse("fleet:import-list")).status_code == status
        assert ('href="/imports/"' in client.get(reverse("fleet:device-list")).content.decode()) is (
            status == 200
        )


def test_a_site_lead_sees_their_sites_people_and_devices_alone(
    lead_of_one_site: tuple[User, Site], department: Organisation
) -> None:
    user, site = lead_of_one_site
    here = DeviceFactory(organisation=department, site=site)
    elsewhere = DeviceFactory(organisation=department, issued=True)
    on_the_way = DeviceFactory(
        organisation=department,
        life_cycle="issued",
        holder=StaffMemberFactory(organisation=department, site=site),
    )
    assert set(Device.objects.visible_to(user)) == {here, on_the_way}
    assert list(Site.objects.visible_to(user)) == [site]
    assert set(StaffMember.objects.visible_to(user)) == {on_the_way.holder}
    assert elsewhere.holder not in StaffMember.objects.visible_to(user)


def test_a_role_at_one_site_changes_nothing_at_another(department: Organisation, client_of: SignIn) -> None:
    site, other = SiteFactory(organisation=department), SiteFactory(organisation=department)
    user = UserFactory()
    GrantFactory(user=user, organisation=department, role=shipped_role("it-manager"), sites=[site])
    client = client_of(user)
    assert client.get(reverse("fleet:site-edit", args=[site.pk])).status_code == 200
    assert client.get(reverse("fleet:site-edit", args=[other.pk])).status_code == 404


@pytest.fixture
def manager_of_one_site(department: Organisation) -> tuple[User, Site]:
    site = SiteFactory(organisation=department)
    user = UserFactory()
    GrantFactory(user=user, organisation=department, role=shipped_role("it-manager"), sites=[site])
    return user, site


def test_a_role_at_one_site_changes_nothing_that_belongs_to_none(
    manager_of_one_site: tuple[User, Site],
    department: Organisation,
    client_of: SignIn,
    api_of: Callable[[User], Any],
) -> None:
    user, _ = manager_of_one_site
    model = DeviceModelFactory(organisation=department)
    approval = ApprovalFactory(organisation=department)
    source = MdmSourceFactory(organisation=department)
    contract = ContractFactory(organisation=department)
    client, api = client_of(user), api_of(user)
    for name, row in (("model", model), ("approval", approval), ("contract", contract)):
        page = client.get(reverse(f"fleet:{name}-detail", args=[row.pk]))
        assert page.status_code == 200
        for verb in ("edit", "withdraw", "renew"):
            assert f"/{row.pk}/{verb}/" not in page.content.decode()
    closed = [
        reverse("fleet:model-edit", args=[model.pk]),
        reverse("fleet:contract-edit", args=[contract.pk]),
    ]
    closed += [reverse("fleet:approval-withdraw", args=[approval.pk])]
    closed += [reverse("fleet:source-edit", args=[source.pk])]
    closed += [reverse(f"fleet:{name}-add") for name in ("model", "approval", "contract", "site", "source")]
    assert {url: client.get(url).status_code for url in closed} == dict.fromkeys(closed, 404)
    changed = api.patch(reverse("api-device-model-detail", args=[model.pk]), {"name": "X"}, format="json")
    assert changed.status_code == 403
    added = api.post(reverse("api-device-model-list"), {"manufacturer": "A", "name": "B"}, format="json")
    assert added.status_code == 400
    assert DeviceModel.objects.count() == 1


def test_a_role_at_one_site_opens_no_file_or_bulk_change_about_all_of_them(
    manager_of_one_site: tuple[User, Site], department: Organisation, auditor: User, client_of: SignIn
) -> None:
    line = ImportLineFactory(file=ImportFactory(organisation=department, applied=True), name="Asha Okoro")
    address = reverse("fleet:import-detail", args=[line.file_id])
    assert client_of(auditor).get(address).status_code == 200
    client = client_of(manager_of_one_site[0])
    assert client.get(address).status_code == 404
    change = BulkChangeFactory(organisation=department, value_words="Holder: Asha Okoro")
    assert client.get(reverse("fleet:bulk-change-detail", args=[change.pk])).status_code == 404
    assert client.get(reverse("api-import-lines", args=[line.file_id])).status_code == 404


def test_a_role_at_one_site_adds_people_there_alone(
    manager_of_one_site: tuple[User, Site],
    department: Organisation,
    client_of: SignIn,
    api_of: Callable[[User], Any],
) -> None:
    user, site = manager_of_one_site
    typed = {"staff_number": "N1", "name": "Ann Lee", "fte": "1", "work_style": "office"}
    page = client_of(user).post(reverse("fleet:person-add"), typed)
    assert "Choose one of them" in page.content.decode()
    answer = api_of(user).post(reverse("api-staff-list"), typed, format="json")
    assert (answer.status_code, [one["field"] for one in answer.json()["errors"]]) == (400, ["site"])
    added = api_of(user).post(reverse("api-staff-list"), {**typed, "site": site.pk}, format="json")
    assert added.status_code == 201
    person = reverse("api-staff-detail", args=[added.json()["id"]])
    assert api_of(user).patch(person, {"site": None}, format="json").status_code == 400
    assert api_of(user).patch(person, {"name": "Ann Leigh"}, format="json").status_code == 200


def test_a_role_at_one_site_keeps_the_training_of_people_there(
    manager_of_one_site: tuple[User, Site], department: Organisation, api_of: Callable[[User], Any]
) -> None:
    user, site = manager_of_one_site
    here, elsewhere = (
        TrainingRecordFactory(staff_member=StaffMemberFactory(organisation=department, site=place))
        for place in (site, SiteFactory(organisation=department))
    )
    api = api_of(user)
    for row, status in ((here, 200), (elsewhere, 404)):
        url = reverse("api-training-detail", args=[row.pk])
        assert api.patch(url, {"provider": "The college"}, format="json").status_code == status


def test_staff_see_themselves_and_what_they_hold(
    staff_user: User, department: Organisation, client_of: SignIn, api_of: Callable[[User], Any]
) -> None:
    me = staff_user.staff_records.get()
    mine = DeviceFactory(organisation=department, life_cycle="issued", holder=me)
    theirs = DeviceFactory(organisation=department, issued=True)
    client = client_of(staff_user)
    assert client.get(reverse("fleet:person-detail", args=[me.pk])).status_code == 200
    assert client.get(reverse("fleet:device-detail", args=[mine.pk])).status_code == 200
    assert client.get(reverse("fleet:device-detail", args=[theirs.pk])).status_code == 404
    assert client.get(reverse("fleet:person-detail", args=[theirs.holder_id])).status_code == 404
    found = api_of(staff_user).get(reverse("api-device-list")).json()
    assert [device["id"] for device in found["results"]] == [mine.pk]


def test_a_role_that_has_ended_or_not_begun_shows_nothing(department: Organisation) -> None:
    device = DeviceFactory(organisation=department)
    now = timezone.now()
    for times in ({"ends_at": now - timedelta(hours=1)}, {"starts_at": now + timedelta(hours=1)}):
        user = UserFactory()
        GrantFactory(user=user, organisation=department, role=shipped_role("auditor"), **times)
        assert device not in Device.objects.visible_to(user)


def test_a_closed_account_sees_nothing(department: Organisation, it_manager: User) -> None:
    DeviceFactory(organisation=department)
    User.objects.filter(pk=it_manager.pk).update(is_active=False)
    assert not Device.objects.visible_to(User.objects.get(pk=it_manager.pk)).exists()


def test_an_auditor_may_span_organisations(
    auditor: User, department: Organisation, council: Organisation
) -> None:
    mine, theirs = DeviceFactory(organisation=department), DeviceFactory(organisation=council)
    Grant.objects.create(user=auditor, organisation=council, role=shipped_role("auditor"))
    fresh = User.objects.get(pk=auditor.pk)
    assert set(Device.objects.visible_to(fresh)) == {mine, theirs}


def test_a_page_leads_nowhere_that_its_reader_may_not_go(
    staff_user: User, department: Organisation, client_of: SignIn
) -> None:
    me = staff_user.staff_records.get()
    mine = DeviceFactory(organisation=department, life_cycle="issued", holder=me, site=me.site)
    client = client_of(staff_user)
    for url in (reverse("fleet:device-detail", args=[mine.pk]), reverse("fleet:person-detail", args=[me.pk])):
        page = client.get(url).content.decode()
        links = set(re.findall(r'href="(/[^"#]*)"', page)) - {url}
        inside = {link for link in links if not link.startswith(("/static/", "/api/"))}
        assert inside
        assert {link: client.get(link).status_code for link in inside} == dict.fromkeys(inside, 200)
