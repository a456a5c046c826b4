"""MDM sources: is data arriving, and with which tokens?"""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.safestring import SafeString
from django.views.decorators.cache import never_cache

from fleet.filters.mdm import MdmSourceFilter
from fleet.forms.mdm import SourceForm
from fleet.mdm.sources import OVERLAP, create_source, revoke_token, rotate_token, set_active
from fleet.models import MdmSource, SourceToken
from fleet.views.facts import FactsForm, ObjectPage, VerbPage, add_link
from fleet.views.shown import Section
from fleet.web import status, text
from fleet.web.forms import GovukForm
from fleet.web.lists import ListPage
from fleet.web.parts import Stat, SummaryRow
from fleet.web.requests import signed_in
from fleet.web.tables import Column, Table, to


def state_of(source: Any) -> SafeString:
    """Whether anything is wrong with the source, the worst first."""
    if not source.is_active:
        return status.tag("ended", "Switched off")
    if source.is_silent(source.last_delivery_at):
        return status.tag("silent", "Silent too long" if source.last_delivery_at else "Nothing yet")
    if source.failed:
        return status.tag("failed", "Deliveries failed")
    return status.tag("active", "Arriving")


class SourceList(ListPage):
    model = MdmSource
    filterset_class = MdmSourceFilter
    heading = "MDM sources"
    nouns = ("source", "sources")
    default_sort = "name"
    permissions = ("mdm.view",)
    template_name = "fleet/facts_list.html"
    empty_text = "Add the system that manages your devices, and give its administrator the token."
    columns = (
        Column(key="name", title="Name", sort=("name",), link=to("fleet:source-detail")),
        Column(key="state", title="State", value=state_of, csv=lambda source: source.is_active),
        Column(
            key="last_delivery_at",
            title="Last delivery",
            sort=("last_delivery_at",),
            is_nullable=True,
            empty="Never",
        ),
        Column(key="waiting", title="Waiting", sort=("waiting",), is_numeric=True),
        Column(key="failed", title="Failed", sort=("failed",), is_numeric=True),
        Column(key="missing", title="Devices missing", sort=("missing",), is_numeric=True),
        Column(key="kind", title="Kind", sort=("kind",)),
        Column(key="slug", title="Slug", is_csv_only=True),
    )

    def get_queryset(self) -> QuerySet[MdmSource]:
        return super().get_queryset().with_health()  # type: ignore[attr-defined, no-any-return]

    def get_context_data(self) -> dict[str, Any]:
        button = add_link(self.request, "mdm.manage", "fleet:source-add", "Add a source")
        return super().get_context_data() | button


def _token_state(token: SourceToken) -> SafeString:
    if token.is_live:
        until = f"Works until {text.moment(token.expires_at)}" if token.expires_at else "Works"
        return status.tag("active", until)
    return status.tag("ended", "Revoked" if token.revoked_at else "Expired")


def _revoke_url(token: SourceToken) -> str:
    return reverse("fleet:source-revoke", args=[token.source_id, token.pk]) if token.is_live else ""


TOKENS = (
    Column(key="hint", title="Begins with", value=str),
    Column(key="created_at", title="Made"),
    Column(key="last_used_at", title="Last used", empty="Never"),
    Column(key="state", title="State", value=_token_state),
)
REVOKE = Column(
    key="revoke",
    title="Revoke",
    value=lambda token: f"Revoke {token}" if token.is_live else None,
    link=_revoke_url,
    empty="",
)


class SourcePage(ObjectPage):
    model = MdmSource
    change_permission = "mdm.manage"
    template_name = "fleet/mdm_source_detail.html"

    def get_queryset(self) -> QuerySet[MdmSource]:
        return super().get_queryset().with_health()  # type: ignore[attr-defined, no-any-return]

    def context(self, row: Any) -> dict[str, Any]:
        may_manage = signed_in(self.request).access.may_touch("mdm.manage", row)
        columns = (*TOKENS, REVOKE) if may_manage else TOKENS
        tokens = row.tokens.order_by("-created_at")
        return {
            "state": state_of(row),
            "cards": _cards(row),
            "sections": [Section("About the source", _about(row))],
            "tokens": Table(columns=columns, rows=tokens, caption="Tokens"),
            "may_manage": may_manage,
            "curl": curl_of(self.request, "TOKEN"),
        }


def _cards(source: Any) -> list[Stat]:
    deliveries = f"{reverse('fleet:delivery-list')}?source={source.slug}"
    waiting = f"{deliveries}&status=pending&status=processing"
    last = text.shown(source.last_delivery_at, "Never")
    return [
        Stat(
            last, "last delivery", deliveries, "warning" if source.is_silent(source.last_delivery_at) else ""
        ),
        Stat(text.number(source.waiting), "waiting to be applied", waiting),
        Stat(
            text.number(source.failed),
            "failed",
            f"{deliveries}&status=failed",
            "warning" * bool(source.failed),
        ),
        Stat(text.number(source.missing), "devices missing from its last complete sync"),
    ]


def _about(source: MdmSource) -> list[SummaryRow]:
    return [
        SummaryRow("Organisation", source.organisation),
        SummaryRow("Kind", source.get_kind_display()),
        SummaryRow("Slug", source.slug),
        SummaryRow("Warn when silent for", f"{source.silent_after_hours} hours"),
    ]


def curl_of(request: HttpRequest, token: str) -> str:
    """A command that pushes one device."""
    url = request.build_absolute_uri(reverse("api-mdm-inventory"))
    body = '{"devices": [{"serial": "TEST0001", "os_version": "17.4", "enrolment": "enrolled"}]}'
    return (
        f"curl {url} -H 'Authorization: Bearer {token}' "
        f"-H 'Content-Type: application/json' -H 'Prefer: wait=10' -d '{body}'"
    )


def show_secret(request: HttpRequest, source: MdmSource, secret: str) -> HttpResponse:
    """The page that shows a token, this once."""
    context = {"source": source, "secret": secret, "curl": curl_of(request, secret)}
    return render(request, "fleet/mdm_token_shown.html", context)


@method_decorator(never_cache, name="dispatch")
class AddSource(FactsForm):
    form_class = SourceForm
    permission = "mdm.manage"
    heading = "Add a source"
    submit = "Add and show its token"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not signed_in(request).access.may(self.permission):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"user": signed_in(self.request)}

    def answer(self, data: dict[str, Any]) -> HttpResponse:
        source, secret = create_source(by=signed_in(self.request), **data)
        return show_secret(self.request, source, secret)

    def get_success_url(self) -> str:
        return reverse("fleet:source-list")


class SourceVerb(VerbPage):
    model = MdmSource
    permission = "mdm.manage"
    form_class = GovukForm
    template_name = "fleet/mdm_source_verb.html"
    consequence: str

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"consequence": self.consequence, "verb": self.submit}


@method_decorator(never_cache, name="dispatch")
class RotateToken(SourceVerb):
    heading = submit = "Make a new token"
    consequence = f"The tokens in use work for {OVERLAP.days} more days, so the sender can be changed first."

    def answer(self, data: dict[str, Any]) -> HttpResponse:
        secret = rotate_token(source=self.row, by=signed_in(self.request))
        return show_secret(self.request, self.row, secret)


class RevokeToken(SourceVerb):
    heading = submit = "Revoke the token"
    consequence = (
        "Whatever sends this token is refused from now on. It cannot be undone; you can make another."
    )

    def do(self, data: dict[str, Any]) -> str:
        token = get_object_or_404(self.row.tokens, pk=self.kwargs["token"])
        revoke_token(token=token)
        return f"The token {token} no longer works."


class SwitchSource(SourceVerb):
    """Off, or on again: the page offers what it is not."""

    @property
    def heading(self) -> str:  # type: ignore[override]
        return "Switch the source off" if self.row.is_active else "Switch the source on"

    submit = property(lambda self: self.heading)  # type: ignore[assignment]

    @property
    def consequence(self) -> str:  # type: ignore[override]
        if self.row.is_active:
            return "Every push of this source is refused until you switch it on again."
        return "Pushes with its tokens are taken again."

    def do(self, data: dict[str, Any]) -> str:
        set_active(source=self.row, is_active=not self.row.is_active)
        return f"{self.row} is switched {'off' if self.row.is_active else 'on'}."
