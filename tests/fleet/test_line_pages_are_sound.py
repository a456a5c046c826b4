"""Every page about lines passes axe, holds on a narrow screen and needs no script."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page

from fleet.models import LinePairing, Organisation, SimPairing, User
from fleet.months import months_after
from tests.browser import check_page
from tests.factories import (
    CarrierMappingFactory,
    ImportFactory,
    LineFactory,
    LinePairingFactory,
    StaffMemberFactory,
    TariffFactory,
    UsageBatchFactory,
    UsageForecastFactory,
    UsageRecordFactory,
)


@pytest.fixture
def manager(page_of: Callable[[User], Page], it_manager: User) -> Page:
    return page_of(it_manager)


def test_pages_about_lines_are_sound(manager: Page, department: Organisation) -> None:
    names = ("carrier-mapping-list", "line-list", "tariff-list", "line-add", "tariff-add")
    lists = [reverse(f"fleet:{name}") for name in names]
    for url in lists[:3]:
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
    mapping = CarrierMappingFactory(organisation=department)
    rows += [
        reverse(f"fleet:carrier-mapping-{name}", args=[mapping.pk]) for name in ("detail", "edit", "retire")
    ]
    for url in (*lists, *rows, reverse("fleet:tariff-detail", args=[tariff.pk])):
        check_page(manager, url)


def test_pages_about_usage_are_sound(manager: Page, department: Organisation) -> None:
    lists = [reverse(f"fleet:usage-{name}") for name in ("list", "people", "devices", "forecast")]
    for url in lists:
        check_page(manager, url)
    line = LineFactory(
        organisation=department,
        on_sim=True,
        holder=StaffMemberFactory(organisation=department),
        tariff=TariffFactory(organisation=department),
    )
    long_ago = timezone.now() - timedelta(days=900)
    LinePairing.objects.update(from_at=long_ago)
    SimPairing.objects.update(from_at=long_ago)
    for size in (400_000_000, 1_300_000_000):
        start = months_after(line.starts_on, size // 10**9)
        UsageRecordFactory(line=line, period_start=start, data_bytes=size, charge_pence=5_300)
    UsageForecastFactory(line=line)
    for url in (*lists, reverse("fleet:line-detail", args=[line.pk])):
        check_page(manager, url)
