"""Saving a view of a list, renaming, sharing and deleting it."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from fleet.forms.saved_views import RenameViewForm, SaveViewForm
from fleet.models import SavedView
from fleet.services.saved_views import change_view, delete_view, save_view
from fleet.views.facts import FactsForm, VisibleRow
from fleet.web.forms import GovukForm
from fleet.web.requests import signed_in
from fleet.web.saved import checked


class _BackToTheList(FactsForm):
    """Ends where it began: on the list, whose address the form carries."""

    def get_success_url(self) -> str:
        asked = self.request.POST.get("back") or self.request.GET.get("back") or ""
        is_ours = asked.startswith("/") and url_has_allowed_host_and_scheme(asked, allowed_hosts=None)
        return asked if is_ours else reverse("home:today")


class SaveView(_BackToTheList):
    form_class = SaveViewForm
    heading = "Save this view"
    template_name = "fleet/saved_view_form.html"

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"user": signed_in(self.request)}

    def get_initial(self) -> dict[str, Any]:
        return {name: self.request.GET.get(name, "") for name in ("list", "query", "back")}

    def answer(self, data: dict[str, Any]) -> HttpResponse:
        super().answer(data)
        return HttpResponseRedirect(f"{self.get_success_url()}?{self.view.query}")

    def do(self, data: dict[str, Any]) -> str:
        user = signed_in(self.request)
        self.view = save_view(
            by=user,
            list_key=data["list"],
            name=data["name"],
            query=checked(data["list"], data["query"], user),
            is_shared=data["is_shared"],
            organisation=data["organisation"],
        )
        return f"The view “{self.view}” is saved. It stands above the list."


class _ChangeableView(VisibleRow, _BackToTheList):
    model = SavedView

    def get_queryset(self) -> QuerySet[SavedView]:
        return SavedView.objects.changeable_by(signed_in(self.request))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"name": str(self.row)}


class RenameView(_ChangeableView):
    form_class = RenameViewForm
    heading = "Change a saved view"

    def get_initial(self) -> dict[str, Any]:
        return {"name": self.row.name, "is_shared": self.row.is_shared}

    def do(self, data: dict[str, Any]) -> str:
        change_view(view=self.row, by=signed_in(self.request), **data)
        return f"The view is called “{self.row}” now{' and is shared' if self.row.is_shared else ''}."


class DeleteView(_ChangeableView):
    form_class = GovukForm
    heading = "Delete a saved view"
    submit = "Delete the view"
    template_name = "fleet/saved_view_delete.html"

    def do(self, data: dict[str, Any]) -> str:
        name = str(self.row)
        delete_view(view=self.row, by=signed_in(self.request))
        return f"The view “{name}” is deleted."
