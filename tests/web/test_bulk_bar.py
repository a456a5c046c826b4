"""The bar above a list that hands the chosen rows to the page of a change, on the gallery's list of sites."""

import re
from collections.abc import Callable

import pytest
from django.test import Client

from fleet.models import Organisation, User
from tests.factories import SiteFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("gallery")]


def test_each_row_has_a_tick_and_the_bar_says_how_many_match(
    client_of: Callable[[User], Client], it_manager: User, department: Organisation
) -> None:
    ours = SiteFactory(organisation=department, name="Depot <1>", kind="depot")
    SiteFactory(organisation=department, kind="depot")
    SiteFactory(organisation=department, kind="headquarters")
    html = re.sub(r"\s+", " ", client_of(it_manager).get("/sites/?kind=depot&sort=-name").content.decode())
    assert f'name="ticked" value="{ours.pk}"' in html
    assert "Tick Depot &lt;1&gt;" in html
    assert "All 2 that match the filters" in html
    assert '<option value="close">Close them</option>' in html
    assert 'name="filters" value="kind=depot&amp;sort=-name"' in html


def test_what_was_chosen_reaches_the_page_of_the_change(
    client_of: Callable[[User], Client], it_manager: User, department: Organisation
) -> None:
    site = SiteFactory(organisation=department)
    chosen = {"change": "close", "scope": "ticked", "ticked": [site.pk], "filters": "kind=depot"}
    answer = client_of(it_manager).post("/sites/", chosen, follow=True)
    assert answer.redirect_chain == [("/chosen/", 307)]
    assert answer.json() == {
        "change": ["close"],
        "scope": ["ticked"],
        "ticked": [str(site.pk)],
        "filters": ["kind=depot"],
    }


def test_who_may_change_nothing_sees_no_bar(
    client_of: Callable[[User], Client], auditor: User, department: Organisation
) -> None:
    SiteFactory(organisation=department)
    client = client_of(auditor)
    assert "Change several" not in client.get("/sites/").content.decode()
    assert client.post("/sites/", {"change": "close"}).status_code == 404
    assert client.post("/sites/", {}).status_code == 404
