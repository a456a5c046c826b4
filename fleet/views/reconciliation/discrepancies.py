"""The contradictions themselves: listed, looked at, dismissed and taken up again."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from fleet.filters import DiscrepancyFilter
from fleet.forms.reconciliation import DismissForm
from fleet.models import Discrepancy, Dismissal, User
from fleet.services.reconciliation import KINDS, dismiss, take_up
from fleet.views.facts import ObjectPage, VerbPage
from fleet.views.reconciliation.overview import MAY_SEE, stake_words
from fleet.views.shown import Section, link
from fleet.vocabulary import DiscrepancyState
from fleet.web import status, text
from fleet.web.forms import GovukForm
from fleet.web.lists import ListPage
from fleet.web.parts import SummaryRow
from fleet.web.requests import signed_in
from fleet.web.tables import Column, to


def _action_of(row: Any) -> str:
    return KINDS[row.kind].action


def _action_url(row: Any) -> str:
    """Where the contradiction is mended; what this person may not open there is absent."""
    return reverse(KINDS[row.kind].url_name, args=[row.line_id or row.device_id])


def _stake(row: Any) -> str | None:
    return None if row.pence_at_stake is None else stake_words(row.pence_at_stake, row.stake)


class DiscrepancyList(ListPage):
    model = Discrepancy
    seen = "discrepancies"
    filterset_class = DiscrepancyFilter
    heading = "Discrepancies"
    nouns = ("discrepancy", "discrepancies")
    default_sort = "-pence_at_stake"
    permissions = MAY_SEE
    empty_text = "The records have not been compared yet, or they all agree. They are compared every night."
    columns = (
        Column(
            key="device",
            title="Device or line",
            value="about",
            link=to("fleet:discrepancy-detail"),
            csv=lambda row: row.about,
        ),
        Column(key="kind", title="Contradiction"),
        Column(key="person", title="Holder", value="person.name", csv="person__staff_number", empty="Nobody"),
        Column(
            key="other_person",
            title="MDM names",
            value="other_person.name",
            csv="other_person__staff_number",
            is_extra=True,
            empty="Nobody else",
        ),
        Column(key="site", title="Site", value="site.name", csv="site__code", empty="Not known"),
        Column(key="since", title="Since", empty="Not known"),
        Column(
            key="pence_at_stake",
            title="At stake",
            value=_stake,
            csv="pence_at_stake",
            is_numeric=True,
            empty="Not known",
        ),
        Column(
            key="stake", title="Which pounds", value=lambda row: row.stake.label, csv="stake", is_extra=True
        ),
        Column(key="action", title="What mends it", value=_action_of, csv=_action_of, link=_action_url),
        Column(key="owner", title="Whose job", value=lambda row: KINDS[row.kind].owner, is_extra=True),
        Column(
            key="state",
            title="State",
            value=lambda row: status.tag(row.state, DiscrepancyState(row.state).label),
            csv="state",
        ),
        Column(key="first_found_at", title="First found", is_extra=True),
    )

    def get_queryset(self) -> QuerySet[Discrepancy]:
        rows = Discrepancy.objects.visible_to(signed_in(self.request)).with_state()
        return rows.select_related("device", "line__sim", "person", "other_person", "site")


class DiscrepancyPage(ObjectPage):
    model = Discrepancy
    seen = "discrepancies"
    view_permission = "devices.view"
    change_permission = "devices.change"
    template_name = "fleet/discrepancy_detail.html"

    def get_queryset(self) -> QuerySet[Discrepancy]:
        rows = Discrepancy.objects.visible_to(signed_in(self.request)).with_state()
        return rows.select_related("organisation", "device", "line__sim", "person", "other_person", "site")

    def changes(self, row: Any) -> dict[str, Any]:
        """What was decided stands in the change log of dismissals; what was found has no log of its own."""
        return {}

    def context(self, row: Any) -> dict[str, Any]:
        user = signed_in(self.request)
        dismissal = dismissal_of(row)
        return {
            "sections": [_about(row, user), *([_dismissed(dismissal)] if dismissal else [])],
            "action": _action_of(row),
            "action_url": _action_url(row),
            "is_open": row.state == DiscrepancyState.OPEN,
            "may_dismiss": user.access.may_touch(row.change_permission, row),
        }


def dismissal_of(row: Discrepancy) -> Dismissal | None:
    standing = Dismissal.objects.in_force().filter(
        organisation=row.organisation_id, kind=row.kind, subject=row.subject
    )
    return standing.select_related("dismissed_by").first()


def _about(row: Any, user: User) -> Section:
    kind = KINDS[row.kind]
    rows = [
        SummaryRow("What counts", kind.rule),
        SummaryRow("Between", kind.records),
        SummaryRow("Line", link("line", row.line))
        if row.line
        else SummaryRow("Device", link("device", row.device)),
        SummaryRow("Holder", link("person", row.person, user, "Nobody")),
        *([SummaryRow("MDM names", link("person", row.other_person, user))] if row.other_person else []),
        SummaryRow("Site", link("site", row.site, user)),
        SummaryRow("Since", text.shown(row.since, "Not known")),
        SummaryRow("At stake", _stake(row) or "Not known"),
        SummaryRow("Whose job", kind.owner),
        SummaryRow("First found", text.shown(row.first_found_at)),
        SummaryRow("Last found", text.shown(row.last_found_at)),
    ]
    return Section("The contradiction", rows)


def _dismissed(dismissal: Dismissal) -> Section:
    rows = [
        SummaryRow("Until", text.day(dismissal.until)),
        SummaryRow("Reason", dismissal.reason),
        SummaryRow("By", dismissal.dismissed_by or "Somebody who has been removed"),
        SummaryRow("At", text.shown(dismissal.dismissed_at)),
    ]
    return Section("Dismissed", rows)


class DiscrepancyVerb(VerbPage):
    model = Discrepancy

    def get_queryset(self) -> QuerySet[Discrepancy]:
        return super().get_queryset().select_related("device", "line__sim")

    @property
    def permission(self) -> str:  # type: ignore[override]
        permission: str = self.row.change_permission
        return permission


class Dismiss(DiscrepancyVerb):
    seen = "discrepancies"
    form_class = DismissForm
    heading = "Dismiss the discrepancy"
    submit = "Dismiss"

    def do(self, data: dict[str, Any]) -> str:
        dismissal = dismiss(discrepancy=self.row, by=signed_in(self.request), **data)
        return f"It is dismissed until {text.day(dismissal.until)}."


class TakeUp(DiscrepancyVerb):
    form_class = GovukForm
    heading = submit = "Take the discrepancy up again"

    def do(self, data: dict[str, Any]) -> str:
        take_up(discrepancy=self.row)
        return "It is open again."
