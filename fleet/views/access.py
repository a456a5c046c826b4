"""People and roles: who may do what, giving and ending roles, and what each role may do."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from fleet.access import PERMISSIONS
from fleet.filters import GrantFilter
from fleet.forms.access import GiveRoleForm, RoleForm
from fleet.models import Grant, Role
from fleet.services.accounts import MANAGE, end_role, give_role
from fleet.services.roles import edit_role, may_edit_roles
from fleet.views.facts import FactsForm, ObjectPage, VerbPage, change_table
from fleet.views.shown import Section
from fleet.web import status, text
from fleet.web.forms import GovukForm
from fleet.web.lists import ListPage
from fleet.web.parts import SummaryRow
from fleet.web.requests import signed_in
from fleet.web.tables import Column, Table, to


def sites_of(grant: Grant) -> str:
    return ", ".join(site.name for site in grant.sites.all()) or "All"


def site_codes_of(grant: Grant) -> list[str]:
    return [site.code for site in grant.sites.all()]


class GrantList(ListPage):
    model = Grant
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
            sort=("user__name", "user__email"),
            link=to("fleet:grant-detail"),
        ),
        Column(key="email", title="Email address", value="user.email", sort=("user__email",)),
        Column(key="role", title="Role", value="role.name", csv="role__key", sort=("role__name",)),
        Column(
            key="organisation",
            title="Organisation",
            value="organisation.name",
            csv="organisation__code",
            sort=("organisation__name",),
        ),
        Column(key="sites", title="Sites", value=sites_of, csv=site_codes_of),
        Column(key="starts_at", title="Since", sort=("starts_at",)),
        Column(key="ends_at", title="Ended", sort=("ends_at",), is_nullable=True, empty="In force"),
    )

    def get_queryset(self) -> QuerySet[Grant]:
        return super().get_queryset().select_related("user", "role", "organisation").prefetch_related("sites")

    def get_context_data(self) -> dict[str, Any]:
        may_give = bool(signed_in(self.request).access.whole_organisation_ids(MANAGE))
        adds = {"add_url": reverse("fleet:grant-give"), "add_text": "Give a role"} if may_give else {}
        return super().get_context_data() | adds


class GrantPage(ObjectPage):
    model = Grant
    change_permission = MANAGE
    template_name = "fleet/grant_detail.html"

    def get_queryset(self) -> QuerySet[Grant]:
        return super().get_queryset().select_related("user", "role", "organisation")

    def context(self, row: Grant) -> dict[str, Any]:
        may_end = row.ends_at is None and signed_in(self.request).access.may_touch(MANAGE, row)
        state = status.tag("ended", "Ended") if row.ends_at else status.tag("active", "In force")
        rows = [
            SummaryRow("State", state),
            SummaryRow("Email address", row.user.email),
            SummaryRow("Organisation", row.organisation.name),
            SummaryRow("Sites", sites_of(row)),
            SummaryRow("Since", text.moment(row.starts_at)),
            *([SummaryRow("Ended", text.moment(row.ends_at))] if row.ends_at else []),
        ]
        return {
            "heading": f"{row.user}, {row.role.name}",
            "sections": [Section("Role", rows)],
            "permitted": permitted(row.role),
            "end_url": reverse("fleet:grant-end", args=[row.pk]) if may_end else "",
        }


@method_decorator(never_cache, name="dispatch")
class GiveRole(FactsForm):
    """Shows a new account's password once, on the page that answers the form."""

    form_class = GiveRoleForm
    heading = "Give a role"
    submit = "Give this role"
    password = ""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not signed_in(request).access.whole_organisation_ids(MANAGE):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"user": signed_in(self.request)}

    def do(self, data: dict[str, Any]) -> str:
        grant, account = give_role(by=signed_in(self.request), **data)
        self.password = account.password
        return f"{grant.user} is {grant.role.name} in {grant.organisation} now."

    def form_valid(self, form: BaseForm) -> HttpResponse:
        response = super().form_valid(form)
        if not self.password:
            return response
        context = {"email": form.cleaned_data["email"], "password": self.password}
        return render(self.request, "fleet/password_shown.html", context)

    def get_success_url(self) -> str:
        return reverse("fleet:grant-list")


class EndRole(VerbPage):
    model = Grant
    form_class = GovukForm
    permission = MANAGE
    heading = "End this role"
    template_name = "fleet/grant_end.html"

    def do(self, data: dict[str, Any]) -> str:
        end_role(grant=self.row, by=signed_in(self.request))
        return f"{self.row.user} is no longer {self.row.role.name} in {self.row.organisation}."


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
