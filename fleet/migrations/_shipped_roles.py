"""The roles that Tranche ships; an organisation may edit them afterwards."""

ROLES = [
    (
        "it-manager",
        "IT manager",
        "Runs the device programme and decides on tranches.",
        [
            "access.manage",
            "access.view",
            "assurance.change",
            "assurance.view",
            "contracts.change",
            "contracts.view",
            "custody.record",
            "devices.change",
            "devices.view",
            "history.view",
            "mdm.view",
            "people.change",
            "people.erase",
            "people.view",
            "rollouts.decide",
            "rollouts.hold",
            "rollouts.plan",
            "rollouts.propose",
            "rollouts.reflect",
            "rollouts.view",
            "rollouts.waive",
            "sites.change",
            "sites.view",
            "training.change",
            "training.view",
        ],
    ),
    (
        "pilot-coordinator",
        "Pilot coordinator",
        "Runs trials and logs their evidence.",
        [
            "assurance.view",
            "contracts.change",
            "contracts.view",
            "devices.view",
            "people.view",
            "rollouts.reflect",
            "rollouts.view",
            "sites.view",
            "training.change",
            "training.view",
        ],
    ),
    (
        "site-lead",
        "Site lead",
        "Answers for what arrives at and leaves their sites.",
        [
            "assurance.view",
            "devices.view",
            "people.view",
            "rollouts.view",
            "sites.view",
            "training.change",
            "training.view",
        ],
    ),
    (
        "technology-lead",
        "Technology lead",
        "Answers for the organisation's IT and its approvals; proposes and decides gates.",
        [
            "assurance.change",
            "assurance.view",
            "contracts.view",
            "devices.view",
            "history.view",
            "people.view",
            "rollouts.decide",
            "rollouts.hold",
            "rollouts.propose",
            "rollouts.view",
            "sites.view",
            "training.view",
        ],
    ),
    (
        "mdm-administrator",
        "MDM administrator",
        "Owns the sources that push inventory and what they deliver.",
        [
            "assurance.view",
            "devices.change",
            "devices.view",
            "history.view",
            "mdm.manage",
            "mdm.view",
            "people.view",
            "rollouts.view",
            "sites.view",
        ],
    ),
    (
        "engineer",
        "Engineer",
        "Prepares, issues and takes back devices.",
        ["assurance.view", "custody.record", "devices.view", "people.view", "rollouts.view", "sites.view"],
    ),
    (
        "stock-keeper",
        "Stock keeper",
        "Receives devices and keeps stock.",
        [
            "assurance.view",
            "custody.record",
            "devices.change",
            "devices.view",
            "people.view",
            "rollouts.view",
            "sites.view",
        ],
    ),
    (
        "group-leader",
        "Group leader",
        "Leads a political group or team.",
        ["people.view", "sites.view"],
    ),
    (
        "auditor",
        "Auditor",
        "Reads everything and changes nothing.",
        [
            "access.view",
            "assurance.view",
            "contracts.view",
            "devices.view",
            "history.view",
            "mdm.view",
            "people.view",
            "rollouts.view",
            "sites.view",
            "training.view",
        ],
    ),
    (
        "staff",
        "Member of staff",
        "Sees their own record and devices.",
        [],
    ),
]


def ship(apps, schema_editor):
    Role = apps.get_model("fleet", "Role")
    for key, name, description, permissions in ROLES:
        Role.objects.update_or_create(
            key=key, defaults={"name": name, "description": description, "permissions": permissions}
        )


def withdraw(apps, schema_editor):
    apps.get_model("fleet", "Role").objects.filter(key__in=[role[0] for role in ROLES]).delete()
