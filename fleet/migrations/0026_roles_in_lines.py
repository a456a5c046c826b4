"""What the shipped roles may do with lines and their usage."""

from django.db import migrations

VIEW = "lines.view"
MANAGE = "lines.manage"

ADDED = {
    "it-manager": [VIEW, MANAGE],
    "pilot-coordinator": [VIEW, MANAGE],
    "mdm-administrator": [VIEW, MANAGE],
    "site-lead": [VIEW],
    "technology-lead": [VIEW],
    "auditor": [VIEW],
}


def ship(apps, schema_editor):
    for role in apps.get_model("fleet", "Role").objects.filter(key__in=ADDED):
        role.permissions = sorted({*role.permissions, *ADDED[role.key]})
        role.save()


def withdraw(apps, schema_editor):
    for role in apps.get_model("fleet", "Role").objects.filter(key__in=ADDED):
        role.permissions = sorted({*role.permissions} - {*ADDED[role.key]})
        role.save()


class Migration(migrations.Migration):
    dependencies = [("fleet", "0025_lines_and_tariffs")]
    operations = [migrations.RunPython(ship, withdraw)]
