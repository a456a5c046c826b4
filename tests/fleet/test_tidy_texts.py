"""Blanks and postcodes are kept in one spelling, however they come in."""

from __future__ import annotations

import csv
from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from fleet import rules
from fleet.history import acting
from fleet.models import Organisation, Site, User
from fleet.services import facts
from tests.factories import SiteFactory
from tests.fleet.test_imports import Pages, applied, bring, figures


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("ls14ap", "LS1 4AP"),
        (" LS1  4AP", "LS1 4AP"),
        ("sw1a2aa", "SW1A 2AA"),
        ("D02  X285", "D02 X285"),
        ("", ""),
    ],
)
def test_a_postcode_has_one_spelling(typed: str, kept: str) -> None:
    assert rules.postcode(typed) == kept


@pytest.mark.django_db
def test_a_page_and_a_file_keep_the_same(department: Organisation, it_manager: User) -> None:
    facts.save(
        SiteFactory.build(organisation=department, code="A", name="Ash \u00a0 House", postcode="ls14ap")
    )
    content = "code,name,postcode\nA,Ash  House,ls1 4ap\nB,Elm\t House,m11aa\n"
    applied(bring("sites", content, department, it_manager), it_manager)
    assert list(Site.objects.order_by("code").values_list("name", "postcode")) == [
        ("Ash House", "LS1 4AP"),
        ("Elm House", "M1 1AA"),
    ]


@pytest.mark.django_db
def test_a_refused_row_claims_what_it_names(department: Organisation, it_manager: User) -> None:
    """Row 2 wants the serial of another device, so row 3 is not taken in its stead."""
    content = "asset_tag,serial\nT-1,SN-1\n"
    applied(bring("devices", content, department, it_manager), it_manager)
    found = bring("devices", "asset_tag,serial\nT-2,SN-2\n", department, it_manager)
    applied(found, it_manager)
    found = bring("devices", "asset_tag,serial\nT-2,SN-1\nT-2,SN-2\n", department, it_manager)
    assert figures(found) == ("nothing", 0, 0, 0, 2)


@pytest.mark.django_db
def test_an_empty_list_leads_to_imports(
    it_manager: User, auditor: User, client_of: Callable[[User], Any]
) -> None:
    for name in ("devices", "people", "sites"):
        html = client_of(it_manager).get(f"/{name}/").content.decode()
        assert "/imports/kinds/?kind=" in html
    assert "/imports/kinds/?kind=" not in client_of(auditor).get("/devices/").content.decode()
    assert "Bring in the sites, staff and devices" in client_of(it_manager).get("/").content.decode()


@pytest.mark.django_db
def test_what_stands_in_the_way_of_an_undo_is_named(
    department: Organisation, it_manager: User, client_of: Callable[[User], Any]
) -> None:
    pages = Pages(client_of(it_manager))
    found = pages.upload("sites", "sites.csv", b"code,name\nA,Alpha\nB,Beta\n")
    pages.send(found, "confirm")
    site = Site.objects.get(code="B")
    site.region = "North"
    with acting(channel="page", actor_id=it_manager.pk):
        facts.save(site)
    undo = reverse("fleet:import-undo", args=[found.pk])
    page = pages.client.get(undo).content.decode()
    assert f'href="{reverse("fleet:site-detail", args=[site.pk])}">Beta</a>' in page
    assert "Alpha" not in page
    rows = list(csv.DictReader(pages.client.get(undo, {"format": "csv"}).getvalue().decode().splitlines()))
    assert [(row["kind"], row["number"], row["name"]) for row in rows] == [("site", str(site.pk), "Beta")]
    assert rows[0]["why"].startswith(f"Changed since by {it_manager} on ")
    found = pages.send(found, "undo")
    assert (found.status, "nothing was undone: Beta." in found.error) == ("applied", True)
