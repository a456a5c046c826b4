"""Django's admin, for those who run the installation: what belongs to no organisation alone."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest

from fleet.access import PERMISSIONS
from fleet.models import Organisation, Role


class RoleForm(forms.ModelForm):  # type: ignore[type-arg]
    permissions = forms.MultipleChoiceField(
        choices=PERMISSIONS.items, required=False, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = Role
        fields = ("key", "name", "description", "permissions")


@admin.register(Role)
class RoleAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """What each role may do, in every organisation that gives it."""

    form = RoleForm
    list_display = ("name", "key", "description")


@admin.register(Organisation)
class OrganisationAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Names and colours; `manage.py create_organisation` makes one with its first administrator."""

    list_display = ("code", "name", "kind")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
