"""The pages of imports pass axe, hold on a narrow screen, keep the console silent and need no script."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from fleet.models import Import, Organisation, Site, StaffMember, User
from fleet.services.imports import deciding, working
from fleet.services.imports.receiving import receive
from tests.browser import check_page
from tests.factories import ImportFactory, SiteFactory

pytestmark = pytest.mark.browser
STAFF = "staff_number,name,site\n1,Ann,Leedz\n2,Bob,LDS\n,Nobody,LDS\n"


@pytest.fixture
def manager(page_of: Callable[[User], Page], it_manager: User) -> Page:
    return page_of(it_manager)


def _bring(organisation: Organisation, by: User, text: str = STAFF) -> Import:
    found = receive(organisation=organisation, kind="staff", file_name="hr.csv", content=text.encode(), by=by)
    working.work(found.pk)
    found.refresh_from_db()
    return found


def test_pages_without_a_file_are_sound(manager: Page, department: Organisation) -> None:
    for name in ("import-list", "import-kinds", "import-add"):
        check_page(manager, reverse(f"fleet:{name}"))


def test_pages_of_a_file_are_sound(manager: Page, department: Organisation, it_manager: User) -> None:
    SiteFactory(organisation=department, code="LDS", name="Leeds")
    found = _bring(department, it_manager)
    check_page(manager, reverse("fleet:import-list"))
    for verb in ("detail", "sites", "confirm", "discard"):
        check_page(manager, reverse(f"fleet:import-{verb}", args=[found.pk]))
    check_page(manager, reverse("fleet:import-detail", args=[found.pk]) + "?show=created")
    deciding.confirm(found=found, by=it_manager, seen=found.digest)
    working.work(found.pk)
    for verb in ("detail", "undo"):
        check_page(manager, reverse(f"fleet:import-{verb}", args=[found.pk]))
    StaffMember.objects.update(job_role="Auditor")  # which stands in the way of undoing
    check_page(manager, reverse("fleet:import-undo", args=[found.pk]))
    assert "Why it cannot go back" in manager.content()
    naming = _bring(department, it_manager, "Pers.-Nr.,name\n1,Ann\n")
    for verb in ("detail", "columns"):
        check_page(manager, reverse(f"fleet:import-{verb}", args=[naming.pk]))
    failed = ImportFactory(organisation=department, failed=True)
    for verb in ("detail", "retry"):
        check_page(manager, reverse(f"fleet:import-{verb}", args=[failed.pk]))


def test_somebody_brings_a_file_in_and_takes_it_back(
    manager: Page, department: Organisation, tmp_path: Path
) -> None:
    """In the browser, from the list to the register and back; the page renews itself while a worker works."""
    file = tmp_path / "estates.csv"
    file.write_text("Code;Site name;Opens\nLDS;Leeds;01/05/2020\nSTL;St Leonard’s;31/02/2020\n", "utf-8")
    manager.goto(reverse("fleet:import-list"))
    manager.get_by_role("button", name="Import a file").or_(
        manager.get_by_role("link", name="Import a file")
    ).first.click()
    manager.get_by_label("Sites").check()
    manager.locator("#id_file").set_input_files(file)
    manager.get_by_role("button", name="Check the file").click()
    expect(manager.get_by_text("Being checked: starting")).to_be_visible()
    found = Import.objects.get()
    working.work(found.pk)
    expect(manager.get_by_text("Nothing is changed yet.")).to_be_visible()
    expect(manager.get_by_text("“31/02/2020” is not a date.")).to_be_visible()
    manager.get_by_text("Apply this file").click()
    manager.get_by_role("button", name="Apply it").click()
    working.work(found.pk)
    expect(manager.get_by_text("All that it changed, in the change log")).to_be_visible()
    assert Site.objects.get().name == "Leeds"
    manager.get_by_role("link", name="Undo this import").click()
    manager.get_by_role("button", name="Undo it").click()
    working.work(found.pk)
    expect(manager.get_by_text("Undone").first).to_be_visible()
    assert not Site.objects.exists()
