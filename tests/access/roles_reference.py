"""The table of docs/reference/roles.md: the roles in the database, and the permissions that apps register."""

from __future__ import annotations

from fleet.access import PERMISSIONS
from fleet.models import Role


def table() -> str:
    """A row for each permission, with the shipped roles that have it."""
    roles = list(Role.objects.filter(organisation=None).order_by("name"))
    lines = ["| Permission | Key | Roles |", "|---|---|---|"]
    for key, words in PERMISSIONS.items():
        having = ", ".join(role.name for role in roles if key in role.permissions)
        lines.append(f"| {words} | `{key}` | {having or 'None'} |")
    return "\n".join(lines) + "\n"
