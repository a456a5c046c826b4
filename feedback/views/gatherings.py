"""Sessions in person: the list, one session, announcing, signing up, and notes that become threads."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views import View

from feedback.filters import GatheringFilter
from feedback.forms.gatherings import CancelForm, GatheringForm, NoteForm
from feedback.models import Gathering, Thread
from feedback.services import meeting
from feedback.services.meeting import PERMISSION
from feedback.tasks import tell_those_coming
from fleet.services import access_log
from fleet.views.facts import AddFacts, FactsForm, VisibleRow
from fleet.web import status, text
from fleet.web.exports import csv_response
from fleet.web.forms import GovukForm
from fleet.web.lists import ListPage
from fleet.web.parts import SummaryRow
from fleet.web.requests import signed_in
from fleet.web.tables import Column, Table, to

COMING = (
    Column(key="name", title="Name", value="user.name", csv="user__name"),
    Column(key="signed_up_at", title="Signed up"),
)


def where_of(gathering: Gathering) -> str:
    return ", ".join(str(one) for one in (gathering.site, gathering.place) if one)


def state_of(gathering: Gathering) -> str:
    return gathering.get_state_display()


def places_of(gathering: Any) -> str:
    coming = text.number(gathering.coming)
    return f"{coming} of {text.number(gathering.places)}" if gathering.places else coming


class GatheringList(ListPage):
    model = Gathering
    filterset_class = GatheringFilter
    heading = "Sessions in person"
    nouns = ("session in person", "sessions in person")
    default_sort = "-starts_at"
    permissions = ("feedback.view",)
    template_name = "feedback/gathering_list.html"
    empty_text = "A technology lead announces a workshop, a surgery or a briefing, and people sign up here."
    columns = (
        Column(key="title", title="Title", link=to("feedback:gathering-detail")),
        Column(key="kind", title="Kind"),
        Column(key="starts_at", title="Starts"),
        Column(key="where", title="Where", value=where_of),
        Column(key="state", title="State", csv=state_of, is_status=True),
        Column(key="coming", title="Signed up", value=places_of, csv="coming"),
        Column(key="places", title="Places", is_numeric=True, is_extra=True, empty="No limit"),
        Column(key="organisation", title="Organisation", csv="organisation__code", is_extra=True),
    )

    def get_queryset(self) -> QuerySet[Gathering]:
        rows: Any = super().get_queryset()
        found: QuerySet[Gathering] = rows.with_coming().select_related("organisation", "site")
        return found

    def get_context_data(self) -> dict[str, Any]:
        may = signed_in(self.request).access.may(PERMISSION)
        return super().get_context_data() | {"may_announce": may}


class _OnGathering(VisibleRow):
    model = Gathering
    row: Gathering

    def get_queryset(self) -> QuerySet[Gathering]:
        rows: Any = super().get_queryset()
        found: QuerySet[Gathering] = rows.with_coming().select_related("organisation", "site", "led_by")
        return found

    def may(self, permission: str) -> bool:
        access = signed_in(self.request).access
        return access.may(permission, organisation_id=self.row.organisation_id)


class GatheringPage(_OnGathering, View):
    def get(self, request: HttpRequest, **_kwargs: Any) -> HttpResponseBase:
        row, user, leads = self.row, signed_in(request), self.may(PERMISSION)
        coming = row.sign_ups.select_related("user") if leads else row.sign_ups.none()
        if leads:
            is_export = request.GET.get("format") == "csv"
            access_log.note(request, "sign-ups", row, rows=row.coming, is_export=is_export)  # type: ignore[attr-defined]
            if is_export:
                return csv_response(COMING, coming, "signed-up")
        has_begun = row.starts_at <= timezone.now() and not row.cancelled_at
        context = {
            "row": row,
            "facts": facts_of(row),
            "state": row.state,
            "is_coming": row.sign_ups.filter(user=user).exists(),
            "is_full": row.places is not None and row.coming >= row.places,  # type: ignore[attr-defined]
            "may_come": self.may("feedback.post"),
            "leads": leads,
            "has_begun": has_begun,
            "coming": Table(columns=COMING, rows=coming, caption="Who comes", is_caption_hidden=True),
            "threads": Thread.objects.visible_to(user).filter(gatherings=row).order_by("title"),
        }
        return render(request, "feedback/gathering_detail.html", context)


def facts_of(row: Any) -> list[SummaryRow]:
    state = row.state
    label = row.get_state_display()
    begins, ends = timezone.localtime(row.starts_at), timezone.localtime(row.ends_at)
    rows = [
        SummaryRow("State", status.tag(state, label)),
        SummaryRow("Cancelled because", row.cancelled_because) if row.cancelled_because else None,
        SummaryRow("When", f"{text.moment(begins)} to {text.moment(ends).rpartition(', ')[2]}"),
        SummaryRow("Where", where_of(row)),
        SummaryRow("Signed up", places_of(row)),
        SummaryRow("Led by", str(row.led_by or "Somebody who is gone")),
    ]
    return [one for one in rows if one]


class AnnounceGathering(AddFacts):
    model = Gathering
    form_class = GatheringForm
    permission = PERMISSION
    heading = "Announce a session"
    submit = "Announce it"
    template_name = "feedback/gathering_form.html"

    def do(self, data: dict[str, Any]) -> str:
        meeting.save_gathering(gathering=self.row, by=signed_in(self.request))
        return "The session is announced."

    def get_success_url(self) -> str:
        return reverse("feedback:gathering-detail", args=[self.row.pk])

    @property
    def cancel_url(self) -> str:
        return reverse("feedback:gathering-list")


class _Verb(_OnGathering, FactsForm):
    form_class: Any = GovukForm
    permission = PERMISSION
    template_name = "feedback/gathering_form.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not self.may(self.permission):
            raise Http404
        self.name = self.row.title
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"name": self.name, "row": self.row}

    def get_success_url(self) -> str:
        return reverse("feedback:gathering-detail", args=[self.row.pk])


class EditGathering(_Verb):
    form_class = GatheringForm
    heading = "Change the session"

    def get_form_kwargs(self) -> dict[str, Any]:
        user = signed_in(self.request)
        return super().get_form_kwargs() | {"instance": self.row, "user": user, "permission": PERMISSION}

    def do(self, data: dict[str, Any]) -> str:
        if meeting.save_gathering(gathering=self.row, by=signed_in(self.request)):
            tell_those_coming(self.row)
        return "The session is changed."


class CancelGathering(_Verb):
    form_class = CancelForm
    heading = "Cancel the session"
    submit = "Cancel it"

    def do(self, data: dict[str, Any]) -> str:
        meeting.cancel_gathering(gathering=self.row, by=signed_in(self.request), because=data["because"])
        tell_those_coming(self.row)
        return "The session is cancelled. Whoever signed up is told."


class SignUpFor(_Verb):
    permission = "feedback.post"
    heading = "Sign up"
    submit = "I come"

    def do(self, data: dict[str, Any]) -> str:
        meeting.sign_up(gathering=self.row, by=signed_in(self.request))
        return "You have signed up."


class WithdrawFrom(_Verb):
    permission = "feedback.post"
    heading = "Withdraw"
    submit = "I do not come"

    def do(self, data: dict[str, Any]) -> str:
        meeting.withdraw(gathering=self.row, by=signed_in(self.request))
        return "You have withdrawn. Your place is free again."


class NoteOf(_Verb):
    form_class = NoteForm
    heading = "Write down what was said"
    submit = "Raise it as a thread"

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"organisation": self.row.organisation}

    def do(self, data: dict[str, Any]) -> str:
        meeting.note(gathering=self.row, by=signed_in(self.request), **data)
        return "It is raised as a thread."
