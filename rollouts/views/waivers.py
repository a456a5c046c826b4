"""Waivers of a tranche: the list, granting one, ending one."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from fleet.web import text
from fleet.web.requests import signed_in
from fleet.web.status import tag
from fleet.web.tables import Column, Table
from rollouts.checks import CHECKS
from rollouts.forms.waivers import WaiverForm
from rollouts.models import Waiver
from rollouts.services.transitions import may
from rollouts.services.waivers import end_waiver, grant_waiver
from rollouts.views.base import TrancheAction
from rollouts.views.frame import frame, visible_tranche


def check_title(key: str) -> str:
    """A check that was taken out of the registry keeps its key for a name."""
    return CHECKS[key].title if key in CHECKS else key


def covers(waiver: Waiver) -> str:
    """Whom or what a waiver is for."""
    if waiver.person:
        return str(waiver.person.staff_member)
    return str(waiver.site) if waiver.site else "The whole tranche"


def standing(waiver: Waiver) -> SafeString:
    if waiver.ended_at:
        return tag("ended", "Ended")
    return (
        tag("expired", "Expired") if waiver.expires_on < timezone.localdate() else tag("waived", "In force")
    )


def _end_link(waiver: Waiver) -> SafeString | str:
    if waiver.ended_at:
        return ""
    url = reverse("rollouts:waiver-end", args=[waiver.pk])
    hidden = f" the waiver of {check_title(waiver.check_key)}"
    return format_html(
        '<a class="govuk-link" href="{}">End<span class="govuk-visually-hidden">{}</span></a>', url, hidden
    )


COLUMNS = (
    Column(key="check", title="Check", value=lambda waiver: check_title(waiver.check_key)),
    Column(key="covers", title="For", value=covers),
    Column(key="reason", title="Reason"),
    Column(key="owner", title="Owner"),
    Column(key="expires_on", title="Expires"),
    Column(key="standing", title="Status", value=standing),
)
END = Column(key="end", title="Action", value=_end_link, empty="–")


@require_safe
def waiver_list(request: HttpRequest, pk: int) -> HttpResponse:
    user = signed_in(request)
    tranche = visible_tranche(user, pk)
    waivers = Waiver.objects.visible_to(user).filter(tranche=tranche)
    waivers = waivers.select_related("person__staff_member", "site", "owner")
    may_waive = may(user, tranche, "waive")
    columns = (*COLUMNS, END) if may_waive else COLUMNS
    table = Table(columns=columns, rows=list(waivers), caption="Waivers", is_caption_hidden=True)
    shown = {"table": table, "may_waive": may_waive}
    return render(request, "rollouts/waiver_list.html", shown | frame(tranche, "waiver-list", user))


class Grant(TrancheAction):
    """`?check=` and `?person=` (a staff number) fill the form in."""

    verb = "waive"
    section = "waiver-list"
    form_class = WaiverForm
    heading = "Grant a waiver"
    submit = "Grant the waiver"
    consequence = "A waiver accepts a blocker, by name and for a time. It does not mend it."

    def form_kwargs(self) -> dict[str, Any]:
        asked = self.request.GET
        initial = {"check_key": asked.get("check", ""), "person": asked.get("person", "")}
        return {"tranche": self.tranche, "initial": initial}

    def perform(self, form: WaiverForm) -> str:
        waiver = grant_waiver(tranche=self.tranche, by=self.user, **form.cleaned_data)
        return f"{check_title(waiver.check_key)} is waived until {waiver.expires_on:%-d %B %Y}."


class End(TrancheAction):
    verb = "waive"
    section = "waiver-list"
    template_name = "rollouts/confirm.html"
    heading = "End the waiver?"
    submit = "End the waiver"

    def load(self) -> None:
        waivers = Waiver.objects.visible_to(self.user).select_related("person__staff_member", "site")
        self.waiver = get_object_or_404(waivers, pk=self.kwargs["pk"])
        self.open(visible_tranche(self.user, self.waiver.tranche_id))

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if self.waiver.ended_at is None:
            return super().get(request, **kwargs)
        messages.error(request, f"This waiver was ended on {text.moment(self.waiver.ended_at)}.")
        return redirect(self.back_url)

    @property
    def consequence(self) -> str:  # type: ignore[override]
        return f"“{check_title(self.waiver.check_key)}” counts again for: {covers(self.waiver)}."

    def perform(self, form: Any) -> str:
        end_waiver(waiver=self.waiver, by=self.user)
        return f"The waiver of “{check_title(self.waiver.check_key)}” was ended."
