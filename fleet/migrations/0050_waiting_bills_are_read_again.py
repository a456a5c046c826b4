"""Bills that wait for somebody get their first rows kept beside them: a worker checks them once more."""

from django.db import migrations

_AGAIN = """
    UPDATE fleet_import SET status = 'checking', attempts = 0, done = 0, total = 0
    WHERE kind = 'usage' AND status IN ('naming', 'checked')
"""


class Migration(migrations.Migration):
    dependencies = [("fleet", "0049_heads_of_bills")]

    operations = [migrations.RunSQL(_AGAIN, migrations.RunSQL.noop)]
