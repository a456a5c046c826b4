"""Changing many rows at once: what to set, a look at what would happen, and doing it."""

from __future__ import annotations

from functools import cached_property
from typing import Any, ClassVar

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views import View
from django.views.generic import FormView

from fleet.errors import FleetError, Invalid
from fleet.forms.bulk import BulkForm, form_of
from fleet.models import BulkChange
from fleet.services import bulk
from fleet.tasks import wake_bulk
from fleet.views.bulk_shown import check_context, counted, list_address
from fleet.views.facts import VisibleRow
from fleet.web.bulk import BulkAction
from fleet.web.forms import add_refusal
from fleet.web.requests import asked_in, signed_in, ticked
from fleet.web.saved import OWN_PARAMETERS


def actions_of(subject: str) -> tuple[BulkAction, ...]:
    """What the bar above a list offers."""
    return tuple(
        BulkAction(verb.key, verb.title, f"fleet:bulk-{subject}-{verb.key}", verb.permission)
        for verb in bulk.VERBS.values()
        if verb.subject == subject
    )


class StartBulk(FormView):  # type: ignore[type-arg]
    """The rows chosen on a list arrive here; asks what to set, and keeps the answer to be looked at.

    GET with a list's address parameters is about all that match them.
    """

    template_name = "fleet/bulk_start.html"
    subject: ClassVar[str] = ""
    verb_key: ClassVar[str] = ""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.verb = bulk.verb_of(self.subject, self.verb_key)
        if not signed_in(request).access.may(self.verb.permission):
            raise Http404
        try:
            self.matched = self.selection.rows(signed_in(request)).order_by().count()
        except Invalid as error:
            return self.refused(str(error))
        if not self.matched:
            return self.refused(f"No {self.nouns[1]} are chosen. Tick some, or choose all that match.")
        return super().dispatch(request, *args, **kwargs)

    def refused(self, why: str) -> HttpResponse:
        messages.error(self.request, why)
        return redirect(list_address(self.subject, self.params.urlencode()))

    @property
    def nouns(self) -> tuple[str, str]:
        return bulk.SUBJECTS[self.subject].nouns

    @cached_property
    def params(self) -> QueryDict:
        return QueryDict(self.request.POST.get("filters", "")) if self.request.POST else self.request.GET

    @cached_property
    def selection(self) -> bulk.Selection:
        subject = bulk.SUBJECTS[self.subject]
        if self.request.method == "POST" and self.request.POST.get("scope") != "all":
            return bulk.Selection(subject, ticked=ticked(self.request))
        return bulk.Selection.matching(subject, self.params, besides=OWN_PARAMETERS)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return super().post(request, *args, **kwargs) if "answered" in request.POST else self.get(request)

    def get_form_class(self) -> type[BulkForm]:
        return form_of(self.verb)

    def get_form_kwargs(self) -> dict[str, Any]:
        kwargs = super().get_form_kwargs() | {"user": signed_in(self.request), "verb": self.verb}
        if "answered" not in self.request.POST:
            kwargs.pop("data", None)
            kwargs.pop("files", None)
        return kwargs

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            change = bulk.propose(
                verb=self.verb,
                selection=self.selection,
                given=form.given,
                organisation=form.cleaned_data["organisation"],
                by=signed_in(self.request),
                address=self.params.urlencode(),
            )
        except FleetError as error:
            add_refusal(form, error)
            return self.form_invalid(form)
        return redirect("fleet:bulk-change-detail", pk=change.pk)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, ticked = signed_in(self.request), self.selection.ticked
        return super().get_context_data(**kwargs) | {
            "heading": self.verb.title,
            "chosen": counted(self.subject, self.matched),
            "filter_words": self.selection.words(user),
            "is_ticked": ticked is not None,
            "ticked": ticked or (),
            "filters": self.params.urlencode(),
            "cancel_url": list_address(self.subject, self.params.urlencode()),
        }


class Confirm(VisibleRow, View):
    """Does what was looked at; asks again where it has moved since."""

    model = BulkChange
    http_method_names = ("post", "options")

    def post(self, request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        change, user = self.row, signed_in(request)
        if change.made_by_id != user.pk:
            raise Http404
        try:
            change = bulk.confirm(
                change=change,
                fingerprint=request.POST.get("fingerprint") or "none",
                matched=_number(request.POST.get("matched", "")),
                by=user,
                **asked_in(request),
            )
        except bulk.Moved as moved:
            context = check_context(change, moved.check) | {"moved": str(moved)}
            return render(request, "fleet/bulk_check.html", context, status=409)
        except FleetError as error:
            messages.error(request, str(error))
            return redirect("fleet:bulk-change-detail", pk=change.pk)
        if change.is_working:
            wake_bulk(change.pk)
            return redirect("fleet:bulk-change-detail", pk=change.pk)
        messages.success(request, _done(change))
        return HttpResponseRedirect(list_address(change.subject, change.address))


def _done(change: BulkChange) -> SafeString:
    left = f" {change.left_out:,} could not be changed." if change.left else ""
    return format_html(
        '{} changed. {}.{} <a class="govuk-notification-banner__link" href="{}">See or undo it</a>',
        counted(change.subject, change.changed),
        change.value_words,
        left,
        reverse("fleet:bulk-change-detail", args=[change.pk]),
    )


def _number(given: str) -> int:
    return int(given) if given.isdecimal() and len(given) < 10 else 0
