"""The roles that Tranche ships; an organisation may edit them afterwards."""

from django.db import migrations

SEE_FLEET = ["devices.view", "people.view", "sites.view", "assurance.view"]
SEE_ALL = [*SEE_FLEET, "rollouts.view"]

ROLES = [
    (
        "it-manager",
        "IT manager",
        "Runs the device programme and decides on tranches.",
        [
            *SEE_ALL,
            "devices.change",
            "custody.record",
            "people.change",
            "sites.change",
            "assurance.change",
            "mdm.view",
            "history.view",
            "access.view",
            "access.manage",
            "rollouts.plan",
            "rollouts.propose",
            "rollouts.decide",
            "rollouts.waive",
            "rollouts.hold",
            "rollouts.reflect",
        ],
    ),
    (
        "pilot-coordinator",
        "Pilot coordinator",
        "Runs trials and logs their evidence.",
        [*SEE_ALL, "rollouts.reflect"],
    ),
    ("site-lead", "Site lead", "Answers for what arrives at and leaves their sites.", SEE_ALL),
    (
        "technology-lead",
        "Technology lead",
        "Answers for the organisation's IT and its approvals; proposes and decides gates.",
        [
            *SEE_ALL,
            "assurance.change",
            "history.view",
            "rollouts.propose",
            "rollouts.decide",
            "rollouts.hold",
        ],
    ),
    (
        "mdm-administrator",
        "MDM administrator",
        "Owns the sources that push inventory and what they deliver.",
        [*SEE_ALL, "devices.change", "mdm.view", "mdm.manage", "history.view"],
    ),
    ("engineer", "Engineer", "Prepares, issues and takes back devices.", [*SEE_ALL, "custody.record"]),
    (
        "stock-keeper",
        "Stock keeper",
        "Receives devices and keeps stock.",
        [*SEE_ALL, "devices.change", "custody.record"],
    ),
    ("group-leader", "Group leader", "Leads a political group or team.", ["people.view", "sites.view"]),
    (
        "auditor",
        "Auditor",
        "Reads everything and changes nothing.",
        [*SEE_ALL, "mdm.view", "history.view", "access.view"],
    ),
    ("staff", "Member of staff", "Sees their own record and devices.", []),
]


def ship(apps, schema_editor):
    Role = apps.get_model("fleet", "Role")
    for key, name, description, permissions in ROLES:
        Role.objects.update_or_create(
            key=key, defaults={"name": name, "description": description, "permissions": sorted(permissions)}
        )


def withdraw(apps, schema_editor):
    apps.get_model("fleet", "Role").objects.filter(key__in=[role[0] for role in ROLES]).delete()


class Migration(migrations.Migration):
    dependencies = [("fleet", "0001_initial")]
    operations = [migrations.RunPython(ship, withdraw)]
