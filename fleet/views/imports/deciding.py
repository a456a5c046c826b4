"""What a person decides on a file, one page each."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.shortcuts import redirect
from django.urls import reverse

from fleet.forms.imports import ColumnsForm, ConfirmForm, SitesForm
from fleet.models import Import
from fleet.services.imports import deciding, headers
from fleet.services.imports.kinds import KINDS
from fleet.services.imports.references import spellings_of_sites
from fleet.services.imports.spellings import fold
from fleet.tasks import wake_importer
from fleet.views.facts import FactsForm, VisibleRow
from fleet.views.imports.lists import page_of_kind
from fleet.vocabulary import ImportStatus
from fleet.web.forms import GovukForm
from fleet.web.requests import signed_in


class ImportVerb(VisibleRow, FactsForm):
    """A form for a decision on one file; for those who may only look it is absent.

    Where the file is in another state by now, as after a press on Back, it leads to the file's page.
    """

    model = Import
    states: ClassVar[tuple[ImportStatus, ...]]
    # Whether the page is there for carriers' bills too, which are named and undone in ways of their own.
    is_of_bills: ClassVar[bool] = True
    form_class: Any = GovukForm

    def get_queryset(self) -> QuerySet[Import]:
        return super().get_queryset().select_related("organisation").defer("content")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        is_for_it = self.is_of_bills or not self.row.is_bill
        if not (is_for_it and self.row.may_be_decided_by(signed_in(request))):
            raise Http404
        if self.row.status not in self.states:
            messages.info(request, f"The file is “{self.row.get_status_display().lower()}” by now.")
            return redirect(self.get_success_url())
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"row": self.row, "name": str(self.row)}

    def get_success_url(self) -> str:
        return reverse("fleet:import-detail", args=[self.row.pk])

    def answer(self, data: dict[str, Any]) -> Any:
        answer = super().answer(data)
        wake_importer(self.row.pk)
        return answer


class FormOfFile(ImportVerb):
    """Its form is about the file, and `do` may ask it for more than the cleaned data."""

    form: Any

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"found": self.row}

    def form_valid(self, form: Any) -> Any:
        self.form = form
        return super().form_valid(form)


class NameColumns(FormOfFile):
    states = (ImportStatus.NAMING,)
    is_of_bills = False
    form_class = ColumnsForm
    template_name = "fleet/import_columns.html"
    heading = "What do these columns mean?"
    submit = "Check the file"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        likelier = headers.likelier_kind(KINDS, self.row.kind, [one["header"] for one in self.row.unknown])
        more = {
            "kind_url": page_of_kind(self.row.kind),
            "title": KINDS[self.row.kind].title.lower(),
            "likelier": KINDS[likelier].title.lower() if likelier else "",
        }
        return super().get_context_data(**kwargs) | more

    def do(self, data: dict[str, Any]) -> str:
        deciding.name_columns(found=self.row, columns=self.form.columns)
        return "What the columns mean is kept for the next file."


class NameSites(FormOfFile):
    is_of_bills = False
    states = (ImportStatus.CHECKED,)
    form_class = SitesForm
    template_name = "fleet/import_sites.html"
    heading = "Which sites are meant?"
    submit = "Save and check again"

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"guesses": self._guesses()}

    def _guesses(self) -> dict[str, int]:
        """The site that each spelling is closest to."""
        known = spellings_of_sites(self.row.organisation)
        close = {one["spelling"]: known.close_to(fold(one["spelling"])) for one in self.row.unknown}
        return {spelling: found[0] for spelling, found in close.items() if found}

    def do(self, data: dict[str, Any]) -> str:
        deciding.name_sites(found=self.row, sites=self.form.chosen)
        return "The spellings are kept for all files to come."


class ConfirmImport(FormOfFile):
    states = (ImportStatus.CHECKED,)
    form_class = ConfirmForm
    template_name = "fleet/import_confirm.html"
    heading = "Apply this file?"
    submit = "Apply it"

    def get_initial(self) -> dict[str, Any]:
        return {"seen": self.row.digest}

    def do(self, data: dict[str, Any]) -> str:
        deciding.confirm(
            found=self.row,
            by=signed_in(self.request),
            seen=data["seen"],
            may_end_many=data.get("may_end_many", False),
            may_replace=data.get("may_replace", False),
        )
        return "The file is being applied."


class DiscardImport(ImportVerb):
    states = (ImportStatus.NAMING, ImportStatus.CHECKED, ImportStatus.FAILED)
    template_name = "fleet/import_discard.html"
    heading = submit = "Discard the file"

    def do(self, data: dict[str, Any]) -> str:
        deciding.discard(found=self.row)
        return "The file is forgotten. It changed nothing."


class RetryImport(ImportVerb):
    states = (ImportStatus.FAILED,)
    template_name = "fleet/import_retry.html"
    heading = submit = "Try again"

    def do(self, data: dict[str, Any]) -> str:
        deciding.retry(found=self.row)
        return "It is tried again."
