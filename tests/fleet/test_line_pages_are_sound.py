"""Every page about lines passes axe, holds on a narrow screen and needs no script."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import Page

from fleet.models import Organisation, User
from tests.browser import check_page
from tests.factories import (
    ImportFactory,
    LineFactory,
    LinePairingFactory,
    StaffMemberFactory,
    TariffFactory,
    UsageBatchFactory,
)


@pytest.fixture
def manager(page_of: Callable[[User], Page], it_manager: User) -> Page:
    return page_of(it_manager)


def test_pages_about_lines_are_sound(manager: Page, department: Organisation) -> None:
    lists = [reverse(f"fleet:{name}") for name in ("line-list", "tariff-list", "line-add", "tariff-add")]
    for url in lists[:2]:
        check_page(manager, url)
    person = StaffMemberFactory(organisation=department)
    tariff = TariffFactory(organisation=department)
    line = LineFactory(organisation=department, on_sim=True, holder=person, tariff=tariff)
    LinePairingFactory(line=line)
    LineFactory(organisation=department, msisdn=line.msisdn, ends_on=line.starts_on)
    rows = [
        reverse(f"fleet:{name}", args=[line.pk])
        for name in ("line-detail", "line-edit", "line-sim", "line-hand-over", "line-end")
    ]
    check_page(manager, reverse("fleet:bill-add"))
    file = ImportFactory(organisation=department, bill=True, status="naming")
    day = line.starts_on
    UsageBatchFactory(organisation=department, file=file, period_start=day, period_end=day)
    check_page(manager, reverse("fleet:bill-mapping", args=[file.pk]))
    for url in (*lists, *rows, reverse("fleet:tariff-detail", args=[tariff.pk])):
        check_page(manager, url)
