"""Every page of rollouts in a browser: with data and empty, at 320 px, without script, held against axe."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page

from fleet.models import User
from rollouts.models import Gate, Programme, Tranche
from tests.browser import check_page
from tests.rollouts.factories import (
    AssessmentFactory,
    ExitCriterionFactory,
    HoldFactory,
    ReflectionFactory,
    TrancheEventFactory,
    TrancheFactory,
    WaiverFactory,
)
from tests.rollouts.pages.conftest import Scene

pytestmark = pytest.mark.browser
PageOf = Callable[[User], Page]


@pytest.fixture
def manager(page_of: PageOf, it_manager: User) -> Page:
    return page_of(it_manager)


@pytest.fixture
def told(scene: Scene) -> Tranche:
    """A tranche with a past, so that its trend, history, waivers and exit criteria have something to show."""
    AssessmentFactory(
        tranche=scene.tranche, computed_at=timezone.now() - timedelta(days=3), ready=2, blocked=1
    )
    TrancheEventFactory(tranche=scene.tranche, verb="plan", from_state="draft", to_state="planned")
    WaiverFactory(tranche=scene.tranche, check_key="compliant")
    ExitCriterionFactory(tranche=scene.tranche)
    return scene.tranche


def test_today_and_the_programme(manager: Page, told: Tranche) -> None:
    for url in ("/", "/programmes/", f"/programmes/{told.programme_id}/"):
        check_page(manager, url)


def test_forms_of_a_programme(manager: Page, told: Tranche) -> None:
    programme = f"/programmes/{told.programme_id}"
    entitlement = told.programme.entitlements.get()
    for url in (
        "/programmes/new/",
        f"{programme}/edit/",
        f"{programme}/entitlements/new/",
        f"{programme}/minimums/new/",
        f"{programme}/tranches/new/",
        f"/entitlements/{entitlement.pk}/delete/",
    ):
        check_page(manager, url)


@pytest.mark.parametrize(
    "sections",
    [
        ["", "people/", "people/?readiness=blocked&sort=-site", "sites/"],
        ["allocation/", "allocation/allocate/", "waivers/", "waivers/new/", "history/", "feedback/"],
        ["edit/", "gate/", "gate/propose/"],
    ],
)
def test_sections_of_a_tranche(manager: Page, told: Tranche, sections: list[str]) -> None:
    for section in sections:
        check_page(manager, f"/tranches/{told.pk}/{section}")


def test_one_person(manager: Page, scene: Scene) -> None:
    for place in (scene.ready, scene.blocked):
        check_page(manager, f"/tranche-people/{place.pk}/")
    for verb in ("defer/", "release/"):
        check_page(manager, f"/tranche-people/{scene.ready.pk}/{verb}")


def test_the_gate(manager: Page, gate: Gate) -> None:
    for url in ("", "decide/", "withdraw/"):
        check_page(manager, f"/gates/{gate.pk}/{url}")


def test_held_and_in_hypercare(manager: Page, told: Tranche) -> None:
    HoldFactory(tranche=told)
    Tranche.objects.filter(pk=told.pk).update(state="held", locked_at=timezone.now())
    for url in ("", "release/"):
        check_page(manager, f"/tranches/{told.pk}/{url}")
    Tranche.objects.filter(pk=told.pk).update(state="hypercare", hypercare_starts_on=timezone.localdate())
    for url in ("hypercare/", "hypercare/criteria/new/", "hypercare/end/"):
        check_page(manager, f"/tranches/{told.pk}/{url}")


def test_reflecting(manager: Page, programme: Programme) -> None:
    tranche = ReflectionFactory(tranche=TrancheFactory(programme=programme, state="reflecting")).tranche
    for url in ("hypercare/", "reflection/", "close/"):
        check_page(manager, f"/tranches/{tranche.pk}/{url}")


def test_before_anything_was_planned(manager: Page) -> None:
    for url in ("/", "/programmes/"):
        check_page(manager, url)


def test_an_empty_programme_and_tranche(manager: Page, programme: Programme) -> None:
    tranche = TrancheFactory(programme=programme)
    check_page(manager, f"/programmes/{programme.pk}/")
    check_page(manager, f"/programmes/{programme.pk}/people/")
    for section in ("", "people/", "sites/", "allocation/", "gate/", "gate/propose/", "waivers/", "history/"):
        check_page(manager, f"/tranches/{tranche.pk}/{section}")


def test_today_of_a_member_of_staff(page_of: PageOf, staff_user: User) -> None:
    check_page(page_of(staff_user), "/")
