"""Pages by key: whatever is added and deleted while somebody reads, what stays is read once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from itertools import count, pairwise
from typing import Any

import pytest
from django.db.models import F, QuerySet
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from fleet.errors import Invalid
from fleet.models import Organisation, Site
from fleet.web import cursors
from fleet.web.keyset import Cut, Keyset, Order
from tests.factories import OrganisationFactory, SiteFactory

NAMES = st.sampled_from(["Ash", "Birch", "birch", "Çedar", "O’Brien", ""])
DESKS = st.none() | st.integers(0, 3)
DAYS = st.none() | st.dates(dt.date(2026, 1, 1), dt.date(2026, 1, 4))
SITES = st.tuples(NAMES, DESKS, DAYS)
ORDERS = st.builds(
    Order,
    st.sampled_from(
        [
            (),
            ("name",),
            ("capacity_desks",),
            ("name", "closes_on"),
            ("capacity_desks", "closes_on"),
            ("replaced_by__name",),
            ("twice",),
        ]
    ),
    st.booleans(),
)
WRITES = st.lists(
    st.tuples(st.just("add"), SITES) | st.tuples(st.just("delete"), st.integers(0, 50)), max_size=3
)
codes = count()


def rows() -> QuerySet[Site]:
    return Site.objects.annotate(twice=F("capacity_desks") * 2)


def add(organisation: Organisation, sites: list[tuple[str, int | None, dt.date | None]]) -> None:
    """Those with desks are replaced by the first."""
    made = Site.objects.bulk_create(
        Site(
            organisation=organisation,
            name=name,
            code=f"K{next(codes)}",
            kind="depot",
            capacity_desks=desks,
            closes_on=day,
        )
        for name, desks, day in sites
    )
    replaced = [site.pk for site in made if site.capacity_desks]
    Site.objects.filter(pk__in=replaced).update(replaced_by=made[0] if made else None)


def values_of(order: Order) -> dict[int, Any]:
    """What each row is sorted by."""
    return {key: values for *values, key in rows().values_list(*order.names, "pk")}


def are_missing_together(order: Order) -> bool:
    """Where they are not, rows that lack one of two values stand in another order in an export."""
    return len(order.names) < 2 or not Keyset(rows(), order).may_miss


class Reader:
    """Reads a list page by page through sealed cursors, while `writes` happen between its pages."""

    def __init__(self, organisation: Organisation, order: Order, size: int, writes: Iterator[Any]) -> None:
        self.organisation, self.order, self.size, self.writes = organisation, order, size, writes

    def write(self) -> None:
        for verb, what in next(self.writes, []):
            if verb == "add":
                add(self.organisation, [what])
            elif keys := list(Site.objects.order_by("pk").values_list("pk", flat=True)):
                Site.objects.filter(pk=keys[what % len(keys)]).delete()

    def read(self, way: str, params: dict[str, str]) -> list[list[int]]:
        """Every page from the address with `params` on, as far as `way` leads."""
        pages = []
        while True:
            keyset = Keyset(rows(), self.order)
            cut = keyset.page(self.size, **cursors.positions(keyset, params))
            pages.append(cut.keys)
            links = cursors.links(keyset, cut)
            if way not in links:
                return pages if way == "after" else pages[::-1]
            params = {way: links[way]}
            self.write()


class WhoeverReads(TestCase):
    @settings(max_examples=60, deadline=None)
    @given(st.lists(SITES, max_size=14), ORDERS, st.integers(1, 5), st.lists(WRITES, max_size=8))
    def test_reads_each_row_that_stays_once(
        self, sites: list[Any], order: Order, size: int, writes: list[Any]
    ) -> None:
        organisation = OrganisationFactory()
        add(organisation, sites)
        before = values_of(order)
        pages = Reader(organisation, order, size, iter(writes)).read("after", {})
        after = values_of(order)
        stayed = {key for key in before.keys() & after.keys() if before[key] == after[key]}
        read = [key for page in pages for key in page if key in stayed]
        expected = [
            key for key in Keyset(rows(), order).ordered.values_list("pk", flat=True) if key in stayed
        ]
        assert (read if are_missing_together(order) else sorted(read)) == (
            expected if are_missing_together(order) else sorted(expected)
        )

    @settings(max_examples=40, deadline=None)
    @given(st.lists(SITES, min_size=1, max_size=14), ORDERS, st.integers(1, 5))
    def test_reads_the_same_pages_on_the_way_back(self, sites: list[Any], order: Order, size: int) -> None:
        organisation = OrganisationFactory()
        add(organisation, sites)
        there = Reader(organisation, order, size, iter(())).read("after", {})
        keyset = Keyset(rows(), order)
        params: dict[str, str] = {}
        for _ in there[1:]:
            params = {
                "after": cursors.links(keyset, keyset.page(size, **cursors.positions(keyset, params)))[
                    "after"
                ]
            }
        cut = keyset.page(size, **cursors.positions(keyset, params))
        links = cursors.links(keyset, cut)
        back = (
            Reader(organisation, order, size, iter(())).read("before", {"before": links["before"]})
            if ("before" in links)
            else []
        )
        assert [*back, cut.keys] == there
        assert all(len(page) == size for page, _ in pairwise(there))


@pytest.fixture
def sites(department: Organisation) -> list[int]:
    return [
        SiteFactory(organisation=department, name=f"Site {n}", capacity_desks=n or None).pk for n in range(5)
    ]


def test_a_cursor_says_nothing_and_opens_in_its_own_order_alone(sites: list[int]) -> None:
    keyset = Keyset(rows(), Order(("name",)))
    cursor = cursors.links(keyset, keyset.page(2))["after"]
    assert "Site" not in cursor
    assert cursors.seal(keyset, ("Site 1", sites[1])) == cursor
    others = [Keyset(rows(), Order(("name",), is_descending=True)), Keyset(rows(), Order(("region",)))]
    for other, text in [
        (others[0], cursor),
        (others[1], cursor),
        (keyset, cursor[:-2]),
        (keyset, "é"),
        (keyset, "x"),
    ]:
        with pytest.raises(Invalid, match="cut short or is too old"):
            cursors.positions(other, {"after": text})
    with pytest.raises(Invalid, match="not for both"):
        cursors.positions(keyset, {"after": cursor, "before": cursor})


def test_a_cursor_outlives_a_change_of_the_secret_key(sites: list[int], settings: Any) -> None:
    keyset = Keyset(rows(), Order(("name",)))
    cursor = cursors.links(keyset, keyset.page(2))["after"]
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "the next one, which guards nothing but the data of tests either"
    assert cursors.positions(keyset, {"after": cursor}) == {"after": ("Site 1", sites[1])}


def test_where_nothing_is_left_the_page_is_empty(sites: list[int]) -> None:
    keyset = Keyset(rows(), Order(("capacity_desks",)))
    assert keyset.page(2, after=(None, sites[0])) == Cut([])
    assert keyset.page(2, before=(1, sites[1])) == Cut([])
