"""Histories forget what is past its time, in batches, and what stays still tells before and after."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pgtrigger
import pytest
from django.conf import settings
from django.utils import timezone
from pghistory.models import Context

from fleet.history import acting
from fleet.models import AccessRecord, DayCount, Organisation, Pruning, Site, UsageForecast
from fleet.services import retention
from fleet.services.change_log import Change, changes_of
from tests.factories import (
    AccessRecordFactory,
    DayCountFactory,
    MeasuredDayFactory,
    SiteFactory,
    UsageForecastFactory,
)

pytestmark = pytest.mark.django_db

EVENTS: Any = Site._meta.get_field("changes").related_model
OLD = timezone.now() - timedelta(days=settings.CHANGE_LOG_KEEP_DAYS + 1)


def age(events: Any) -> None:
    with pgtrigger.ignore("fleet.SiteChange:append_only"):
        events.update(pgh_created_at=OLD)


def rename(site: Site, *names: str) -> None:
    for name in names:
        with acting(channel="page"):
            Site.objects.filter(pk=site.pk).update(name=name)


def test_old_entries_go_and_the_first_that_stays_still_says_from_what(department: Organisation) -> None:
    site = SiteFactory(organisation=department, name="One")
    rename(site, "Two", "Three")
    age(EVENTS.objects.filter(pgh_obj=site.pk))
    rename(site, "Four")
    counts = retention.prune_histories()
    assert counts["changes"] == 2
    latest, kept = changes_of(site)
    assert latest.changes == [Change("Name", "Three", "Four")]
    assert kept.subject == "Three"
    assert set(retention.prune_histories().values()) == {0}


def test_of_a_row_that_is_gone_nothing_stays_but_its_youth(department: Organisation) -> None:
    gone, young = (SiteFactory(organisation=department) for _ in range(2))
    numbers = [gone.pk, young.pk]
    gone.delete()
    age(EVENTS.objects.filter(pgh_obj_id=numbers[0]))
    young.delete()
    retention.prune_histories()
    assert set(EVENTS.objects.values_list("pgh_obj_id", flat=True)) == {numbers[1]}


def test_who_and_how_goes_with_the_last_of_its_entries(department: Organisation) -> None:
    site = SiteFactory(organisation=department)
    rename(site, "Two", "Three")
    age(EVENTS.objects.filter(pgh_obj=site.pk))
    Context.objects.update(created_at=OLD)
    retention.prune_histories()
    assert Context.objects.count() == 1
    assert changes_of(site)[0].channel == "on a page"


def test_looks_go_after_their_own_time() -> None:
    old = timezone.now() - timedelta(days=settings.ACCESS_LOG_KEEP_DAYS, minutes=1)
    AccessRecordFactory(at=old)
    young = AccessRecordFactory(at=old + timedelta(minutes=2))
    retention.prune_histories()
    assert list(AccessRecord.objects.all()) == [young]
    record = Pruning.objects.get()
    assert (record.what, record.rows) == ("access", 1)


def test_a_backlog_goes_in_bounded_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    old = timezone.now() - timedelta(days=settings.ACCESS_LOG_KEEP_DAYS, minutes=1)
    AccessRecordFactory.create_batch(7, at=old)
    monkeypatch.setattr(retention, "BATCH", 2)
    monkeypatch.setattr(retention, "BATCHES", 2)
    assert [retention.prune_histories()["access"] for _ in range(3)] == [4, 3, 0]


def test_of_old_days_the_first_measured_of_each_month_stays(department: Organisation) -> None:
    site = SiteFactory(organisation=department)
    days = [date(2024, 3, 2), date(2024, 3, 3), date(2024, 4, 1), date(2024, 4, 30), timezone.localdate()]
    MeasuredDayFactory(organisation=department, day=date(2024, 3, 1))  # missed: nothing was counted
    for day in days:
        MeasuredDayFactory(organisation=department, day=day, measured_at=timezone.now())
        DayCountFactory(organisation=department, day=day, site=site)
    old, young = (
        UsageForecastFactory(period_end=date(2024, 3, 31)),
        UsageForecastFactory(period_end=timezone.localdate()),
    )
    counts = retention.prune_histories()
    assert (counts["days"], counts["forecasts"]) == (2, 1)
    assert list(DayCount.objects.order_by("day").values_list("day", flat=True)) == [days[0], days[2], days[4]]
    assert not UsageForecast.objects.filter(pk=old.pk).exists()
    assert UsageForecast.objects.filter(pk=young.pk).exists()
