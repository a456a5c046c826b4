"""One's own sessions, and those of people in whose organisation one manages access."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from fleet.models import Grant, Session
from fleet.services import second_factor
from fleet.services.grants import MANAGE
from fleet.services.sessions import end_sessions, end_sessions_of_holder
from fleet.tasks import post_mail, send_notice
from fleet.views.facts import VerbPage
from fleet.views.shown import Section
from fleet.web import text
from fleet.web.forms import GovukForm
from fleet.web.parts import SummaryRow
from fleet.web.requests import signed_in
from fleet.web.tables import Column, Table


def own_sessions(request: HttpRequest) -> QuerySet[Session]:
    rows: QuerySet[Session] = Session.objects.live().filter(user=signed_in(request))
    return rows.order_by("-last_active_at")


def own_digest(request: HttpRequest) -> str:
    digest: str = request.session.digest  # type: ignore[attr-defined]
    return digest


def _table(rows: QuerySet[Session], this: str) -> Table:
    def is_this(row: Session) -> bool:
        return row.session_key == this

    columns = (
        Column(key="browser", title="Browser", value=str),
        Column(key="ip_address", title="IP address", empty="Not known"),
        Column(key="signed_in_at", title="Signed in", empty="Not known"),
        Column(key="last_active_at", title="Last active"),
        Column(
            key="end",
            title="End it",
            value=lambda row: "This one" if is_this(row) else f"End {row}",
            link=lambda row: "" if is_this(row) else reverse("fleet:session-end", args=[row.session_key]),
        ),
    )
    return Table(columns=columns, rows=rows, caption="Your sessions", is_caption_hidden=True)


@require_safe
def session_list(request: HttpRequest) -> HttpResponse:
    rows = own_sessions(request)
    context = {"table": _table(rows, own_digest(request)), "has_others": len(rows) > 1}
    return render(request, "fleet/session_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def end_session(request: HttpRequest, digest: str) -> HttpResponse:
    row = get_object_or_404(own_sessions(request).exclude(session_key=own_digest(request)), pk=digest)
    if request.method == "POST":
        end_sessions(user=signed_in(request), only=digest)
        messages.success(request, f"{row} is signed out.")
        return redirect("fleet:session-list")
    return _confirm(request, "End a session", {"row": row})


@require_http_methods(["GET", "HEAD", "POST"])
def end_other_sessions(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        user = signed_in(request)
        count = end_sessions(user=user, besides=own_digest(request))
        messages.success(request, f"{text.counted(count, 'session')} ended. This one goes on.")
        return redirect("fleet:session-list")
    return _confirm(request, "End all other sessions", {})


def _confirm(request: HttpRequest, heading: str, context: dict[str, Any]) -> HttpResponse:
    shown = {"heading": heading, "cancel_url": reverse("fleet:session-list"), **context}
    return render(request, "fleet/session_end.html", shown)


def signing_in(grant: Grant, *, may_help: bool) -> Section:
    """For the page of a role held: how its holder gets in, and what helps who has lost a phone."""
    count = Session.objects.live().filter(user=grant.user).count()
    factor = second_factor.of(grant.user)

    def link(name: str, is_of_use: bool) -> str:
        return reverse(f"fleet:grant-{name}", args=[grant.pk]) if may_help and is_of_use else ""

    rows = [
        SummaryRow("Sessions", text.counted(count, "session"), link("end-sessions", bool(count)), "End all"),
        SummaryRow(
            "Second factor", "On" if factor else "Off", link("reset-second-factor", bool(factor)), "Reset"
        ),
    ]
    return Section("Signing in", rows)


class _ForHolder(VerbPage):
    """Help for somebody who holds a role, from the page of it."""

    model = Grant
    form_class = GovukForm
    permission = MANAGE
    template_name = "fleet/grant_help.html"
    consequence = ""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if self.row.organisation_id not in signed_in(request).access.whole_organisation_ids(MANAGE):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get_queryset(self) -> QuerySet[Grant]:
        return super().get_queryset().select_related("user", "role", "organisation")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        said = self.consequence.format(user=self.row.user)
        return super().get_context_data(**kwargs) | {"consequence": said}


class EndSessionsOfHolder(_ForHolder):
    heading = submit = "End all sessions"
    consequence = "{user} is signed out everywhere and must sign in again, also for what they are doing now."

    def do(self, data: dict[str, Any]) -> str:
        count = end_sessions_of_holder(grant=self.row, by=signed_in(self.request))
        return f"{text.counted(count, 'session')} of {self.row.user} ended."


class ResetSecondFactor(_ForHolder):
    heading = submit = "Reset the second factor"
    consequence = (
        "{user} is signed out everywhere, can then sign in with the password alone, and sets up a new phone. "
        "Be sure that it is they who ask: speak to them in person or call them back."
    )

    def do(self, data: dict[str, Any]) -> str:
        second_factor.reset_of_holder(grant=self.row, by=signed_in(self.request))
        post_mail(send_notice, "second_factor_reset", self.row.user_id)
        return f"The second factor of {self.row.user} is off. They have been told by mail."
