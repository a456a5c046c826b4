"""Django's admin, for those who run the installation: what belongs to no organisation's own people."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from fleet.models import Organisation, User


class _ChangeOnly(admin.ModelAdmin):  # type: ignore[type-arg]
    """Rows are made by verbs elsewhere, and stay for the sake of the change log."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Organisation)
class OrganisationAdmin(_ChangeOnly):
    """Names and colours; `manage.py create_organisation` makes one with its first administrator."""

    list_display = ("code", "name", "kind")
    readonly_fields = ("code",)


@admin.register(User)
class UserAdmin(_ChangeOnly):
    """Opening and closing accounts; what a person may do comes from roles, given on Tranche's own pages."""

    list_display = ("email", "name", "is_active", "is_staff")
    list_filter = ("is_active", "is_staff")
    search_fields = ("email", "name")
    fields = ("email", "name", "is_active", "is_staff", "is_superuser")
