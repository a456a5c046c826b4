"""A file is brought in."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from fleet.forms.imports import FileForm, loadable
from fleet.services.imports.kinds import KINDS
from fleet.services.imports.receiving import receive
from fleet.tasks import wake_importer
from fleet.views.facts import FactsForm
from fleet.views.imports.lists import page_of_kind
from fleet.web.requests import signed_in


class ImportFile(FactsForm):
    form_class = FileForm
    template_name = "fleet/import_add.html"
    heading = "Import a file"
    submit = "Check the file"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        self.kinds = loadable(signed_in(request))
        if not self.kinds:
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"user": signed_in(self.request)}

    def get_initial(self) -> dict[str, Any]:
        asked = self.request.GET.get("kind", "")
        return {"kind": asked} if asked in self.kinds else {}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kinds = [{"title": KINDS[key].title, "url": page_of_kind(key)} for key in self.kinds]
        return super().get_context_data(**kwargs) | {"kinds": kinds}

    def answer(self, data: dict[str, Any]) -> HttpResponse:
        found = receive(
            organisation=data["organisation"],
            kind=data["kind"],
            file_name=data["file"].name,
            content=data["file"].read(),
            by=signed_in(self.request),
            complete_on=data["as_of"],
        )
        wake_importer(found.pk)
        return redirect("fleet:import-detail", pk=found.pk)

    def get_success_url(self) -> str:
        return reverse("fleet:import-list")
