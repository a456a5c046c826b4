"""What the shipped roles may do with training records and contracts."""

from django.db import migrations

VIEW_TRAINING = "training.view"
CHANGE_TRAINING = "training.change"
VIEW_CONTRACTS = "contracts.view"
CHANGE_CONTRACTS = "contracts.change"

ADDED = {
    "it-manager": [VIEW_TRAINING, CHANGE_TRAINING, VIEW_CONTRACTS, CHANGE_CONTRACTS],
    "pilot-coordinator": [VIEW_TRAINING, CHANGE_TRAINING, VIEW_CONTRACTS, CHANGE_CONTRACTS],
    "site-lead": [VIEW_TRAINING, CHANGE_TRAINING],
    "technology-lead": [VIEW_TRAINING, VIEW_CONTRACTS],
    "auditor": [VIEW_TRAINING, VIEW_CONTRACTS],
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
    dependencies = [("fleet", "0007_training_and_contracts")]
    operations = [migrations.RunPython(ship, withdraw)]
