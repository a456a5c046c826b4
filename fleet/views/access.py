"""People and roles: who may do what, giving and ending roles, and what each role may do."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from fleet.access import PERMISSIONS
from fleet.filters import GrantFilter
from fleet.forms.access import EndRoleForm, RoleForm
from fleet.models import Grant, Role
from fleet.services.grants import MANAGE, end_role, last_day_of
from fleet.services.roles import edit_role, may_edit_roles
from fleet.views.facts import FactsForm, ObjectPage, VerbPage, change_table
from fleet.views.invitations import invite_link, site_codes_of, sites_of
from fleet.views.sessions import signing_in
from fleet.views.shown import Section
from fleet.web import status, text
from fleet.web.lists import ListPage
from fleet.web.parts import SummaryRow
from fleet.web.requests import signed_in
from fleet.web.tables import Column, Table, to


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


class EditRole(FactsForm):
    form_class = RoleForm
    heading = "Change a role"
    template_name = "fleet/role_edit.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not may_edit_roles(signed_in(request)):
            raise Http404
        self.role = get_object_or_404(Role, pk=kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    def get_initial(self) -> dict[str, Any]:
        return {name: getattr(self.role, name) for name in RoleForm.base_fields}

    def do(self, data: dict[str, Any]) -> str:
        edit_role(role=self.role, by=signed_in(self.request), **data)
        return f"{data['name']} is changed. It counts at once for everybody who holds the role."

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | change_table(self.request, self.role)

    def get_success_url(self) -> str:
        return reverse("fleet:role-list")


def permitted(role: Role) -> list[str]:
    """What a role lets a person do, in words."""
    return [words for key, words in PERMISSIONS.items() if key in role.permissions]


@require_safe
def role_list(request: HttpRequest) -> HttpResponse:
    """What each role is for and who holds it, and a table of what each permits."""
    if not signed_in(request).access.may("access.view"):
        raise Http404
    roles = list(Role.objects.all())
    may_edit = may_edit_roles(signed_in(request))
    context = {
        "roles": _roles_table(roles, may_edit=may_edit),
        "permissions": _permissions_table(roles),
        "may_edit": may_edit,
    }
    return render(request, "fleet/role_list.html", context)


def _roles_table(roles: list[Role], *, may_edit: bool) -> Table:
    def holders_url(role: Role) -> str:
        return f"{reverse('fleet:grant-list')}?role={role.pk}&state=in-force"

    columns = (
        Column(key="name", title="Role", link=to("fleet:role-edit") if may_edit else None),
        Column(key="description", title="What it is for"),
        Column(key="requires_second_factor", title="Must use a second factor"),
        Column(key="holders", title="Held by", value=lambda role: f"Who is {role}", link=holders_url),
    )
    return Table(columns=columns, rows=roles, caption="What each is for")


def _permissions_table(roles: list[Role]) -> Table:
    """A row for each permission, a column for each role."""
    columns = [
        Column(key="words", title="Permission"),
        *(Column(key=role.key, title=role.name, empty="–") for role in roles),
    ]
    rows = [
        {"words": words, **{role.key: "Yes" for role in roles if key in role.permissions}}
        for key, words in PERMISSIONS.items()
    ]
    return Table(columns=columns, rows=rows, caption="What each permits")
