"""A delivery run again with today's adapter: tried without writing, replayed, or its body taken away."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views import View

from fleet.errors import Invalid
from fleet.mdm.bodies import BODY_GONE
from fleet.mdm.replaying import REPLAYABLE, body_as_it_came, replay_delivery
from fleet.mdm.trying import Line, Trial, try_delivery
from fleet.models import Delivery, Device, User
from fleet.services import access_log
from fleet.tasks import wake_worker
from fleet.views.facts import VerbPage, VisibleRow
from fleet.vocabulary import DeliveryStatus, Outcome
from fleet.web import text
from fleet.web.forms import GovukForm
from fleet.web.parts import SummaryRow
from fleet.web.requests import signed_in

# A page shows so many records that a replay would change; the API shows all of them.
SHOWN = 200


class Shown(NamedTuple):
    """A record in a trial, with its device where this person may see it."""

    line: Line
    device: Device | None

    @property
    def number(self) -> int:
        return self.line.position + 1


class OfDelivery(VisibleRow, View):
    """Something of a delivery that only those see who manage its source."""

    model = Delivery

    def get_queryset(self) -> Any:
        return super().get_queryset().select_related("source__organisation")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not signed_in(request).access.may_touch("mdm.manage", self.row):
            raise Http404
        return super().dispatch(request, *args, **kwargs)


class TryDelivery(OfDelivery):
    """What a replay would do, record by record."""

    def get(self, request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        access_log.note(request, "mdm", self.row)
        context: dict[str, Any] = {"row": self.row, "may_replay": self.row.status in REPLAYABLE}
        try:
            trial = try_delivery(self.row)
        except Invalid as error:
            context |= {"refusal": str(error), "may_replay": False}
        else:
            context |= _context(trial, signed_in(request))
        return render(request, "fleet/mdm_delivery_try.html", context)


def _context(trial: Trial, user: User) -> dict[str, Any]:
    news = trial.news
    seen = Device.objects.visible_to(user).in_bulk([one.device for one in news[:SHOWN] if one.device])
    return {
        "trial": trial,
        "counts": [
            (one.label.capitalize(), trial.counts_then[one.label], trial.counts_now[one.label])
            for one in Outcome
        ],
        "news": [Shown(line, seen.get(line.device or 0)) for line in news[:SHOWN]],
        "count": len(news),
        "left": _left(trial),
    }


def _left(trial: Trial) -> list[SummaryRow]:
    rows = (
        SummaryRow("Fields kept now, not then", ", ".join(trial.kept_anew)),
        SummaryRow("Fields kept then, not now", ", ".join(trial.dropped_anew)),
        SummaryRow("Events read now, not then", ", ".join(trial.read_anew)),
        SummaryRow("Events read then, not now", ", ".join(trial.ignored_anew)),
        SummaryRow("MDM events told of", text.number(trial.events) if trial.events else ""),
    )
    return [row for row in rows if row.value]


class ApplyAgain(VerbPage):
    """Asks before a body is applied again; where that is deleted, the delivery's page says so instead."""

    model = Delivery
    permission = "mdm.manage"
    form_class = GovukForm

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self._gone(request) or super().get(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self._gone(request) or super().post(request, *args, **kwargs)

    def _gone(self, request: HttpRequest) -> HttpResponse | None:
        if self.row.has_body:
            return None
        messages.error(request, BODY_GONE)
        return redirect("fleet:delivery-detail", self.row.pk)


class ReplayDelivery(ApplyAgain):
    template_name = "fleet/mdm_delivery_replay.html"
    heading = submit = "Replay the delivery"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.row.has_body and self.row.status not in REPLAYABLE:
            raise Http404
        return super().get(request, *args, **kwargs)

    def do(self, data: dict[str, Any]) -> str:
        replay_delivery(delivery=self.row, by=signed_in(self.request))
        wake_worker(self.row.pk)
        return "The delivery waits to be applied again, with today’s adapter."


class QuarantinedBody(OfDelivery):
    """The body as it came, secrets included, of a delivery that nobody could decode."""

    def get(self, request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        if self.row.status != DeliveryStatus.QUARANTINED or not self.row.body:
            raise Http404
        try:
            content = body_as_it_came(self.row)
        except Invalid as error:
            messages.error(request, str(error))
            return redirect("fleet:delivery-detail", self.row.pk)
        access_log.note(request, "mdm", self.row, is_export=True)
        name = f"{self.row.source.slug}-{self.row.received_at:%Y%m%d-%H%M%S}.txt"
        return HttpResponse(
            content,
            content_type="text/plain",
            headers={
                "Content-Disposition": f'attachment; filename="{name}"',
                "X-Content-Type-Options": "nosniff",
                "Cache-Control": "no-store",
            },
        )


def links_of(delivery: Delivery, user: User) -> dict[str, str]:
    """What may be done with a delivery that has its body, for its page: addresses, empty where it may not."""
    may = user.access.may_touch("mdm.manage", delivery)

    def url(name: str, *, if_: bool) -> str:
        return reverse(f"fleet:delivery-{name}", args=[delivery.pk]) if may and if_ else ""

    is_quarantined = delivery.status == DeliveryStatus.QUARANTINED
    return {
        "try_url": url("try", if_=True),
        "replay_url": url("replay", if_=is_quarantined or delivery.status == DeliveryStatus.APPLIED),
        "body_url": url("body", if_=is_quarantined),
    }
