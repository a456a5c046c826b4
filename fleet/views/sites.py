"""The list of sites and the page of one: who and what is there, and for how long."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.html import format_html

from fleet.filters import SiteFilter
from fleet.forms.sites import SiteForm
from fleet.models import Site, User
from fleet.views.access_review import review_url
from fleet.views.facts import AddFacts, EditFacts, ObjectPage, add_link
from fleet.views.shown import Section, known, link, under, words
from fleet.web import status, text
from fleet.web.lists import ListPage
from fleet.web.parts import Stat, SummaryRow
from fleet.web.requests import signed_in
from fleet.web.tables import Column, extra, to

STATES = {"planned": "Not open yet", "running_down": "Closing"}


def state_of(site: Site) -> str:
    return STATES.get(site.state, site.state.capitalize())


EXPORTED = (
    "code",
    "postcode",
    "latitude",
    "longitude",
    "network_mbps",
    "has_wifi",
    "has_training_room",
    "opens_on",
)


class SiteList(ListPage):
    model = Site
    filterset_class = SiteFilter
    heading = "Sites"
    nouns = ("site", "sites")
    default_sort = "name"
    permissions = ("sites.view",)
    template_name = "fleet/facts_list.html"
    empty_text = "Import a file (Fleet, Imports), or add the first one here."
    columns = (
        Column(
            key="name",
            title="Name",
            value=lambda site: under(site.name, site.code),
            csv="name",
            link=to("fleet:site-detail"),
        ),
        Column(key="kind", title="Kind"),
        Column(key="region", title="Region", empty="Not known"),
        Column(key="people", title="People", is_numeric=True),
        Column(key="devices_here", title="Devices", is_numeric=True),
        Column(key="capacity_desks", title="Desks", is_numeric=True, empty="Not known"),
        Column(
            key="per_head",
            title="Mbit/s each",
            is_numeric=True,
            empty="Not known",
        ),
        Column(key="closes_on", title="Closes", empty="Stays"),
        Column(
            key="replaced_by",
            title="Replaced by",
            value="replaced_by.name",
            csv="replaced_by__code",
            link=to("fleet:site-detail", "replaced_by_id"),
            empty="Nothing",
        ),
        *extra(Site, *EXPORTED),
    )

    def get_queryset(self) -> QuerySet[Site]:
        sites = Site.objects.visible_to(signed_in(self.request))
        return sites.with_headcount().select_related("replaced_by")

    def get_context_data(self) -> dict[str, Any]:
        return super().get_context_data() | add_link(
            self.request, "sites.change", "fleet:site-add", "Add a site", model=Site
        )


class SitePage(ObjectPage):
    model = Site
    place = "site"
    view_permission = "sites.view"
    change_permission = "sites.change"
    edit_url_name = "fleet:site-edit"
    template_name = "fleet/site_detail.html"

    def get_queryset(self) -> QuerySet[Site]:
        sites = Site.objects.visible_to(signed_in(self.request))
        return sites.with_headcount().select_related("replaced_by")

    def context(self, row: Any) -> dict[str, Any]:
        by = signed_in(self.request)
        devices, people = (
            f"{reverse(f'fleet:{name}-list')}?site={row.pk}" if by.access.may(permission) else ""
            for name, permission in (("device", "devices.view"), ("person", "people.view"))
        )
        return {
            "state": state_of(row),
            "cards": [
                Stat(text.number(row.people), "people at work here", people and f"{people}&at_work=now"),
                Stat(text.number(row.devices_here), "devices on the books", devices),
                Stat(text.number(row.capacity_desks or 0), "desks"),
                Stat(str(row.per_head or "–"), "Mbit/s a head"),
            ],
            "sections": [_place(row), _dates(row, by), _equipment(row)],
            "replaces": row.replaces.all(),
            "review_url": review_url(by, permission="sites.view", site_id=row.pk),
        }


def _place(site: Site) -> Section:
    where = ", ".join(str(part) for part in (site.latitude, site.longitude) if part is not None)
    rows = [SummaryRow("Code", site.code), SummaryRow("Kind", site.get_kind_display())]
    return Section(
        "Place", [*rows, *words(site, "region", "postcode"), SummaryRow("Coordinates", known(where))]
    )


def _dates(site: Site, by: User) -> Section:
    return Section(
        "Opening and closing",
        [
            SummaryRow("State", status.tag(site.state, state_of(site))),
            SummaryRow("Opens", text.shown(site.opens_on, "Has always been open")),
            SummaryRow("Closes", text.shown(site.closes_on, "No closing date")),
            SummaryRow("Replaced by", link("site", site.replaced_by, by, "Nothing")),
        ],
    )


def _equipment(site: Site) -> Section:
    return Section(
        "Equipment",
        [
            SummaryRow(
                "Network", format_html("{} Mbit/s", site.network_mbps) if site.network_mbps else known(None)
            ),
            SummaryRow("Wi-Fi", known(site.has_wifi)),
            SummaryRow("Training room", known(site.has_training_room)),
        ],
    )


class AddSite(AddFacts):
    model = Site
    form_class = SiteForm
    permission = "sites.change"
    heading = "Add a site"


class EditSite(EditFacts):
    model = Site
    form_class = SiteForm
    permission = "sites.change"
    heading = "Change facts"
