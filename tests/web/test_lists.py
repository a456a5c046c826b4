"""The list page, on the gallery's list of sites."""

import csv
import io
import re
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from fleet.models import Organisation, User
from fleet.web.exports import cell
from tests.factories import SiteFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("gallery")]


@pytest.fixture
def client(client_of: Callable[[User], Client], it_manager: User) -> Client:
    return client_of(it_manager)


def page(client: Client, query: str = "") -> str:
    response = client.get(f"/sites/{query}")
    assert response.status_code == 200
    return re.sub(r"\s+", " ", response.content.decode())


def names(client: Client, query: str) -> list[str]:
    return [row.name for row in client.get(f"/sites/{query}").context["table"].rows]


def sheet(client: Client, query: str) -> list[tuple[Any, ...]]:
    response = client.get(f"/sites/{query}")
    assert response["Content-Disposition"] == 'attachment; filename="sites.xlsx"'
    return list(load_workbook(io.BytesIO(response.getvalue())).active.iter_rows(values_only=True))


def rows(client: Client, query: str) -> list[dict[str, str]]:
    response = client.get(f"/sites/{query}")
    assert response["Content-Disposition"] == 'attachment; filename="sites.csv"'
    return list(csv.DictReader(io.StringIO(response.getvalue().decode())))


def test_other_organisations_rows_are_absent(
    client: Client, department: Organisation, council: Organisation
) -> None:
    SiteFactory(organisation=department, name="Ours")
    SiteFactory(organisation=council, name="Theirs")
    assert names(client, "") == ["Ours"]
    assert [row["name"] for row in rows(client, "?format=csv")] == ["Ours"]


def test_without_the_permission_the_page_is_absent(
    client_of: Callable[[User], Client], staff_user: User
) -> None:
    assert client_of(staff_user).get("/sites/").status_code == 404


def test_total_filters_and_how_to_take_them_off(client: Client, department: Organisation) -> None:
    SiteFactory.create_batch(3, organisation=department, kind="depot")
    SiteFactory.create_batch(2, organisation=department, kind="touchdown")
    SiteFactory(organisation=department, kind="headquarters")
    html = page(client, "?kind=depot&kind=touchdown&sort=-name&after=")
    assert "<strong>5 sites</strong> of 6 match" in html
    assert "Download all 5:" in html
    assert '<a class="moj-filter__tag" href="?kind=touchdown&amp;sort=-name">' in html
    assert '<a class="moj-filter__tag" href="?kind=depot&amp;sort=-name">' in html
    assert '<input type="hidden" name="sort" value="-name">' in html


def test_search_and_yes_or_no(client: Client, department: Organisation) -> None:
    SiteFactory(organisation=department, name="Northgate", code="NG", has_wifi=True)
    SiteFactory(organisation=department, name="Depot Road", code="DR", has_wifi=False)
    SiteFactory(organisation=department, name="Southgate", code="SG", has_wifi=None)
    assert names(client, "?q=north") == ["Northgate"]
    assert names(client, "?q=dr") == ["Depot Road"]
    assert names(client, "?has_wifi=false") == ["Depot Road"]
    assert "Wi-Fi" in [chosen.label for chosen in client.get("/sites/?has_wifi=false").context["chosen"]]


def test_sorting_puts_missing_values_last_and_tells_which_way(
    client: Client, department: Organisation
) -> None:
    for name, desks in (("A", 5), ("B", None), ("C", 7)):
        SiteFactory(organisation=department, name=name, capacity_desks=desks)
    assert names(client, "?sort=capacity_desks") == ["A", "C", "B"]
    assert names(client, "?sort=-capacity_desks&kind=") == ["C", "A", "B"]
    html = page(client, "?sort=-capacity_desks&q=")
    assert re.search(
        r'aria-sort="descending"\s*> <a class="govuk-link app-sort" href="[^"]*sort=capacity_desks', html
    )
    assert html.count("aria-sort") == 1


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("?closes_before=soon", "Closes before must be a real date"),
        ("?kind=castle", "Kind must be one of those listed"),
        (
            "?sort=colour",
            "cannot be sorted by “colour”. Sort it by one of: name, code, capacity_desks, closes_on",
        ),
        ("?replaced_by=x", "must be one of those listed"),
    ],
)
def test_a_wrong_value_is_an_error_of_the_filter(
    client: Client, department: Organisation, query: str, message: str
) -> None:
    SiteFactory(organisation=department)
    html = page(client, query)
    assert "<title>Error: Sites" in html
    assert message in html
    assert client.get(f"/sites/{query}&format=csv").status_code == 400


def test_csv_honours_filter_order_and_columns(client: Client, department: Organisation) -> None:
    new = SiteFactory(organisation=department, name="New", code="N1", kind="regional_centre")
    SiteFactory(
        organisation=department, name="=HYPERLINK()", code="A", kind="depot", region="West", replaced_by=new
    )
    SiteFactory(organisation=department, name="Old", code="B", kind="depot", capacity_desks=12)
    found = rows(client, "?kind=depot&sort=-code&format=csv")
    assert [row["name"] for row in found] == ["Old", "'=HYPERLINK()"]
    assert found[1] == {
        "name": "'=HYPERLINK()",
        "code": "A",
        "kind": "depot",
        "capacity_desks": "",
        "closes_on": "",
        "replaced_by": "N1",
        "region": "West",
    }


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("=1+1", "'=1+1"),
        ("+44 20", "'+44 20"),
        ("@cmd", "'@cmd"),
        ("\tx", "'\tx"),
        ("-", "'-"),
        ("-1.5", "-1.5"),
        ("+447700900123", "+447700900123"),
        (-1.5, "-1.5"),
        (True, "true"),
        (None, ""),
    ],
)
def test_cells_are_no_formulas_and_numbers_stay_numbers(value: object, written: str) -> None:
    assert cell(value) == written


@pytest.mark.parametrize("query", ["", "?kind=depot&sort=-name", "?format=csv"])
def test_queries_do_not_grow_with_the_rows(client: Client, department: Organisation, query: str) -> None:
    new = SiteFactory(organisation=department, kind="depot")

    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as captured:
            b"".join(client.get(f"/sites/{query}"))
        return len(captured)

    few = queries()
    SiteFactory.create_batch(50, organisation=department, kind="depot", replaced_by=new)
    assert queries() == few


def test_an_unknown_filter_is_an_error_that_names_it(client: Client, department: Organisation) -> None:
    SiteFactory(organisation=department)
    assert "There is no filter “bogus”. This list filters by: q," in page(client, "?bogus=1")
    assert names(client, "?bogus=1") == []
    assert client.get("/sites/?bogus=1&format=csv").status_code == 400


def link(client: Client, query: str, words: str) -> str:
    """The address of one of the links between pages."""
    found = re.search(
        rf'href="([^"]*)"[^>]*>(?:(?!</a>).)*{words}', client.get(f"/sites/{query}").content.decode(), re.S
    )
    assert found, words
    return found[1].replace("&amp;", "&")


def test_next_and_previous_lead_through_the_list_and_back(client: Client, department: Organisation) -> None:
    SiteFactory.create_batch(101, organisation=department)
    first = names(client, "?sort=-code")
    following = link(client, "?sort=-code", "Next")
    last = link(client, following, "Next")
    assert len(names(client, last)) == 1
    assert 'rel="next"' not in page(client, last)
    assert names(client, link(client, last, "Previous")) == names(client, following)
    assert names(client, link(client, following, "Previous")) == first
    assert names(client, link(client, last, "First page")) == first
    assert "<strong>101 sites</strong>" in page(client, following)
    assert "50 on this page" in page(client, following)


def test_the_place_in_the_list_says_nothing_in_the_address(client: Client, department: Organisation) -> None:
    SiteFactory.create_batch(51, organisation=department, name="Okoro")
    assert "Okoro" not in link(client, "?sort=name", "Next")


def test_a_place_that_cannot_be_read_is_said_and_the_first_page_shown(
    client: Client, department: Organisation
) -> None:
    SiteFactory.create_batch(51, organisation=department)
    after = link(client, "?sort=name", "Next")
    for query in (after[:-2], after.replace("sort=name", "sort=code"), "?after=x", "?before=%C3%A9"):
        html = page(client, query)
        assert "cut short or is too old" in html, query
        assert "<title>Error: Sites" in html
        assert len(client.get(f"/sites/{query}").context["table"].rows) == 50


def test_where_nothing_is_left_the_page_says_so(client: Client, department: Organisation) -> None:
    kept = SiteFactory.create_batch(50, organisation=department, name="A")
    SiteFactory(organisation=department, name="B").delete()
    SiteFactory(organisation=department, name="C")
    following = link(client, "?sort=name", "Next")
    department.sites.exclude(pk__in=[site.pk for site in kept]).delete()
    assert "Nothing is left at this place in the list" in page(client, following)
    assert len(names(client, link(client, following, "Go to the first page"))) == 50


def titles(client: Client, query: str) -> list[str]:
    return [heading.column.title for heading in client.get(f"/sites/{query}").context["table"].head]


def test_columns_are_chosen_in_the_address(client: Client, department: Organisation) -> None:
    SiteFactory(organisation=department)
    assert titles(client, "") == ["Name", "Code", "Kind", "Desks", "Closes", "Replaced by"]
    assert titles(client, "?columns=region,code") == ["Name", "Code", "Region"]
    assert titles(client, "?columns=region&columns=code&kind=") == ["Name", "Code", "Region"]
    html = page(client, "?columns=region&kind=depot&sort=-code")
    assert 'name="columns" value="region" id="column-region" checked' in html
    assert 'name="columns" value="code" id="column-code" >' in html
    # Each form keeps what it does not change.
    assert html.count('<input type="hidden" name="columns" value="region">') == 1
    assert html.count('<input type="hidden" name="kind" value="depot">') == 1


def test_a_column_that_there_is_not_is_an_error(client: Client, department: Organisation) -> None:
    SiteFactory(organisation=department)
    assert "There is no column “colour”. This list has: name, code," in page(client, "?columns=colour")
    assert client.get("/sites/?columns=colour&format=csv").status_code == 400


def test_exports_hold_the_columns_chosen_or_all(client: Client, department: Organisation) -> None:
    SiteFactory(organisation=department, name="A", region="West")
    assert rows(client, "?columns=region&format=csv") == [{"name": "A", "region": "West"}]
    everything = {"name", "code", "kind", "capacity_desks", "closes_on", "replaced_by", "region"}
    assert set(rows(client, "?format=csv")[0]) == everything
    assert (
        'href="?format=csv"><span class="govuk-visually-hidden">Download </span>CSV with all columns'
        in page(client, "?columns=region")
    )


def test_a_workbook_holds_what_the_csv_holds_as_what_it_is(client: Client, department: Organisation) -> None:
    new = SiteFactory(organisation=department, name="New", code="007", kind="regional_centre")
    SiteFactory(
        organisation=department,
        name="=1+1",
        code="A",
        kind="depot",
        capacity_desks=12,
        closes_on=date(2027, 1, 31),
        replaced_by=new,
    )
    assert sheet(client, "?sort=-code&kind=depot&kind=regional_centre&format=xlsx") == [
        ("name", "code", "kind", "capacity_desks", "closes_on", "replaced_by", "region"),
        ("=1+1", "A", "depot", 12, datetime(2027, 1, 31), "007", None),  # noqa: DTZ001
        ("New", "007", "regional_centre", new.capacity_desks, None, None, new.region or None),
    ]
    assert len(sheet(client, "?columns=code&q=New&format=xlsx")[1]) == 2
    cells = load_workbook(io.BytesIO(client.get("/sites/?format=xlsx").getvalue())).active
    assert cells is not None
    assert {row[0].data_type for row in cells.iter_rows()} == {"s"}
