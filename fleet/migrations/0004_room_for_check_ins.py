"""Leave room in the pages of source records: a check-in then moves a time without touching an index."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("fleet", "0003_failed_deliveries")]

    operations = [
        migrations.RunSQL(
            "ALTER TABLE fleet_sourcerecord SET (fillfactor = 50)",
            "ALTER TABLE fleet_sourcerecord RESET (fillfactor)",
        )
    ]
