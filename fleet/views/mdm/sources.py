"""MDM sources: is data arriving, and with which tokens?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.safestring import SafeString

from fleet.filters.mdm import MdmSourceFilter
from fleet.mdm.refusals import ADVICE
from fleet.models import IdentityConflict, MdmSource, SourceToken
from fleet.models.sources import MdmSourceQuerySet
from fleet.services.findings import Finding
from fleet.views.facts import ObjectPage, add_link
from fleet.views.mdm.deliveries import DeliveryList
from fleet.views.mdm.tokens import REVOKE, TOKENS, curl_of, set_up_of
from fleet.views.shown import Section
from fleet.vocabulary import SourceAuth, SourceKind
from fleet.web import status, text
from fleet.web.lists import ListPage
from fleet.web.parts import Stat, SummaryRow
from fleet.web.requests import signed_in
from fleet.web.tables import Column, Table, to

LATEST = 5
_KEPT = f"Each expires {settings.MDM_KEEP_BODIES_DAYS} days"


def state_of(source: Any) -> SafeString:
    """Whether anything is wrong with the source, the worst first."""
    if not source.is_active:
        return status.tag("ended", "Switched off")
    if source.is_silent(source.last_delivery_at):
        return status.tag("silent", "Silent too long" if source.last_delivery_at else "Nothing yet")
    if source.failed:
        return status.tag("failed", "Deliveries failed")
    return status.tag("active", "Arriving") if source.last_delivery_at else status.tag("new", "Awaited")


class SourceList(ListPage):
    model = MdmSource
    filterset_class = MdmSourceFilter
    heading = "MDM sources"
    nouns = ("source", "sources")
    default_sort = "name"
    permissions = ("mdm.view",)
    template_name = "fleet/mdm_source_list.html"
    empty_text = "Add the system that manages your devices, and give its administrator the token."
    columns = (
        Column(key="name", title="Name", link=to("fleet:source-detail")),
        Column(key="state", title="State", value=state_of, csv="is_active"),
        Column(
            key="last_delivery_at",
            title="Last delivery",
            empty="Never",
        ),
        Column(key="waiting", title="Waiting", is_numeric=True),
        Column(key="failed", title="Failed", is_numeric=True),
        Column(key="missing", title="Devices missing", is_numeric=True),
        Column(key="kind", title="Kind"),
        Column(key="slug", title="Slug", is_extra=True),
    )

    def get_queryset(self) -> QuerySet[MdmSource]:
        return cast(MdmSourceQuerySet, super().get_queryset()).with_health()

    def get_context_data(self) -> dict[str, Any]:
        button = add_link(self.request, "mdm.manage", "fleet:source-add", "Add a source", model=MdmSource)
        return super().get_context_data() | button


class SourcePage(ObjectPage):
    model = MdmSource
    change_permission = "mdm.manage"
    edit_url_name = "fleet:source-edit"
    template_name = "fleet/mdm_source_detail.html"

    def get_queryset(self) -> QuerySet[MdmSource]:
        rows = cast(MdmSourceQuerySet, super().get_queryset())
        return rows.with_health().select_related("organisation")

    def context(self, row: Any) -> dict[str, Any]:
        may_manage = signed_in(self.request).access.may_touch("mdm.manage", row)
        tokens = list(row.tokens.select_related("created_by").order_by("-created_at"))
        return {
            "cards": _cards(row),
            "findings": list(findings_of(row, tokens)),
            "all_well": "Its data arrives and is applied."
            if row.last_delivery_at
            else "It waits for its first delivery.",
            "sections": [Section("About the source", _about(row))],
            "tokens": Table(
                columns=(*TOKENS, REVOKE) if may_manage else TOKENS, rows=tokens, caption="Tokens"
            ),
            "deliveries": _latest(row),
            "deliveries_url": deliveries_of(row),
            "may_manage": may_manage,
            "has_tokens": row.auth != SourceAuth.OIDC,
            "set_up": set_up_of(self.request, row, "TOKEN"),
            "curl": curl_of(self.request, row, "TOKEN"),
        }


def deliveries_of(source: MdmSource, **filters: str) -> str:
    """The address of the list of its deliveries."""
    return f"{reverse('fleet:delivery-list')}?source={source.slug}" + "".join(
        f"&{name}={value}" for name, value in filters.items()
    )


def _cards(source: Any) -> list[Stat]:
    conflicts = IdentityConflict.objects.open().filter(source=source).count()
    conflicts_url = f"{reverse('fleet:conflict-list')}?source={source.slug}&status=open"
    missing_url = f"{reverse('fleet:device-list')}?missing_from={source.slug}"
    waiting_url = deliveries_of(source, status="pending&status=processing")
    return [
        Stat(text.number(source.waiting), "waiting to be applied", waiting_url),
        _alarm(source.failed, "failed", deliveries_of(source, status="failed")),
        *_quarantined(source),
        _alarm(conflicts, "open conflicts", conflicts_url),
        Stat(
            text.number(source.missing),
            "devices missing from its last complete sync",
            missing_url if source.missing else "",
        ),
    ]


def _quarantined(source: Any) -> list[Stat]:
    """Native bodies that cannot be decoded are refused, so there are none."""
    if source.kind == SourceKind.NATIVE:
        return []
    return [_alarm(source.quarantined, "in quarantine", deliveries_of(source, status="quarantined"))]


def _alarm(count: int, label: str, url: str) -> Stat:
    return Stat(text.number(count), label, url, "warning" if count else "")


def findings_of(source: Any, tokens: list[SourceToken]) -> Iterator[Finding]:
    """Why nothing arrives, or is not applied, and what to do about it."""
    if not source.is_active:
        yield Finding("It is switched off", "Every push is refused until somebody switches it on again.")
    if source.auth != SourceAuth.OIDC and not any(token.works for token in tokens):
        yield Finding("No token of it works", "Make a new one and give it to the sender.")
    if source.refused_at and not (source.last_delivery_at and source.last_delivery_at > source.refused_at):
        why = f"{source.get_refusal_display()} ({text.moment(source.refused_at)})"
        yield Finding("The last push was refused", f"{why}. {ADVICE[source.refusal]}")
    if source.is_silent(source.last_delivery_at):
        what = "It has been silent for too long" if source.last_delivery_at else "Nothing has arrived yet"
        yield Finding(what, "Check that the sender runs, reaches this address and sends a token that works.")
    if source.failed:
        yield Finding(
            f"{text.counted(source.failed, 'delivery', 'deliveries')} failed",
            f"Read why on the page of each, and retry it. {_KEPT} after it arrived.",
        )
    if source.quarantined:
        yield Finding(
            f"{text.counted(source.quarantined, 'body', 'bodies')} in quarantine",
            f"They could not be decoded. Read why on the page of each. {_KEPT} after it arrived.",
        )


def _about(source: Any) -> list[SummaryRow]:
    return [
        SummaryRow("State", state_of(source)),
        SummaryRow("Last delivery", text.shown(source.last_delivery_at, "Never")),
        *_refused(source),
        SummaryRow("Organisation", source.organisation),
        SummaryRow("Kind", source.get_kind_display()),
        SummaryRow("Proves who it is by", source.get_auth_display()),
        SummaryRow("Slug", source.slug),
        SummaryRow("Warn when silent for", f"{source.silent_after_hours} hours"),
    ]


def _refused(source: MdmSource) -> list[SummaryRow]:
    if source.refused_at is None:
        return []
    said = f"{text.moment(source.refused_at)}: {source.get_refusal_display()}"
    return [SummaryRow("Last push refused", said)]


def _latest(source: MdmSource) -> Table:
    columns = [column for column in DeliveryList.columns if column.key != "source"]
    rows = source.deliveries.defer("body", "device_ids", "problems")[:LATEST]
    return Table(columns=columns, rows=rows, caption="Latest deliveries")
