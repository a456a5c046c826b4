"""Leave room in the pages of devices: a fact that no index holds then changes without touching the indexes.

A load of changes comes in the order of the first load, so a page needs room for all of its rows once more.
"""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("fleet", "0005_find_changes_by_object")]

    operations = [
        migrations.RunSQL(
            "ALTER TABLE fleet_device SET (fillfactor = 50)",
            "ALTER TABLE fleet_device RESET (fillfactor)",
        )
    ]
