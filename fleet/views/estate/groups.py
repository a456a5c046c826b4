"""Compliance, encryption, age and more: how many devices in use are in each group, now and by month."""

from __future__ import annotations

from functools import partial
from typing import Any

from fleet.forms.estate import GroupForm
from fleet.models import DeviceModel
from fleet.services.estate.asking import Place
from fleet.services.estate.groups import GroupLine, by_month, drawn, groups_today, month_lines
from fleet.views.estate.pages import EstatePage, as_of, devices_url
from fleet.vocabulary import Measure
from fleet.web import text
from fleet.web.charts import Figure, Plot, Series, stacked_bars
from fleet.web.charts.plot import MAX_SERIES
from fleet.web.tables import Column, Table

FILTERS = {
    Measure.COMPLIANCE: "compliance",
    Measure.ENCRYPTION: "encrypted",
    Measure.AGE: "age",
    Measure.SEEN: "seen_band",
    Measure.ENROLMENT: "enrolment",
}
MONTHS = (
    Column(key="day", title="Measured on"),
    Column(key="label", title="Group"),
    Column(key="count", title="Devices", is_numeric=True),
    Column(key="n", title="All in use (n)", is_numeric=True),
)


class GroupsPage(EstatePage):
    url_name = "fleet:estate-groups"
    form_class = GroupForm
    csv_name = "fleet-by-month"

    def exported(self, form: Any) -> Table:
        measure = Measure(form.cleaned_data["measure"])
        return Table(columns=MONTHS, rows=month_lines(form.place, measure), caption="By month")

    def answer(self, form: Any) -> dict[str, Any]:
        measure, place = Measure(form.cleaned_data["measure"]), form.place
        now = groups_today(place, measure)
        columns = (
            Column(key="label", title=str(measure.label), link=_link_of(place, measure)),
            Column(key="count", title="Devices in use", is_numeric=True),
            Column(
                key="share", title="Share", value=lambda row: text.share(row.count, row.n), is_numeric=True
            ),
        )
        table = Table(columns=columns, rows=now, caption=f"{measure.label} of devices in use, now")
        return {"tables": [table] if now else [], "figure": _figure(place, measure)}


def _link_of(place: Place, measure: Measure) -> Any:
    if measure in FILTERS:
        return lambda row: devices_url(place, **{FILTERS[measure]: row.group})
    models = DeviceModel.objects.filter(organisation=place.organisation)
    return partial(_model_url, place, {str(model): model.pk for model in models})


def _model_url(place: Place, keys: dict[str, int], row: GroupLine) -> str:
    """A model that an MDM reports and nobody has entered has no list of its own."""
    return devices_url(place, model=keys[row.group]) if row.group in keys else ""


def _figure(place: Place, measure: Measure) -> Figure | None:
    months = by_month(place, measure)
    if not months:
        return None
    lines = drawn(measure, months, MAX_SERIES)
    label, counts = max(lines, key=lambda one: one[1][-1])
    first, last = months[0], months[-1]
    then = f", {text.share(counts[0], first.n)} in {first.day:%B %Y}" if len(months) > 1 else ""
    plot = Plot(
        title=f"{label}: {text.share(counts[-1], last.n)} in {last.day:%B %Y}{then}",
        description=f"Devices in use by {str(measure.label).lower()}, as last measured in each month.",
        labels=[f"{month.day:%B %Y}" for month in months],
        series=[Series(name, values) for name, values in lines],
        y_title="Devices in use",
        x_title="Month",
    )
    return Figure(draw=stacked_bars, plot=plot, source=as_of(place), points=[one.day for one in months])
