"""Every page of intake in a browser: with data and empty, at 320 px, without script, held against axe."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from fleet.models import Delivery, Device, IdentityConflict, MdmSource, User
from tests.browser import check_page
from tests.factories import DeliveryFactory, DeviceFactory, MdmSourceFactory, SourceTokenFactory
from tests.mdm.pushes import push, store

pytestmark = [pytest.mark.browser, pytest.mark.django_db]


@pytest.fixture
def administrator(page_of: Callable[[User], Page], mdm_administrator: User) -> Page:
    return page_of(mdm_administrator)


@pytest.fixture
def pushed(source: MdmSource) -> Delivery:
    """A delivery with a device made, one in conflict and a record rejected."""
    DeviceFactory(organisation=source.organisation, serial="S1", hw_id="h-1")
    rejected = {"serial": "BAD1", "battery_level": 250}
    return push(source, {"serial": "NEW1"}, {"serial": "S2", "hw_id": "h-1"}, rejected)


def test_lists(administrator: Page, pushed: Delivery) -> None:
    for url in (
        "/",
        "/mdm/sources/",
        "/mdm/deliveries/?status=applied",
        "/mdm/conflicts/?status=open",
        "/mdm/events/",
        "/mdm/who-wins/",
    ):
        check_page(administrator, url)


def test_a_source_and_its_verbs(administrator: Page, source: MdmSource, pushed: Delivery) -> None:
    token = SourceTokenFactory(source=source)
    for section in ("", "edit/", "upload/", "rotate/", "switch-off/", f"tokens/{token.pk}/revoke/"):
        check_page(administrator, f"/mdm/sources/{source.pk}/{section}")
    check_page(administrator, "/mdm/sources/add/")


def test_a_delivery(administrator: Page, source: MdmSource, pushed: Delivery) -> None:
    for query in ("", "?outcome=rejected"):
        check_page(administrator, f"/mdm/deliveries/{pushed.pk}/{query}")
    failed = store(source, {"serial": "LATER1"})
    Delivery.objects.filter(pk=failed.pk).update(status="failed", error="The disk was full.")
    for section in ("", "retry/"):
        check_page(administrator, f"/mdm/deliveries/{failed.pk}/{section}")


def test_a_conflict(administrator: Page, pushed: Delivery) -> None:
    conflict = IdentityConflict.objects.get()
    for section in ("", "decide/"):
        check_page(administrator, f"/mdm/conflicts/{conflict.pk}/{section}")


def test_a_token_is_shown(administrator: Page, source: MdmSource) -> None:
    administrator.goto(f"/mdm/sources/{source.pk}/rotate/")
    administrator.get_by_role("button", name="Make a new token").click()
    administrator.get_by_role("heading", name="Its new token").wait_for()
    assert "mdm_" in administrator.get_by_role("region", name="Token").inner_text()


def test_before_anything_was_set_up(administrator: Page) -> None:
    for url in ("/", "/mdm/sources/", "/mdm/deliveries/", "/mdm/conflicts/"):
        check_page(administrator, url)


def test_a_delivery_is_tried_and_replayed(administrator: Page, source: MdmSource, pushed: Delivery) -> None:
    Device.objects.filter(serial="NEW1").delete()
    for section in ("try/", "replay/"):
        check_page(administrator, f"/mdm/deliveries/{pushed.pk}/{section}")
    quarantined = DeliveryFactory(source=source, quarantined=True)
    for section in ("", "try/"):
        check_page(administrator, f"/mdm/deliveries/{quarantined.pk}/{section}")


def test_who_wins_and_what_sources_say(administrator: Page, source: MdmSource, pushed: Delivery) -> None:
    other = MdmSourceFactory(organisation=source.organisation, name="Another MDM with a rather long name")
    push(other, {"serial": "NEW1", "os_version": "17", "software": [{"name": f"App {n}"} for n in range(9)]})
    check_page(administrator, f"/mdm/who-wins/{source.organisation_id}/user/")
    check_page(administrator, f"/devices/{Device.objects.get(serial='NEW1').pk}/mdm/")
    check_page(administrator, f"/devices/{DeviceFactory(organisation=source.organisation).pk}/mdm/")
