"""What the shipped roles may do in feedback and surveys."""

from django.db import migrations

VIEW, POST = "feedback.view", "feedback.post"
RESPOND, MODERATE = "feedback.respond", "feedback.moderate"
SEE_SURVEYS, MANAGE_SURVEYS = "surveys.view", "surveys.manage"

ADDED = {
    "it-manager": [VIEW, POST, RESPOND, MODERATE, SEE_SURVEYS, MANAGE_SURVEYS],
    "technology-lead": [VIEW, POST, RESPOND, MODERATE, SEE_SURVEYS, MANAGE_SURVEYS],
    "pilot-coordinator": [VIEW, POST, MODERATE, SEE_SURVEYS, MANAGE_SURVEYS],
    "site-lead": [VIEW, POST, SEE_SURVEYS],
    "mdm-administrator": [VIEW, POST],
    "engineer": [VIEW, POST],
    "stock-keeper": [VIEW, POST],
    "group-leader": [VIEW, POST],
    "auditor": [VIEW, SEE_SURVEYS],
    "staff": [VIEW, POST],
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
    dependencies = [("feedback", "0001_feedback"), ("fleet", "0039_ends_of_os_support")]
    operations = [migrations.RunPython(ship, withdraw)]
