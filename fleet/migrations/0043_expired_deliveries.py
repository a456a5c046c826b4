from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("fleet", "0042_devices_follow_one_source"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="delivery",
            name="delivery_status",
        ),
        migrations.RemoveConstraint(
            model_name="delivery",
            name="delivery_state_is_whole",
        ),
        migrations.AlterField(
            model_name="delivery",
            name="status",
            field=models.CharField(
                choices=[
                    ("pending", "Pending"),
                    ("processing", "Processing"),
                    ("applied", "Applied"),
                    ("failed", "Failed"),
                    ("quarantined", "Quarantined"),
                    ("expired", "Expired"),
                ],
                default="pending",
                max_length=11,
            ),
        ),
        migrations.AddConstraint(
            model_name="delivery",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("status__in", ["pending", "processing", "applied", "failed", "quarantined", "expired"])
                ),
                name="delivery_status",
            ),
        ),
        migrations.AddConstraint(
            model_name="delivery",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("applied_at__isnull", True), ("status", "pending")),
                    models.Q(
                        ("applied_at__isnull", True),
                        ("claimed_until__isnull", False),
                        ("status", "processing"),
                    ),
                    models.Q(("applied_at__isnull", False), ("status", "applied")),
                    models.Q(
                        ("applied_at__isnull", True),
                        ("status__in", ["failed", "quarantined"]),
                        models.Q(("error", ""), _negated=True),
                    ),
                    models.Q(
                        ("applied_at__isnull", True),
                        ("body", b""),
                        ("status", "expired"),
                        models.Q(("error", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="delivery_state_is_whole",
            ),
        ),
    ]
