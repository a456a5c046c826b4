"""Deliveries: what did this push change, what failed and why, is a replay safe?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from fleet.errors import Invalid
from fleet.filters.mdm import DeliveryFilter
from fleet.mdm import ledger
from fleet.mdm.applying import retry_delivery
from fleet.models import Delivery, Device, User
from fleet.tasks import wake_worker
from fleet.views.mdm.replays import ApplyAgain, links_of
from fleet.views.shown import link
from fleet.vocabulary import DeliveryStatus, Outcome
from fleet.web import status, text
from fleet.web.lists import ListPage
from fleet.web.pages import cut_numbers, pages
from fleet.web.parts import Stat, SummaryRow
from fleet.web.requests import signed_in
from fleet.web.tables import Column, Table, to

LINES_A_PAGE = 100


def _count(outcome: Outcome) -> Column:
    def counted(delivery: Delivery) -> int:
        return delivery.outcomes.count(outcome.value)

    return Column(
        key=outcome.label, title=outcome.label.capitalize(), value=counted, csv=counted, is_numeric=True
    )


class DeliveryList(ListPage):
    model = Delivery
    filterset_class = DeliveryFilter
    heading = "Deliveries"
    nouns = ("delivery", "deliveries")
    default_sort = "-received_at"
    permissions = ("mdm.view",)
    empty_text = "Each push of an MDM source appears here, with what became of its records."
    columns = (
        Column(key="received_at", title="Received", link=to("fleet:delivery-detail")),
        Column(key="source", title="Source", value="source.name", csv="source__slug"),
        Column(key="status", title="Status", is_status=True),
        *(_count(outcome) for outcome in Outcome),
        Column(key="id", title="Id", is_extra=True),
    )

    def get_queryset(self) -> QuerySet[Delivery]:
        return super().get_queryset().select_related("source").defer("body", "device_ids", "problems")


LINES = (
    Column(key="position", title="Record", value=lambda line: str(line["position"] + 1)),
    Column(key="outcome", title="Outcome", value=lambda line: status.tag(line["outcome"])),
    Column(
        key="device",
        title="Device",
        value=lambda line: line["device"],
        link=lambda line: reverse("fleet:device-detail", args=[line["device"].pk]) if line["device"] else "",
    ),
    Column(key="errors", title="Why", template="fleet/_mdm_errors.html"),
)


@require_safe
def delivery_detail(request: HttpRequest, pk: Any) -> HttpResponse:
    user = signed_in(request)
    rows = (
        Delivery.objects.visible_to(user).select_related("source__organisation", "replayed_by").defer("body")
    )
    delivery = get_object_or_404(rows, pk=pk)
    outcome = _outcome_of(request)
    shown, links = _page(request, _positions(delivery, outcome))
    may_retry, has_body = user.access.may_touch("mdm.manage", delivery), delivery.has_body
    context = {
        "row": delivery,
        "heading": f"Delivery of {text.moment(delivery.received_at)}",
        "is_waiting": delivery.status in {DeliveryStatus.PENDING, DeliveryStatus.PROCESSING},
        "may_retry": may_retry and has_body and delivery.status == DeliveryStatus.FAILED,
        **(links_of(delivery, user) if has_body else {}),
        "cards": _cards(delivery),
        "facts": _facts(delivery, has_body=has_body),
        "outcome": outcome,
        "pages": pages(request.GET, links),
        "table": _lines(delivery, list(shown), user),
        "has_conflicts": Outcome.CONFLICT.value in delivery.outcomes,
        "log_url": _log_url(delivery, user),
    }
    return render(request, "fleet/mdm_delivery_detail.html", context)


def _log_url(delivery: Delivery, user: User) -> str:
    """What it changed, in the change log, for those who may read that."""
    if not user.access.may("history.view", organisation_id=delivery.source.organisation_id):
        return ""
    return f"{reverse('fleet:change-log')}?delivery={delivery.pk}"


def _outcome_of(request: HttpRequest) -> Outcome | None:
    """The outcome that the address asks for; a word that is none is not found."""
    name = request.GET.get("outcome")
    if not name:
        return None
    try:
        return next(one for one in Outcome if one.label == name)
    except StopIteration as error:
        raise Http404 from error


def _positions(delivery: Delivery, outcome: Outcome | None) -> Sequence[int]:
    return ledger.positions_of(delivery, outcome) if outcome else range(len(delivery.outcomes))


def _page(request: HttpRequest, positions: Sequence[int]) -> tuple[Sequence[int], dict[str, int]]:
    try:
        return cut_numbers(positions, LINES_A_PAGE, request.GET)
    except Invalid as error:
        raise Http404 from error


def _lines(delivery: Delivery, positions: list[int], user: User) -> Table:
    lines = ledger.lines_at(delivery, positions)
    devices = Device.objects.visible_to(user).in_bulk({line.device for line in lines if line.device})
    rows = [
        {
            "position": line.position,
            "outcome": line.outcome.label,
            "device": devices.get(line.device or 0),
            "errors": line.errors,
        }
        for line in lines
    ]
    return Table(columns=LINES, rows=rows, caption="Records")


def _cards(delivery: Delivery) -> list[Stat]:
    tones = {"rejected": "warning", "conflict": "warning"}
    return [
        Stat(
            text.number(count),
            name,
            f"?outcome={name}" if count else "",
            tones.get(name, "") if count else "",
        )
        for name, count in ledger.counts_of(delivery.outcomes).items()
    ]


def _facts(delivery: Delivery, *, has_body: bool) -> list[SummaryRow]:
    is_over = delivery.status == DeliveryStatus.EXPIRED
    sync = f"{delivery.sync_id}, part {delivery.sync_part} of {delivery.sync_of}" if delivery.sync_id else ""
    rows = [
        SummaryRow("Source", link("source", delivery.source)),
        SummaryRow("Status", status.tag(delivery.status, delivery.get_status_display())),
        SummaryRow("Applied", text.shown(delivery.applied_at, "Never" if is_over else "Not yet")),
        SummaryRow("Replayed", _replayed(delivery)),
        SummaryRow("Size", f"{text.size(delivery.size_bytes)}, {delivery.content_type}"),
        SummaryRow(
            "Body", f"Kept for {settings.MDM_KEEP_BODIES_DAYS} days" if has_body else "Deleted after its time"
        ),
        SummaryRow("Attempts", text.number(delivery.attempts)),
        SummaryRow("Complete sync", sync),
        SummaryRow("Idempotency key", delivery.idempotency_key),
        SummaryRow("Request", delivery.request_id),
        SummaryRow("Events that say nothing of a device", _ignored(delivery)),
        SummaryRow("Fields not kept", ", ".join(delivery.notes.get("dropped", ()))),
        SummaryRow(_TROUBLES.get(delivery.status, "Last trouble"), delivery.error),
    ]
    return [row for row in rows if row.value]


def _replayed(delivery: Delivery) -> str:
    if delivery.replayed_at is None:
        return ""
    return " by ".join(filter(None, [text.moment(delivery.replayed_at), str(delivery.replayed_by or "")]))


_TROUBLES: dict[str, str] = {
    DeliveryStatus.FAILED: "Why it failed",
    DeliveryStatus.QUARANTINED: "Why it is in quarantine",
    DeliveryStatus.EXPIRED: "Why it was never applied",
}


def _ignored(delivery: Delivery) -> str:
    return ", ".join(
        f"{kind} ({text.number(count)})" for kind, count in delivery.notes.get("ignored", {}).items()
    )


class RetryDelivery(ApplyAgain):
    template_name = "fleet/mdm_delivery_retry.html"
    heading = submit = "Retry the delivery"

    def do(self, data: dict[str, Any]) -> str:
        retry_delivery(delivery=self.row)
        wake_worker(self.row.pk)
        return "The delivery waits to be applied again."
