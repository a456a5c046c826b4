"""Every page of facts passes axe, holds on a narrow screen, keeps the console silent and needs no script."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page

from fleet.history import acting
from fleet.models import Device, Discrepancy, Organisation, Site, User
from fleet.services.custody import record_custody
from fleet.services.estate import measure
from fleet.services.reconciliation import reconcile
from fleet.vocabulary import CustodyKind
from tests.browser import check_page
from tests.factories import (
    AccessRecordFactory,
    ApprovalFactory,
    ClassificationFactory,
    ClassificationMappingFactory,
    ConditionFactory,
    ContractFactory,
    ContractModelFactory,
    CourseFactory,
    DayCountFactory,
    DeviceFactory,
    DeviceModelFactory,
    DiscrepancyCountFactory,
    HeartbeatFactory,
    SavedViewFactory,
    SchemeSwitchFactory,
    SimFactory,
    SiteFactory,
    SourceRecordFactory,
    StaffMemberFactory,
    TrainingRecordFactory,
)

pytestmark = pytest.mark.browser
LISTS = (
    "device",
    "person",
    "site",
    "model",
    "approval",
    "classification",
    "scheme",
    "switch",
    "course",
    "contract",
)
FORMS = {
    "device-edit": "device",
    "device-custody": "device",
    "person-edit": "person",
    "site-edit": "site",
    "model-edit": "model",
    "training-add": "person",
    "training-edit": "training",
    "training-remove": "training",
    "course-edit": "course",
    "contract-edit": "contract",
    "contract-notice": "contract",
    "contract-renew": "contract",
    "approval-withdraw": "approval",
    "classification-edit": "classification",
    "scheme-edit": "scheme",
    "switch-edit": "switch",
    "switch-map": "switch",
    "switch-schedule": "switch",
    "switch-cancel": "switch",
    "approval-sign": "statement",
}


@pytest.fixture
def facts(department: Organisation, it_manager: User) -> dict[str, Any]:
    """A device with everything that a page can say of one, and what it stands on."""
    site = SiteFactory(organisation=department, name="Ash House", network_mbps=200, capacity_desks=40)
    SiteFactory(organisation=department, replaced_by=site, closes_on=timezone.localdate())
    person = StaffMemberFactory(organisation=department, site=site, assistive_needs=["screen_reader"])
    model = DeviceModelFactory(organisation=department, price_pence=104_900)
    device = DeviceFactory(
        organisation=department, site=site, model=model, encrypted=False, imei="356938035643809"
    )
    HeartbeatFactory(device=device, last_seen_at=timezone.now() - timedelta(days=12), battery_level=80)
    SourceRecordFactory(device=device)
    SimFactory(organisation=department, device=device, msisdn="+447700900123")
    with acting(channel="page", actor_id=it_manager.pk, request_id="a-request"):
        Device.objects.filter(pk=device.pk).update(compliance="noncompliant")
        record_custody(
            device=device, kind=CustodyKind.ISSUED, at=timezone.now(), holder=person, by=it_manager
        )
    approval = ApprovalFactory(
        organisation=department, classification=ClassificationFactory(organisation=department)
    )
    record = TrainingRecordFactory(staff_member=person)
    CourseFactory(organisation=department, is_for_everybody=True)
    covered = ContractModelFactory(
        contract=ContractFactory(organisation=department, owner=it_manager, value_pence=720_000),
        device_model=model,
    )
    statement = ConditionFactory(approval=approval, statement=True)
    mapping = ClassificationMappingFactory(
        organisation=department, classification=approval.classification, approvals="renew"
    )
    switch = SchemeSwitchFactory(organisation=department)
    return {
        "device": [device.pk],
        "person": [person.pk],
        "site": [site.pk],
        "model": [model.pk],
        "approval": [approval.pk],
        "classification": [mapping.classification_id],
        "scheme": [mapping.to_scheme_id],
        "switch": [switch.pk],
        "statement": [approval.pk, statement.pk],
        "training": [record.pk],
        "course": [record.course_id],
        "contract": [covered.contract_id],
    }


@pytest.fixture
def manager(page_of: Callable[[User], Page], it_manager: User) -> Page:
    return page_of(it_manager)


def test_lists_are_sound(manager: Page, facts: dict[str, Any]) -> None:
    for kind in (*LISTS, "training"):
        check_page(manager, reverse(f"fleet:{kind}-list"))


def test_empty_lists_are_sound(manager: Page) -> None:
    for kind in (*LISTS, "training"):
        check_page(manager, reverse(f"fleet:{kind}-list"))


def test_pages_of_one_object_are_sound(manager: Page, facts: dict[str, Any]) -> None:
    for kind in LISTS:
        check_page(manager, reverse(f"fleet:{kind}-detail", args=facts[kind]))


def test_forms_that_add_are_sound(manager: Page, facts: dict[str, Any]) -> None:
    for kind in LISTS:
        check_page(manager, reverse(f"fleet:{kind}-add"))


def test_forms_about_one_object_are_sound(manager: Page, facts: dict[str, Any]) -> None:
    for name, about in FORMS.items():
        check_page(manager, reverse(f"fleet:{name}", args=facts[about]))


def test_the_change_log_is_sound(manager: Page, facts: dict[str, Any]) -> None:
    check_page(manager, reverse("fleet:change-log"))
    check_page(manager, f"{reverse('fleet:change-log')}?channel=token")
    check_page(manager, f"{reverse('fleet:change-log')}?kind=nonsense")


def test_reconciliation_is_sound(manager: Page, facts: dict[str, Any], department: Organisation) -> None:
    check_page(manager, reverse("fleet:reconciliation"))
    check_page(manager, reverse("fleet:discrepancy-list"))
    Site.objects.filter(pk=facts["site"][0]).update(closes_on=timezone.localdate())
    reconcile(organisation=department)
    DiscrepancyCountFactory(organisation=department, day=timezone.localdate() - timedelta(days=1), found=4)
    found = Discrepancy.objects.get(device=facts["device"][0], kind="closed_site")
    check_page(manager, reverse("fleet:reconciliation"))
    check_page(manager, reverse("fleet:discrepancy-list"))
    check_page(manager, reverse("fleet:discrepancy-detail", args=[found.pk]))
    check_page(manager, reverse("fleet:discrepancy-dismiss", args=[found.pk]))


def test_fleet_over_time_is_sound(manager: Page, facts: dict[str, Any], department: Organisation) -> None:
    pages = [
        reverse(f"fleet:{name}") for name in ("estate", "estate-groups", "estate-support", "estate-software")
    ]
    edit = reverse("fleet:estate-software-edit", args=[department.pk])
    for page in pages:
        check_page(manager, page)
    DeviceFactory.create_batch(3, organisation=department, issued=True, platform="ipados", os_version="17.4")
    measure(organisation=department)
    before = timezone.localdate() - timedelta(days=2)
    DayCountFactory(organisation=department, day=before)
    DayCountFactory(organisation=department, day=before, version="16.1")
    for page in [*pages, f"{pages[0]}?version=x&target=0", f"{edit}?name=JAWS"]:
        check_page(manager, page)


def test_the_access_log_is_sound(manager: Page, facts: dict[str, Any], department: Organisation) -> None:
    check_page(manager, reverse("fleet:access-log"))
    AccessRecordFactory.create_batch(3, organisations=[department.pk])
    check_page(manager, reverse("fleet:access-log"))


def test_saved_views_are_sound(manager: Page, it_manager: User, department: Organisation) -> None:
    view = SavedViewFactory(organisation=department, owner=it_manager, name="Long name of a view " * 3)
    list_url = reverse("fleet:device-list")
    check_page(manager, f"{list_url}?{view.query}")
    check_page(manager, f"{list_url}?life_cycle=lost")
    check_page(manager, f"{reverse('fleet:view-save')}?list=devices&query=life_cycle%3Dlost&back={list_url}")
    for verb in ("edit", "delete"):
        check_page(manager, f"{reverse(f'fleet:view-{verb}', args=[view.pk])}?back={list_url}")


def test_erasing_a_person_is_sound(manager: Page, facts: dict[str, Any]) -> None:
    check_page(manager, reverse("fleet:person-erase", args=facts["person"]))


def test_a_form_with_errors_names_the_field_on_top(manager: Page) -> None:
    manager.goto(reverse("fleet:device-add"))
    manager.locator("#id_imei").fill("1")
    manager.get_by_role("button", name="Save").click()
    summary = manager.get_by_role("alert")
    assert "An IMEI has 15 digits" in summary.inner_text()
    summary.get_by_role("link").first.click()
    assert manager.evaluate("document.activeElement.id") == "id_imei"
    assert manager.title().startswith("Error: ")
