"""People and roles: who may do what, giving and ending roles, and what each role may do."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils import timezone

from fleet.access import PERMISSIONS
from fleet.filters import GrantFilter
from fleet.forms.access import EndRoleForm
from fleet.models import Grant, Role
from fleet.services.grants import MANAGE, end_role, last_day_of
from fleet.views.facts import ObjectPage, VerbPage
from fleet.views.invitations import invite_link, site_codes_of, sites_of
from fleet.views.sessions import signing_in
from fleet.views.shown import Section
from fleet.web import status, text
from fleet.web.lists import ListPage
from fleet.web.parts import SummaryRow
from fleet.web.requests import signed_in
from fleet.web.tables import Column, to


class GrantList(ListPage):
    model = Grant
    seen = "accounts"
    filterset_class = GrantFilter
    heading = "People and roles"
    nouns = ("role held", "roles held")
    default_sort = "name"
    permissions = ("access.view",)
    template_name = "fleet/facts_list.html"
    columns = (
        Column(
            key="name",
            title="Name",
            value="user",
            csv="user__name",
            link=to("fleet:grant-detail"),
        ),
        Column(key="email", title="Email address", value="user.email"),
        Column(key="role", title="Role", value="role.name", csv="role__key"),
        Column(
            key="organisation",
            title="Organisation",
            value="organisation.name",
            csv="organisation__code",
        ),
        Column(key="sites", title="Sites", value=sites_of, csv=site_codes_of),
        Column(key="starts_at", title="Since"),
        Column(
            key="given_by",
            title="Given by",
            value="given_by",
            csv="given_by__email",
            empty="A command",
        ),
        Column(key="ends_at", title="Ends or ended", empty="No end"),
    )

    def get_queryset(self) -> QuerySet[Grant]:
        rows = super().get_queryset().select_related("user", "role", "organisation", "given_by")
        return rows.prefetch_related("sites")

    def get_context_data(self) -> dict[str, Any]:
        return super().get_context_data() | invite_link(self.request)


class GrantPage(ObjectPage):
    model = Grant
    seen = "accounts"
    change_permission = MANAGE
    template_name = "fleet/grant_detail.html"

    def get_queryset(self) -> QuerySet[Grant]:
        return super().get_queryset().select_related("user", "role", "organisation", "given_by")

    def context(self, row: Grant) -> dict[str, Any]:
        managed = signed_in(self.request).access.whole_organisation_ids(MANAGE)
        has_ended = row.ends_at is not None and row.ends_at <= timezone.now()
        may_end = not has_ended and row.organisation_id in managed
        state = status.tag("ended", "Ended") if has_ended else status.tag("active", "In force")
        rows = [
            SummaryRow("State", state),
            SummaryRow("Email address", row.user.email),
            SummaryRow("Organisation", row.organisation.name),
            SummaryRow("Sites", sites_of(row)),
            SummaryRow("Since", text.moment(row.starts_at)),
            SummaryRow("Given by", row.given_by or "A command"),
            *(
                [SummaryRow("Ended" if has_ended else "Ends", text.moment(row.ends_at))]
                if row.ends_at
                else []
            ),
        ]
        return {
            "heading": f"{row.user}, {row.role.name}",
            "sections": [Section("Role", rows), signing_in(row, may_help=may_end)],
            "permitted": permitted(row.role),
            "end_url": reverse("fleet:grant-end", args=[row.pk]) if may_end else "",
        }


class EndRole(VerbPage):
    model = Grant
    form_class = EndRoleForm
    permission = MANAGE
    heading = "End this role"
    template_name = "fleet/grant_end.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if self.row.organisation_id not in signed_in(request).access.whole_organisation_ids(MANAGE):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get_initial(self) -> dict[str, Any]:
        return {"last_day": last_day_of(self.row.ends_at)} if self.row.ends_at else {}

    def do(self, data: dict[str, Any]) -> str:
        last_day = data["last_day"]
        end_role(grant=self.row, by=signed_in(self.request), last_day=last_day)
        what = f"{self.row.role.name} in {self.row.organisation}"
        if last_day:
            return f"{self.row.user} is {what} until the end of {text.day(last_day)}."
        return f"{self.row.user} is no longer {what}."


def permitted(role: Role) -> list[str]:
    """What a role lets a person do, in words."""
    return [words for key, words in PERMISSIONS.items() if key in role.permissions]
