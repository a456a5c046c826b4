"""Leave room in the pages of tables that are updated in bulk: a change that no index holds then touches none.

A load of changes comes in the order of the first load, so a page needs room for all of its rows once more.
"""

from django.db import migrations

TABLES = ("fleet_sourcerecord", "fleet_device")


class Migration(migrations.Migration):
    dependencies = [("fleet", "0002_shipped_roles")]

    operations = [
        migrations.RunSQL(
            f"ALTER TABLE {table} SET (fillfactor = 50)", f"ALTER TABLE {table} RESET (fillfactor)"
        )
        for table in TABLES
    ]
