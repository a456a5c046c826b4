from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("fleet", "0030_state_of_bulk_changes"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="bulkchange",
            index=models.Index(
                condition=models.Q(("status__in", ("doing", "undoing"))),
                fields=["made_at"],
                name="bulk_change_work",
            ),
        ),
        migrations.AddConstraint(
            model_name="bulkchange",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("status__in", ["waiting", "doing", "done", "undoing", "undone", "failed"])
                ),
                name="bulk_change_status",
            ),
        ),
        migrations.AddConstraint(
            model_name="bulkchange",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("claimed_by__isnull", True), ("claimed_until__isnull", True)),
                    models.Q(
                        ("claimed_by__isnull", False),
                        ("claimed_until__isnull", False),
                        ("status__in", ("doing", "undoing")),
                    ),
                    _connector="OR",
                ),
                name="bulk_change_claimed",
            ),
        ),
        migrations.AddConstraint(
            model_name="bulkchange",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "failed"), models.Q(("error", ""), _negated=True)),
                    models.Q(("status", "failed"), _negated=True),
                    _connector="OR",
                ),
                name="bulk_change_failed_says_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="bulkchange",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("done_at__isnull", False), ("status__in", ("done", "undoing", "undone"))),
                    models.Q(
                        ("done_at__isnull", True),
                        models.Q(("status__in", ("done", "undoing", "undone")), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="bulk_change_made",
            ),
        ),
        migrations.AddConstraint(
            model_name="bulkchange",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "undone"), _negated=True),
                    ("undone_at__isnull", False),
                    _connector="OR",
                ),
                name="bulk_change_undone",
            ),
        ),
    ]
