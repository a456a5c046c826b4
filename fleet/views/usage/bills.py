"""A carrier's bill is brought in, and a person says once what its columns mean."""

from __future__ import annotations

import re
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from fleet.errors import Invalid
from fleet.forms.usage import BillForm, MappingForm
from fleet.services.imports.headers import samples
from fleet.services.imports.reading import File
from fleet.services.imports.report import Rejection
from fleet.services.usage import layouts, mapping
from fleet.services.usage.reading import preview
from fleet.services.usage.receiving import receive_bill
from fleet.services.usage.steps import PERMISSION, content_of
from fleet.services.usage.totals import Entry
from fleet.tasks import wake_importer
from fleet.views.facts import FactsForm
from fleet.views.imports.deciding import ImportVerb
from fleet.views.imports.telling import label
from fleet.vocabulary import ImportStatus
from fleet.web import text
from fleet.web.forms import add_refusal
from fleet.web.requests import signed_in
from fleet.web.tables import Column, Table

# A number of somebody else is nobody's business here: its shape is enough to tell what a column holds.
_LONG = re.compile(r"\d(?=(?:[^\d]*\d){3})")
_DAY_OR_TIME = re.compile(r"\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}(?!\d)|\d+:\d\d")


# 1543870 KB, £1,234,567.89: a figure names nobody. From ten digits on it could be a number.
_FIGURE = re.compile(
    r"[£-]*(?:\d,?){1,9}(\.\d+)?\s*([KMGT]i?B|B|bytes?|h|m|s|min(ute)?s?|sec(ond)?s?)|[£-]*(?:\d,?){1,9}\.\d\d",
    re.IGNORECASE,
)


def masked(cell: str) -> str:
    """`447700900123` as `•••••••••123`; dates, times, figures, and what has fewer than seven digits stay."""
    digits = sum(character.isdigit() for character in cell)
    is_plain = digits < 7 or _DAY_OR_TIME.match(cell) or _FIGURE.fullmatch(cell.strip())
    return cell if is_plain else _LONG.sub("•", cell)


class AddBill(FactsForm):
    form_class = BillForm
    template_name = "fleet/bill_add.html"
    heading = "Import a carrier’s bill"
    submit = "Check the file"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not signed_in(request).access.whole_organisation_ids(PERMISSION):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"user": signed_in(self.request)}

    def answer(self, data: dict[str, Any]) -> HttpResponse:
        file = data["file"]
        received = receive_bill(
            organisation=data["organisation"],
            carrier=data["carrier"],
            file_name=file.name,
            content=file.read(),
            by=signed_in(self.request),
            period_start=data["period_start"],
            period_end=data["period_end"],
        )
        if received.is_new:
            wake_importer(received.file.pk)
        else:
            day = text.day(received.file.made_at)
            words = f"This very file came before, on {day}. Importing it again adds nothing."
            messages.info(self.request, words)
        return redirect("fleet:import-detail", pk=received.file.pk)

    def get_success_url(self) -> str:
        return reverse("fleet:line-list")


class MapBill(ImportVerb):
    """The form, and below it the first rows as they would be read; “Show” only renews those."""

    states = (ImportStatus.NAMING, ImportStatus.CHECKED, ImportStatus.FAILED)
    form_class = MappingForm
    template_name = "fleet/bill_mapping.html"
    heading = "What do the columns mean?"
    submit = "Save and check the file"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not self.row.is_bill or (self.row.status in self.states and not self.row.content):
            raise Http404
        if self.row.status in self.states:
            self.file = File(content_of(self.row))
        return super().dispatch(request, *args, **kwargs)

    def get_initial(self) -> dict[str, Any]:
        known = layouts.known_for(
            organisation_id=self.row.organisation_id,
            carrier=self.row.usage_batch.carrier,
            headers=self.file.columns,
        )
        if known is None:
            return layouts.guess(self.file.columns)
        return {name: getattr(known, name) for name in layouts.KEPT}

    def get_form_kwargs(self) -> dict[str, Any]:
        headers = self.file.headers
        found = samples(File(content_of(self.row)), headers)
        examples = {
            header: f"It holds, for example: {' · '.join(map(masked, cells))}" if cells else "Empty at first."
            for header, cells in found.items()
        }
        return super().get_form_kwargs() | {"found": self.row, "headers": headers, "examples": examples}

    def form_valid(self, form: Any) -> Any:
        if "show" in self.request.POST:
            return self.render_to_response(self.get_context_data(form=form, said=form.said))
        self.said = form.said
        return super().form_valid(form)

    def do(self, data: dict[str, Any]) -> str:
        kept = mapping.map_file(found=self.row, said=self.said)
        return f"Kept for the next file of {kept.carrier} with these columns."

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        said = kwargs.pop("said", None) or (None if self.request.method == "POST" else self.get_initial())
        context = super().get_context_data(**kwargs)
        return context | {"carrier": self.row.usage_batch.carrier, **self._preview(said, context["form"])}

    def _preview(self, said: dict[str, Any] | None, form: Any) -> dict[str, Any]:
        if said is None:
            return {}
        batch = self.row.usage_batch
        period = (batch.period_start, batch.period_end) if batch.period_start else None
        try:
            rows = preview(content_of(self.row), mapping.layout_from(self.row, said), period=period)
        except Invalid as error:
            if form.is_bound:
                add_refusal(form, error)
            return {"preview_refusal": str(error)}
        return {"preview": preview_table(rows)}


def _figure(name: str, say: Any = text.number) -> Any:
    def value(pair: tuple[int, Any]) -> str:
        found = getattr(pair[1], "figures", {}).get(name)
        return "" if found is None else say(found)

    return value


def _kind(pair: tuple[int, Entry | Rejection]) -> str:
    _, entry = pair
    if isinstance(entry, Rejection):
        if entry.field:
            return f"Not taken. {label(None, entry.field)}: {entry.message}"
        return f"Not taken: {entry.message}"
    words = {"data": "Data", "voice": "Call", "text": "Text"}
    return words.get(entry.kind, "Totals")


def _line(pair: tuple[int, Any]) -> str:
    return pair[1].number if isinstance(pair[1], Entry) else ""


def _bundle(pair: tuple[int, Any]) -> str:
    out = getattr(pair[1], "out", None)
    return "" if out is None else "Out" if out else "In"


def _period(pair: tuple[int, Any]) -> str:
    period = getattr(pair[1], "period", None)
    return f"{text.day(period[0])} to {text.day(period[1])}" if period else ""


def _charge(pair: tuple[int, Any]) -> str:
    pence = getattr(pair[1], "pence", None)
    return "" if pence is None else f"{pence / 100:.4f}".rstrip("0").rstrip(".")


def preview_table(rows: list[tuple[int, Entry | Rejection]]) -> Table:
    """Rows as they would be read; whom somebody called is not among it."""
    columns = (
        Column(key="row", title="Row", value=lambda pair: str(pair[0])),
        Column(key="line", title="Line", value=_line, empty="–"),
        Column(key="period", title="Billing month", value=_period, empty="–"),
        Column(key="kind", title="Kind", value=_kind),
        Column(key="data", title="Data", value=_figure("data_bytes", text.size), is_numeric=True, empty="–"),
        Column(
            key="seconds",
            title="Calls",
            value=_figure("voice_seconds", text.duration),
            is_numeric=True,
            empty="–",
        ),
        Column(key="texts", title="Texts", value=_figure("texts"), is_numeric=True, empty="–"),
        Column(key="charge", title="Charge (£)", value=_charge, is_numeric=True, empty="–"),
        Column(key="bundle", title="Bundle", value=_bundle, empty="–"),
    )
    return Table(columns=columns, rows=rows, caption="The first rows as they would be read")
