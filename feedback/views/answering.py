"""What a lead does with threads: answers them, and clears a queue of them."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.contrib import messages
from django.db.models import Count, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from feedback.filters import QueueFilter
from feedback.forms.answering import RespondForm, SeveralForm
from feedback.models import Thread
from feedback.models.threads import late
from feedback.services import answering, merging
from feedback.views.threads import WORKING_DAYS, raised_on, raised_on_iso
from fleet.errors import Invalid
from fleet.models import Grant, User
from fleet.services.bulk.selecting import Selection, Subject
from fleet.services.working_days import working_days_between
from fleet.views.facts import FactsForm, VisibleRow
from fleet.web import text
from fleet.web.bulk import BulkAction
from fleet.web.lists import ListPage
from fleet.web.parts import Stat
from fleet.web.requests import signed_in, ticked
from fleet.web.saved import OWN_PARAMETERS
from fleet.web.tables import Column, to

PERMISSION = answering.PERMISSION
MOST = 1_000


def waits(thread: Thread) -> str:
    """Working days since it was raised, while nobody has answered."""
    if thread.is_answered or thread.raised_at is None:
        return ""
    since, holidays = timezone.localdate(thread.raised_at), thread.organisation.bank_holidays
    return text.number(working_days_between(since, timezone.localdate(), holidays))


def due(thread: Any) -> SafeString | str:
    """What is due next, the response or the next update, marked where its day is past."""
    day = thread.due
    if day is None:
        return ""
    if day < timezone.localdate():
        return format_html('<strong class="govuk-tag govuk-tag--red">Overdue</strong> {}', text.day(day))
    return text.day(day)


class Queue(ListPage):
    model = Thread
    filterset_class = QueueFilter
    heading = "Queue"
    nouns = ("thread to settle", "threads to settle")
    default_sort = "-working_days_a_year"
    permissions = (PERMISSION,)
    template_name = "feedback/queue.html"
    empty_text = "Nothing waits for an answer."
    key = "feedback-queue"
    bulk = (BulkAction("several", "Acknowledge, assign or merge", "feedback:several", PERMISSION),)
    columns = (
        Column(key="title", title="Thread", link=to("feedback:thread-detail")),
        WORKING_DAYS,
        Column(key="people", title="People", is_numeric=True),
        Column(
            key="topic", title="Topic", value="topic.name", csv="topic__name", empty="None", is_extra=True
        ),
        Column(key="status", title="Status", is_status=True),
        Column(key="owner", title="Owner", empty="Nobody"),
        Column(key="waits", title="Days waited", value=waits, is_numeric=True, empty="Answered"),
        Column(key="due_on", title="Due", value=due, csv="due", empty="No day"),
        Column(key="raised_at", title="Raised", value=raised_on, csv=raised_on_iso, is_extra=True),
    )

    def get_queryset(self) -> QuerySet[Thread]:
        mine = Thread.objects.answerable_by(signed_in(self.request)).unsettled().with_due()
        return mine.select_related("topic", "owner", "organisation")

    def get_context_data(self) -> dict[str, Any]:
        rows = self.get_queryset().order_by()
        counts = rows.aggregate(**_headlines(signed_in(self.request)))
        url = reverse("feedback:queue")
        cards = [
            Stat(text.number(counts["unanswered"]), "without an official response", f"{url}?answered=false"),
            Stat(
                text.number(counts["overdue"]),
                "overdue",
                f"{url}?overdue=true",
                tone="warning" if counts["overdue"] else "",
            ),
            Stat(text.number(counts["severe"]), "severe", f"{url}?is_severe=true"),
            Stat(text.number(counts["mine"]), "are mine", f"{url}?mine=true"),
        ]
        return super().get_context_data() | {"cards": cards}


def _headlines(user: User) -> dict[str, Any]:
    return {
        "unanswered": Count("pk", filter=Q(is_answered=False)),
        "overdue": Count("pk", filter=late(timezone.localdate())),
        "severe": Count("pk", filter=Q(is_severe=True)),
        "mine": Count("pk", filter=Q(owner=user)),
    }


class Respond(VisibleRow, FactsForm):
    model = Thread
    form_class = RespondForm
    template_name = "feedback/respond.html"
    heading = "Answer officially"
    submit = "Publish the response"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not signed_in(request).access.may(PERMISSION, organisation_id=self.row.organisation_id):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get_queryset(self) -> QuerySet[Thread]:
        return super().get_queryset().select_related("organisation")

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"thread": self.row}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        role = answering.role_of(signed_in(self.request), self.row.organisation)
        return super().get_context_data(**kwargs) | {"name": self.row.title, "row": self.row, "role": role}

    def do(self, data: dict[str, Any]) -> str:
        answering.respond(
            thread=self.row, by=signed_in(self.request), reason=data.pop("status_reason"), **data
        )
        return "The response is published."

    def get_success_url(self) -> str:
        return reverse("feedback:thread-detail", args=[self.row.pk])


SUBJECT = Subject(Thread, QueueFilter, ("thread", "threads"), "feedback:queue")


class Several(FactsForm):
    """The rows chosen in the queue arrive here; asks what to do, and again where others match by then."""

    form_class = SeveralForm
    template_name = "feedback/several.html"
    heading = "Deal with several threads"
    submit = "Do it"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not signed_in(request).access.may(PERMISSION):
            raise Http404
        try:
            self.ids = list(self.threads.values_list("pk", flat=True)[: MOST + 1])
        except Invalid as error:
            return self._back(str(error))
        if not self.ids:
            return self._back("No threads are chosen. Tick some, or choose all that match.")
        if len(self.ids) > MOST:
            return self._back(f"More than {MOST:,} threads match. Narrow the filters.")
        return super().dispatch(request, *args, **kwargs)

    def _back(self, why: str) -> HttpResponse:
        messages.error(self.request, why)
        return redirect(self.get_success_url())

    @cached_property
    def threads(self) -> Any:
        user = signed_in(self.request)
        if self.request.POST.get("scope") == "all":
            chosen = Selection.matching(SUBJECT, QueryDict(self.filters), besides=OWN_PARAMETERS)
        else:
            chosen = Selection(SUBJECT, ticked=ticked(self.request))
        rows: Any = chosen.rows(user)
        return rows.answerable_by(user).unsettled().order_by("-minutes_a_year", "pk")

    @property
    def filters(self) -> str:
        return self.request.POST.get("filters", "")

    def get_form_kwargs(self) -> dict[str, Any]:
        user = signed_in(self.request)
        threads = Thread.objects.filter(pk__in=self.ids)
        where = set(threads.order_by().values_list("organisation", flat=True))
        kwargs = super().get_form_kwargs()
        if "way" not in self.request.POST:
            kwargs.pop("data", None)
            kwargs.pop("files", None)
        return kwargs | {
            "threads": threads.order_by("-people", "title"),
            "owners": owners_in(where),
            "may_merge": len(where) == 1
            and user.access.may("feedback.moderate", organisation_id=where.pop()),
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """First the queue's own POST, then the form's."""
        is_first, matched = "way" not in request.POST, request.POST.get("matched", "")
        self.is_moved = matched.isdecimal() and self._is_all and int(matched) != len(self.ids)
        if is_first or self.is_moved:
            return self.render_to_response(self.get_context_data())
        return super().post(request, *args, **kwargs)

    @property
    def _is_all(self) -> bool:
        return self.request.POST.get("scope") == "all"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        carried = [(name, self.request.POST.get(name, "")) for name in ("scope", "filters")]
        carried += [("ticked", pk) for pk in self.request.POST.getlist("ticked")]
        return super().get_context_data(**kwargs) | {
            "carried": [*carried, ("matched", len(self.ids))],
            "is_moved": getattr(self, "is_moved", False),
            "count": len(self.ids),
            "first": list(self.threads[:10]),
        }

    def do(self, data: dict[str, Any]) -> str:
        by, way = signed_in(self.request), data["way"]
        if way == "merge":
            count = merging.merge(thread_ids=self.ids, into=data["into"], by=by)
            return f"{text.counted(count, 'thread')} merged into “{data['into']}”."
        if way == "assign":
            count = answering.assign(thread_ids=self.ids, owner=data["owner"], by=by)
            return f"{text.counted(count, 'thread')} with {data['owner'] or 'nobody'} from now on."
        count = answering.acknowledge(thread_ids=self.ids, by=by)
        return f"{text.counted(count, 'thread')} acknowledged."

    def get_success_url(self) -> str:
        filters = f"?{self.filters}" if self.filters else ""
        return f"{reverse('feedback:queue')}{filters}"


def owners_in(organisation_ids: set[int]) -> QuerySet[User]:
    """Those who may answer in one of these organisations."""
    grants = Grant.objects.in_force().filter(
        organisation__in=organisation_ids, role__permissions__contains=[PERMISSION]
    )
    return User.objects.filter(is_active=True, pk__in=grants.values("user")).order_by("name", "email")
