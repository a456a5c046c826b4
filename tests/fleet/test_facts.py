"""Saving one row of facts and telling the apps above."""

from __future__ import annotations

from typing import Any

import pytest

from fleet.errors import Conflict
from fleet.models import Organisation, Site
from fleet.services import facts
from fleet.signals import facts_changed
from tests.factories import SiteFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def heard() -> Any:
    """What the apps above were told."""
    told: list[dict[str, Any]] = []

    def listen(**said: Any) -> None:
        told.append({name: said[name] for name in ("device_ids", "staff_ids", "site_ids")})

    facts_changed.connect(listen)
    yield told
    facts_changed.disconnect(listen)


def test_a_saved_site_is_announced_after_commit(
    department: Organisation, heard: list[Any], django_capture_on_commit_callbacks: Any
) -> None:
    site = Site(organisation=department, code="S1", name="Ash House")
    with django_capture_on_commit_callbacks(execute=True):
        facts.save(site)
        assert heard == []
    assert heard == [{"device_ids": set(), "staff_ids": set(), "site_ids": {site.pk}}]


def test_who_takes_a_code_a_moment_later_is_told_so_and_nothing_is_announced(
    department: Organisation, heard: list[Any], django_capture_on_commit_callbacks: Any
) -> None:
    SiteFactory(organisation=department, code="S1")
    with django_capture_on_commit_callbacks(execute=True), pytest.raises(Conflict, match="Load them again"):
        facts.save(Site(organisation=department, code="S1", name="Ash House"))
    assert heard == []


def test_nothing_named_announces_nothing_and_none_means_any(
    department: Organisation, heard: list[Any], django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        facts.announce(organisation_id=department.pk, device_ids=[])
        facts.announce(organisation_id=department.pk, staff_ids=None)
    assert heard == [{"device_ids": set(), "staff_ids": None, "site_ids": set()}]
