"""The change log of an organisation: who did what, one kind of object at a time."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from fleet.models import User
from fleet.services.change_kinds import KINDS, visible_events
from fleet.services.change_log import CHANNELS, PAGE, entries
from fleet.web.filters import address
from fleet.web.forms import FilterForm
from fleet.web.requests import signed_in


class ChangeLogForm(FilterForm):
    kind = forms.ChoiceField(required=False, label="What was changed")
    who = forms.EmailField(required=False, label="Who, by email address")
    channel = forms.ChoiceField(required=False, choices=[("", "Any"), *CHANNELS.items()], label="How")
    on = forms.DateField(required=False, label="On which day")
    delivery = forms.UUIDField(required=False, label="By which MDM delivery")
    before = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(key, kind.title) for key, kind in KINDS.items()]  # type: ignore[attr-defined]


def _narrowed(events: QuerySet[Any], data: dict[str, Any]) -> QuerySet[Any]:
    if data["who"]:
        user = User.objects.filter(email__iexact=data["who"]).first()
        events = events.filter(pgh_context__metadata__actor=user.pk) if user else events.none()
    if data["channel"]:
        events = events.filter(pgh_context__metadata__channel=data["channel"])
    if data["delivery"]:
        events = events.filter(pgh_context__metadata__delivery=str(data["delivery"]))
    return events.filter(pgh_created_at__date=data["on"]) if data["on"] else events


@require_safe
def change_log(request: HttpRequest) -> HttpResponse:
    if not signed_in(request).access.may("history.view"):
        raise Http404
    form = ChangeLogForm(request.GET)
    found, kind = [], next(iter(KINDS.values()))
    if form.is_valid():
        kind = KINDS.get(form.cleaned_data["kind"], kind)
        events = _narrowed(visible_events(kind, signed_in(request)), form.cleaned_data)
        found = entries(events, before=form.cleaned_data["before"])
    older = address(request.GET, before=str(found[-1].number)) if len(found) == PAGE else ""
    context = {
        "row_page": kind.url_name,
        "form": form,
        "changes": found,
        "older_url": older,
        "may_open_deliveries": signed_in(request).access.may("mdm.view"),
        "clear_url": reverse("fleet:change-log"),
    }
    return render(request, "fleet/change_log.html", context)
