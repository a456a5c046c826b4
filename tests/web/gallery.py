"""Addresses with one page for each component, so that the kit is tested without any app's pages."""

from typing import Any

import django_filters
from django import forms
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template import engines
from django.urls import path
from django.utils import timezone

from config.urls import urlpatterns as product
from fleet.models import Site
from fleet.vocabulary import SiteKind
from fleet.web.bulk import BulkAction
from fleet.web.charts import Band, Figure, Limit, Plot, Series, area, columns, line, stacked_bars
from fleet.web.filters import ChoicesFilter, ListFilterSet, SearchFilter, YesNoFilter
from fleet.web.forms import GovukForm
from fleet.web.keyset import by
from fleet.web.lists import ListPage
from fleet.web.navigation import Link
from fleet.web.parts import Event, Stat, SummaryRow, Task
from fleet.web.tables import Column, Table, to

WEEKS = [str(week) for week in range(1, 41)]
MONTHS = ["Jun", "Jul", "Aug", "Sep"]


COMPONENTS = """
{% extends "base.html" %}
{% block title %}Components{% endblock %}
{% block head %}{% refresh 3600 %}{% endblock %}
{% block before %}{% breadcrumbs "Sites" "/sites/" %}{% endblock %}
{% block content %}
  <h1 class="govuk-heading-l">Components</h1>
  {% as_of now stale=True %}
  {% sub_navigation links "Tranche 3" %}
  <h2 class="govuk-heading-m">Two things need a decision</h2>
  {% task_list tasks %}
  {% stats stats %}
  {% inset %}Beds &amp; desks: {% share 81 412 %}{% endinset %}
  {% warning %}Nothing brings a wiped device back.{% endwarning %}
  {% empty_state "No devices yet" %}Push the first one.{% endempty_state %}
  {% summary_list rows %}
  <div id="work" data-live>{% progress 412 8300 "Computing readiness" %}</div>
  {% copyable "curl -H 'Authorization: Bearer token' http://127.0.0.1:8000/api/v1/mdm/inventory" "Command" %}
  {% table table %}
  <h2 class="govuk-heading-m">History</h2>
  {% timeline events %}
  {% for figure in figures %}{% chart figure %}{% endfor %}
{% endblock %}
"""


class SiteFilter(ListFilterSet):
    q = SearchFilter("name__icontains", "code__istartswith", label="Name or code")
    kind = ChoicesFilter(choices=SiteKind.choices, label="Kind")
    has_wifi = YesNoFilter(label="Wi-Fi")
    replaced_by = django_filters.ModelChoiceFilter(queryset=Site.objects.all(), label="Replaced by")
    closes_before = django_filters.DateFilter("closes_on", lookup_expr="lt", label="Closes before")

    sorts = by("name", "code", "capacity_desks", "closes_on")


class SiteGallery(ListPage):
    model = Site
    filterset_class = SiteFilter
    heading = "Sites"
    key = "gallery"
    nouns = ("site", "sites")
    default_sort = "name"
    permissions = ("sites.view",)
    empty_text = "Load your sites from a file first."
    bulk = (BulkAction("close", "Close them", "gallery-chosen", "sites.change"),)
    columns = (
        Column(key="name", title="Name", link=to("site", "code")),
        Column(key="code", title="Code"),
        Column(key="kind", title="Kind", is_status=True),
        Column(key="capacity_desks", title="Desks", is_numeric=True),
        Column(key="closes_on", title="Closes", empty="Stays open"),
        Column(
            key="replaced_by",
            title="Replaced by",
            value="replaced_by.name",
            csv="replaced_by__code",
        ),
        Column(key="region", title="Region", is_extra=True),
    )

    def get_queryset(self) -> Any:
        return super().get_queryset().select_related("replaced_by")


class GalleryForm(GovukForm):
    name = forms.CharField(help_text="As staff know it.")
    kind = forms.ChoiceField(choices=[("", "Choose"), *SiteKind.choices])
    style = forms.ChoiceField(choices=SiteKind.choices, widget=forms.RadioSelect)
    kinds = forms.MultipleChoiceField(
        choices=SiteKind.choices, widget=forms.CheckboxSelectMultiple, label="Kinds"
    )
    opens_on = forms.DateField(label="Opening day", help_text="For example, 27 3 2026")
    desks = forms.IntegerField(min_value=1)
    notes = forms.CharField(widget=forms.Textarea, required=False)
    plan = forms.FileField(label="Floor plan", required=False)
    has_wifi = forms.BooleanField(label="There is Wi-Fi", required=False)


def figures() -> list[Figure]:
    """One of each chart."""
    planned = [8131 / (1 + 2.7 ** ((18 - week) / 5)) for week in range(40)]
    actual = [3943 * (week / 21) ** 2 if week < 22 else None for week in range(40)]
    low = [None if week < 21 else min(3943 + (week - 21) * 290, 8300) for week in range(40)]
    high = [None if week < 21 else min(3943 + (week - 21) * 440, 8300) for week in range(40)]
    s_curve = Plot(
        title="Rollout is 1,516 devices behind plan at week 22",
        description="Planned and actual devices handed over, by week.",
        labels=WEEKS,
        series=[Series("Planned", [round(one) for one in planned]), Series("Actual", actual)],
        y_title="Devices handed over (cumulative)",
        x_title="Week",
        band=Band("Forecast", low, high),
        limit=Limit("Goal 9,000", 9000),
        today=21,
    )
    parts = [
        Series("Ready", [210, 140, 40, 5]),
        Series("At risk", [40, 100, 90, 8]),
        Series("Blocked", [6, 54, 220, 330]),
    ]
    sites = Plot(
        title="Northgate holds the tranche back",
        description="",
        labels=["Civic Centre", "Bridge House", "Northgate", "Depot Road"],
        series=parts,
        x_title="Site",
    )
    spend = Plot(
        title="Two phones went over their allowance",
        description="",
        labels=MONTHS,
        series=[Series("Usage", [0.4, 1.2, 0.9, 1.4]), Series("Calls", [0.2, 0.1, 0.4, 0.3])],
        y_title="GB a month",
        limit=Limit("Allowance", 1),
    )
    share = Plot(
        title="81% have the new browser", description="", labels=MONTHS, series=parts, y_title="Devices"
    )
    source = "Source: MDM, 21 November 2026 at 6:00am."
    pairs = [(line, s_curve), (stacked_bars, sites), (columns, spend), (area, share)]
    return [Figure(draw=draw, plot=plot, source=source, csv_url="?format=csv") for draw, plot in pairs]


def components(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    context = {
        "now": now,
        "figures": figures(),
        "stats": [
            Stat("1,516", "devices behind plan", "/sites/", "warning"),
            Stat("3,943", "handed over of 8,300"),
        ],
        "tasks": [
            Task(
                "Approve or hold tranche 3",
                "overdue",
                "/sites/",
                "3 of 7 gates are not met",
                due="Was due 18 Nov",
            ),
            Task("Confirm 18 devices are lost", "to_do"),
        ],
        "rows": [SummaryRow("Serial", "C02X"), SummaryRow("Holder", None, "/sites/")],
        "events": [Event("Issued", now, "Ida Manager", "To J. Morris", "/sites/"), Event("Received", now)],
        "links": [Link("Readiness", "/components/", "page"), Link("People", "/sites/")],
        "table": Table(
            columns=[Column(key="name", title="Name"), Column(key="n", title="Devices", is_numeric=True)],
            rows=[{"name": "A", "n": 1200}],
            caption="Tranches",
        ),
    }
    return HttpResponse(engines["django"].from_string(COMPONENTS).render(context, request))


def form(request: HttpRequest) -> HttpResponse:
    bound = GalleryForm(request.POST or None, request.FILES or None)
    if bound.is_valid():
        return redirect("gallery-form")
    return render(
        request, "base_form.html", {"form": bound, "heading": "Add a site", "cancel_url": "/sites/"}
    )


WORK = """
{% extends "base.html" %}
{% block head %}{% if running %}{% refresh 0.1 %}{% endif %}{% endblock %}
{% block content %}
  <h1 class="govuk-heading-l">Work</h1>
  <div id="work" data-live>{% if running %}{% progress visits 3 "Computing" %}{% else %}Done{% endif %}</div>
{% endblock %}
"""


def work(request: HttpRequest) -> HttpResponse:
    """Done at the third visit."""
    visits = request.session["visits"] = request.session.get("visits", 0) + 1
    context = {"visits": visits, "running": visits < 3}
    return HttpResponse(engines["django"].from_string(WORK).render(context, request))


def chosen(request: HttpRequest) -> JsonResponse:
    """What the list handed on."""
    return JsonResponse(dict(request.POST.lists()))


def site(request: HttpRequest, code: str) -> HttpResponse:
    return HttpResponse(code)


# The product's own follow, as the navigation leads to them.
urlpatterns = [
    path("sites/", SiteGallery.as_view(), name="sites"),
    path("sites/<code>/", site, name="site"),
    path("components/", components, name="gallery-components"),
    path("progress/", work, name="gallery-work"),
    path("form/", form, name="gallery-form"),
    path("chosen/", chosen, name="gallery-chosen"),
    *product,
]
