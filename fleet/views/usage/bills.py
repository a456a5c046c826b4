"""A carrier's bill is brought in, and a person says once what its columns mean."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from fleet.errors import Invalid
from fleet.forms.usage import BillForm, MappingForm
from fleet.services.imports.headers import samples
from fleet.services.usage import layouts, mapping
from fleet.services.usage.heads import opened_head
from fleet.services.usage.reading import preview
from fleet.services.usage.receiving import receive_bill
from fleet.services.usage.steps import PERMISSION
from fleet.tasks import wake_importer
from fleet.views.facts import FactsForm
from fleet.views.imports.deciding import ImportVerb
from fleet.views.usage.previewing import masked, preview_table
from fleet.vocabulary import ImportStatus
from fleet.web import text
from fleet.web.forms import add_refusal
from fleet.web.requests import signed_in


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
        if not self.row.is_bill or (self.row.status in self.states and not self.row.head):
            raise Http404
        if self.row.status in self.states:
            self.file = opened_head(self.row)
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
        found = samples(opened_head(self.row), headers)
        examples = {
            header: f"It holds, for example: {' · '.join(map(masked, cells))}" if cells else "Empty at first."
            for header, cells in found.items()
        }
        return super().get_form_kwargs() | {"headers": headers, "examples": examples}

    def form_valid(self, form: Any) -> Any:
        if "show" in self.request.POST:
            return self.render_to_response(self.get_context_data(form=form, said=form.said))
        self.said = form.said
        return super().form_valid(form)

    def do(self, data: dict[str, Any]) -> str:
        kept, is_new = mapping.map_file(found=self.row, said=self.said)
        if is_new:
            return f"Kept for the next file of {kept.carrier} with these columns."
        return f"It takes the place of what was said of {kept.carrier}’s files with these columns."

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        said = kwargs.pop("said", None) or (None if self.request.method == "POST" else self.get_initial())
        context = super().get_context_data(**kwargs)
        standing = layouts.mapping_for(
            organisation_id=self.row.organisation_id,
            carrier=self.row.usage_batch.carrier,
            headers=self.file.columns,
        )
        more = {"carrier": self.row.usage_batch.carrier, "standing": standing}
        return context | more | self._preview(said, context["form"])

    def _preview(self, said: dict[str, Any] | None, form: Any) -> dict[str, Any]:
        if said is None:
            return {}
        batch = self.row.usage_batch
        period = (batch.period_start, batch.period_end) if batch.period_start else None
        try:
            rows = preview(opened_head(self.row), mapping.layout_from(self.row, said), period=period)
        except Invalid as error:
            if form.is_bound:
                add_refusal(form, error)
            return {"preview_refusal": str(error)}
        return {"preview": preview_table(rows)}
