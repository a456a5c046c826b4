"""What the three pages of the fleet over time share: a question in the address, an answer, a CSV."""

from __future__ import annotations

from functools import cached_property, partial
from typing import Any, ClassVar

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views import View

from fleet.forms.estate import PlaceForm
from fleet.models import Organisation
from fleet.services.estate.asking import Place
from fleet.tasks import measure_soon
from fleet.views.facts import FactsForm
from fleet.vocabulary import LifeCycle
from fleet.web import text
from fleet.web.exports import csv_response
from fleet.web.filters import address
from fleet.web.navigation import Link
from fleet.web.requests import signed_in
from fleet.web.tables import Table

PAGES = (
    ("fleet:estate", "Versions"),
    ("fleet:estate-groups", "Compliance, age and more"),
    ("fleet:estate-support", "End of support"),
    ("fleet:estate-software", "Software"),
)


def devices_url(place: Place, **filters: Any) -> str:
    """The device list that shows exactly the devices in use that are counted; "" where no list does."""
    if not place.is_listed_alike:
        return ""
    asked = QueryDict(mutable=True)
    asked.setlist("life_cycle", [LifeCycle.ISSUED.value, LifeCycle.ON_LOAN.value])
    asked["organisation"] = place.organisation.code
    if place.site:
        asked["site"] = str(place.site.pk)
    for name, value in filters.items():
        asked[name] = str(value)
    return f"{reverse('fleet:device-list')}?{asked.urlencode()}"


class EstatePage(View):
    """`url_name` is one of `PAGES`; `answer` fills the page and names the table that its CSV holds."""

    url_name: ClassVar[str]
    form_class: ClassVar[type[PlaceForm]] = PlaceForm
    template_name = "fleet/estate.html"
    csv_name: ClassVar[str]

    def get(self, request: HttpRequest) -> HttpResponseBase:
        user = signed_in(request)
        if not user.access.may("devices.view"):
            raise Http404
        form = self.form_class(request.GET, user=user)
        is_csv = request.GET.get("format") == "csv"
        if not form.is_valid():
            return render(request, self.template_name, self._frame(form), status=400 if is_csv else 200)
        if is_csv:
            table = self.exported(form)
            return csv_response(table.columns, table.rows, self.csv_name)
        measured_at = form.place.measured_at()
        context = self._frame(form) | self.answer(form) | {"measured_at": measured_at}
        context["csv_url"] = address(request.GET, format="csv")
        return render(request, self.template_name, context)

    def answer(self, form: Any) -> dict[str, Any]:
        raise NotImplementedError

    def exported(self, form: Any) -> Table:
        raise NotImplementedError

    def _frame(self, form: PlaceForm) -> dict[str, Any]:
        access = signed_in(self.request).access
        links = [
            Link(title=title, url=reverse(name), current="page" if name == self.url_name else "")
            for name, title in PAGES
        ]
        return {
            "heading": "Fleet over time",
            "form": form,
            "links": links,
            "clear_url": self.request.path,
            "may_measure": bool(access.whole_organisation_ids("devices.change")),
        }


class OrganisationForm(FactsForm):
    """A form about an organisation in which the person may change devices."""

    permission = "devices.change"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not signed_in(request).access.may_change(self.permission, organisation_id=self.organisation.pk):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def organisation(self) -> Organisation:
        where = signed_in(self.request).access.organisation_ids("devices.view")
        return get_object_or_404(Organisation.objects.filter(pk__in=where), pk=self.kwargs["pk"])


def as_of(place: Place) -> str:
    measured_at = place.measured_at()
    return f"Source: daily counts, last made {text.moment(measured_at)}." if measured_at else ""


class Measure(View):
    """Counts now, by a worker, instead of tonight."""

    def post(self, request: HttpRequest) -> HttpResponse:
        where = signed_in(request).access.whole_organisation_ids("devices.change")
        if not where:
            raise Http404
        for organisation_id in sorted(where):
            transaction.on_commit(partial(measure_soon, organisation_id))
        messages.success(request, "The devices are being counted. Load this page again in a moment.")
        return redirect("fleet:estate")
