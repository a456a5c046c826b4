"""Roles: what each is for and permits, who holds it; made, changed, retired."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from fleet.access import PERMISSIONS
from fleet.forms.access import AddRoleForm, RoleForm
from fleet.models import Role, User
from fleet.services.grants import MANAGE
from fleet.services.roles import add_role, edit_role, may_edit, may_edit_roles, offer_again, remove_role
from fleet.views.facts import FactsForm, change_table
from fleet.web import status
from fleet.web.forms import GovukForm
from fleet.web.requests import signed_in
from fleet.web.tables import Column, Table


class RoleForms(FactsForm):
    """A form about one role, for those who may edit it; for others it is absent."""

    role: Role

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        user = signed_in(request)
        self.role = get_object_or_404(Role.objects.visible_to(user), pk=kwargs["pk"])
        if not may_edit(user, self.role):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get_success_url(self) -> str:
        return reverse("fleet:role-list")


class EditRole(RoleForms):
    form_class = RoleForm
    heading = "Change a role"
    template_name = "fleet/role_edit.html"

    def get_initial(self) -> dict[str, Any]:
        return facts_of(self.role)

    def do(self, data: dict[str, Any]) -> str:
        edit_role(role=self.role, by=signed_in(self.request), **data)
        return f"{data['name']} is changed. It counts at once for everybody who holds the role."

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        more = {"role": self.role} | change_table(self.request, self.role)
        return super().get_context_data(**kwargs) | more


class RemoveRole(RoleForms):
    """Deletes or retires it; a retired one is offered again."""

    form_class = GovukForm
    template_name = "fleet/role_remove.html"

    @property
    def heading(self) -> str:  # type: ignore[override]
        return "Offer this role again" if self.role.retired_at else "Remove this role"

    def do(self, data: dict[str, Any]) -> str:
        by = signed_in(self.request)
        if self.role.retired_at:
            offer_again(role=self.role, by=by)
            return f"{self.role} can be given again."
        if remove_role(role=self.role, by=by):
            return f"{self.role} is deleted: nobody ever held it."
        return f"{self.role} is retired: it is given to nobody any more, and those who hold it keep it."

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"role": self.role}


class AddRole(FactsForm):
    """Blank, or with `?copy=` what another role has."""

    form_class = AddRoleForm
    heading = "Make a role"
    submit = "Make this role"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not signed_in(request).access.whole_organisation_ids(MANAGE):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"user": signed_in(self.request)}

    def get_initial(self) -> dict[str, Any]:
        asked = self.request.GET.get("copy", "")
        if not asked.isdecimal():
            return {}
        role = get_object_or_404(Role.objects.visible_to(signed_in(self.request)), pk=int(asked))
        return facts_of(role) | {"name": f"{role.name} (copy)"}

    def do(self, data: dict[str, Any]) -> str:
        role = add_role(by=signed_in(self.request), **data)
        return f"{role} can be given now."

    def get_success_url(self) -> str:
        return reverse("fleet:role-list")


def facts_of(role: Role) -> dict[str, Any]:
    return {name: getattr(role, name) for name in RoleForm.base_fields}


@require_safe
def role_list(request: HttpRequest) -> HttpResponse:
    """What each role is for and who holds it, and a table of what each permits."""
    user = signed_in(request)
    if not user.access.may("access.view"):
        raise Http404
    roles = list(Role.objects.visible_to(user).select_related("organisation"))
    context = {
        "roles": _roles_table(roles, user),
        "permissions": _permissions_table(roles),
        "may_edit": may_edit_roles(user),
        "may_add": bool(user.access.whole_organisation_ids(MANAGE)),
    }
    return render(request, "fleet/role_list.html", context)


def _roles_table(roles: list[Role], user: User) -> Table:
    shared = may_edit_roles(user)
    own = user.access.whole_organisation_ids(MANAGE)

    def edit_url(role: Role) -> str:
        is_mine = role.organisation_id in own if role.organisation_id else shared
        return reverse("fleet:role-edit", args=[role.pk]) if is_mine else ""

    columns = [
        Column(key="name", title="Role", link=edit_url),
        Column(key="description", title="What it is for"),
        Column(key="organisation", title="Of", empty="All organisations"),
        Column(key="requires_second_factor", title="Must use a second factor"),
        Column(key="state", title="State", value=_state),
        Column(key="holders", title="Held by", value=lambda role: f"Who is {role}", link=_holders_url),
    ]
    if own:
        columns.append(Column(key="copy", title="Copy", value=lambda role: f"Copy {role}", link=_copy_url))
    return Table(columns=columns, rows=roles, caption="What each is for")


def _state(role: Role) -> Any:
    return status.tag("ended", "Retired") if role.retired_at else status.tag("active", "Given")


def _holders_url(role: Role) -> str:
    return f"{reverse('fleet:access-review')}?role={role.key}"


def _copy_url(role: Role) -> str:
    return f"{reverse('fleet:role-add')}?copy={role.pk}"


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
