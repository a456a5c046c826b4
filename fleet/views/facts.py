"""What the pages of facts have in common: one object shown, added, edited, or acted on by a verb."""

from __future__ import annotations

from functools import cached_property
from typing import Any, ClassVar

from django.contrib import messages
from django.db.models import Model, QuerySet
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views import View
from django.views.generic import FormView

from fleet.errors import FleetError
from fleet.services import access_log, facts
from fleet.services.change_log import PAGE as CHANGES
from fleet.services.change_log import changes_of, kind_of
from fleet.services.imports.kinds import KINDS
from fleet.views.time_lines import history_of
from fleet.web import panels
from fleet.web.forms import add_refusal
from fleet.web.requests import signed_in

NAMES = {
    "staffmember": "person",
    "devicemodel": "model",
    "mdmsource": "source",
    "carriermapping": "carrier-mapping",
    "identityconflict": "conflict",
    "classificationscheme": "scheme",
    "schemeswitch": "switch",
}


def page_of(row: Model) -> str:
    """The address of a row's own page."""
    name = row._meta.model_name or ""
    return reverse(f"fleet:{NAMES.get(name, name)}-detail", args=[row.pk])


def add_link(
    request: HttpRequest, permission: str, url_name: str, text: str, *, model: type[Model]
) -> dict[str, str]:
    """For a list's page: the button that adds a row and the way to bring in a file, for whoever may."""
    access = signed_in(request).access
    if not access.adding_organisation_ids(permission, model):
        return {}
    kind = next((key for key, kind in KINDS.items() if kind.model is model), "")
    may_import = kind and access.whole_organisation_ids(KINDS[kind].permission)
    found = {"add_url": reverse(url_name), "add_text": text}
    return found | ({"import_url": f"{reverse('fleet:import-kinds')}?kind={kind}"} if may_import else {})


def change_table(request: HttpRequest, row: Any) -> dict[str, Any]:
    """For `fleet/_changes.html`: the row's change log from `?before=` on."""
    before = request.GET.get("before", "")
    entries = changes_of(row, before=int(before) if before.isdecimal() else None)
    older = f"?before={entries[-1].number}" if len(entries) == CHANGES else ""
    may_open = signed_in(request).access.may("mdm.view")
    return {
        "changes": entries,
        "older_url": older,
        "may_open_deliveries": may_open,
        "shows_changes": True,
        "all_changes_url": f"{reverse('fleet:change-log')}?kind={kind_of(row)}&row={row.pk}",
    }


class VisibleRow:
    """Loads the row of the address through `visible_to`: what a person may not see is absent."""

    model: ClassVar[type[Model]]
    request: HttpRequest
    kwargs: dict[str, Any]

    def get_queryset(self) -> QuerySet[Any]:
        manager: Any = self.model._default_manager
        rows: QuerySet[Any] = manager.visible_to(signed_in(self.request))
        return rows

    @cached_property
    def row(self) -> Any:
        return get_object_or_404(self.get_queryset(), pk=self.kwargs["pk"])


class ObjectPage(VisibleRow, View):
    """The page of one object: what `context` says of it, panels of other apps, and its change log."""

    place: ClassVar[str] = ""
    view_permission: ClassVar[str] = ""
    change_permission: ClassVar[str]
    edit_url_name: ClassVar[str] = ""
    template_name: ClassVar[str]
    # What the page shows of people, for the access log.
    seen: ClassVar[str] = ""

    def get(self, request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        if self.seen:
            access_log.note(request, self.seen, self.row)
        row, access = self.row, signed_in(request).access
        url = reverse(self.edit_url_name, args=[row.pk]) if self.edit_url_name else ""
        return render(
            request,
            self.template_name,
            {
                "row": row,
                "heading": str(row),
                "may_list": not self.view_permission or access.may(self.view_permission),
                "edit_url": url if access.may_touch(self.change_permission, row) else "",
                "panels": panels.rendered(self.place, request, row) if self.place else [],
                **self.changes(row),
                **self.context(row),
            },
        )

    def changes(self, row: Any) -> dict[str, Any]:
        is_shown = signed_in(self.request).access.may_touch("history.view", row)
        return history_of(self.request, row) if is_shown else {}

    def context(self, row: Any) -> dict[str, Any]:
        raise NotImplementedError


class FactsForm(FormView):  # type: ignore[type-arg]
    """A page with one form whose verb may refuse; the refusal stands at the field that it names."""

    template_name = "fleet/facts_form.html"
    permission: ClassVar[str]
    heading: ClassVar[str]
    submit: ClassVar[str] = "Save"

    def do(self, data: dict[str, Any]) -> str:
        """Call the verb and say what it did. Raises FleetError."""
        raise NotImplementedError

    def answer(self, data: dict[str, Any]) -> HttpResponse:
        """What follows: back to the row with a word of what was done, unless there is something to show."""
        messages.success(self.request, self.do(data))
        return redirect(self.get_success_url())

    def form_valid(self, form: BaseForm) -> HttpResponse:
        try:
            return self.answer(form.cleaned_data)
        except FleetError as error:
            add_refusal(form, error)
            return self.form_invalid(form)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        words = {"heading": self.heading, "submit": self.submit, "cancel_url": self.cancel_url}
        return super().get_context_data(**kwargs) | words

    @property
    def cancel_url(self) -> str:
        return self.get_success_url()


class VerbPage(VisibleRow, FactsForm):
    """A form for a verb on one row; for those who may only look at the row, the page is absent."""

    seen: ClassVar[str] = ""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not signed_in(request).access.may_touch(self.permission, self.row):
            raise Http404
        self.name = str(self.row)  # as it is called before a form has touched it
        if self.seen:
            access_log.note(request, self.seen, self.row)
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"row": self.row, "name": self.name}

    def get_success_url(self) -> str:
        return page_of(self.row)


class EditFacts(VerbPage):
    """Changes the register facts of a row."""

    def get_form_kwargs(self) -> dict[str, Any]:
        user = signed_in(self.request)
        return super().get_form_kwargs() | {
            "instance": self.row,
            "user": user,
            "permission": self.permission,
        }

    def do(self, data: dict[str, Any]) -> str:
        facts.save(self.row)
        return f"{self.row} is changed."


class AddFacts(FactsForm):
    """Adds a row to an organisation in which the person may."""

    model: ClassVar[type[Model]]
    row: Any

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not signed_in(request).access.adding_organisation_ids(self.permission, self.model):
            raise Http404
        self.row = self.model()
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        kwargs = {"instance": self.row, "user": signed_in(self.request), "permission": self.permission}
        return super().get_form_kwargs() | kwargs

    def do(self, data: dict[str, Any]) -> str:
        facts.save(self.row)
        return f"{self.row} is added."

    def get_success_url(self) -> str:
        return page_of(self.row)

    @property
    def cancel_url(self) -> str:
        name = self.model._meta.model_name or ""
        return reverse(f"fleet:{NAMES.get(name, name)}-list")
