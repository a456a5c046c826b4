"""The pages of bulk changes in a real browser, and the journey of the manager who changes 412 devices."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page

from fleet.models import BulkChange, Device, Organisation, User
from fleet.services.bulk import VERBS
from tests.browser import check_page
from tests.factories import (
    BulkChangeFactory,
    DeviceFactory,
    DeviceModelFactory,
    SiteFactory,
    StaffMemberFactory,
)

pytestmark = pytest.mark.browser


@pytest.fixture
def manager(page_of: Callable[[User], Page], it_manager: User) -> Page:
    return page_of(it_manager)


def test_pages_are_sound(manager: Page, department: Organisation, it_manager: User) -> None:
    DeviceFactory(organisation=department)
    DeviceFactory(organisation=department, issued=True)
    waiting = BulkChangeFactory(organisation=department, waiting=True, made_by=it_manager)
    made = BulkChangeFactory(organisation=department, changed=1, left=[["Row 3", "Its new tag is empty."]])
    for subject, key in VERBS:
        check_page(manager, reverse(f"fleet:bulk-{subject}-{key}"))
    working = BulkChangeFactory(organisation=department, status="undoing", done=1, total=2)
    for row in (waiting, made, working):
        check_page(manager, reverse("fleet:bulk-change-detail", args=[row.pk]))
    check_page(manager, reverse("fleet:bulk-change-undo", args=[made.pk]))
    check_page(manager, reverse("fleet:bulk-change-list"))


def test_the_empty_list_is_sound(manager: Page) -> None:
    check_page(manager, reverse("fleet:bulk-change-list"))


def test_a_manager_moves_412_devices_sees_it_in_the_log_and_takes_it_back(
    manager: Page, department: Organisation
) -> None:
    york, leeds = (SiteFactory(organisation=department, name=name) for name in ("York", "Leeds"))
    model = DeviceModelFactory(organisation=department)
    Device.objects.bulk_create(
        DeviceFactory.build(organisation=department, site=york, model=model, asset_tag=f"TAG-{number}")
        for number in range(412)
    )
    DeviceFactory(organisation=department, site=leeds)
    here = f"{reverse('fleet:device-list')}?site={york.pk}&sort=-asset_tag"
    manager.goto(here)
    manager.get_by_label("All 412 that match the filters").check()
    manager.get_by_label("Change several devices at once").select_option("Move them to a site")
    manager.get_by_role("button", name="Continue").click()
    manager.get_by_label("New site").select_option("Leeds")
    manager.get_by_role("button", name="See what would change").click()
    assert "First 10 of 412 devices" in manager.inner_text("main")
    manager.get_by_role("button", name="Change 412 devices").click()
    assert manager.url.endswith(here)
    assert "412 devices changed. Site: Leeds." in manager.get_by_role("alert").inner_text()
    manager.get_by_role("link", name="See or undo it").click()
    manager.get_by_role("link", name="Open Change log").click()
    assert "412" in manager.inner_text("main")
    manager.go_back()
    manager.get_by_role("link", name="Undo").click()
    manager.get_by_role("button", name="Take back 412 devices").click()
    assert manager.url.endswith(here)
    assert "412 devices put back." in manager.get_by_role("alert").inner_text()
    assert "412 devices" in manager.inner_text("#results")
    assert BulkChange.objects.get().undone == 412


def test_it_works_without_script(
    page_of: Callable[..., Page], it_manager: User, department: Organisation
) -> None:
    people: list[Any] = [StaffMemberFactory(organisation=department) for _ in range(2)]
    page = page_of(it_manager)
    page.route("**/*.js", lambda route: route.abort())
    page.goto(reverse("fleet:person-list"))
    page.locator(f"#tick-{people[0].pk}").check()
    page.get_by_label("Change several people at once").select_option("Change their job role")
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("New job role").fill("Auditor")
    page.get_by_role("button", name="See what would change").click()
    page.get_by_role("button", name="Change 1 person").click()
    assert "1 person changed. Job role: Auditor." in page.get_by_role("alert").inner_text()
