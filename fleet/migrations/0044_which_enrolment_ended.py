from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("fleet", "0043_expired_deliveries"),
    ]

    operations = [
        migrations.AddField(
            model_name="deviceevent",
            name="enrolled_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddConstraint(
            model_name="deviceevent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("enrolled_at__isnull", True),
                    models.Q(("enrolled_at__lte", models.F("at")), ("kind", "unenrolled")),
                    _connector="OR",
                ),
                name="device_event_enrolment",
            ),
        ),
    ]
