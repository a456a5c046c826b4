"""Those that were made or taken back already are in that state."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("fleet", "0029_bulk_changes_by_workers"),
    ]

    operations = [
        migrations.RunSQL(
            """
            UPDATE fleet_bulkchange
            SET status = CASE WHEN undone_at IS NULL THEN 'done' ELSE 'undone' END
            WHERE done_at IS NOT NULL
            """,
            migrations.RunSQL.noop,
        ),
    ]
